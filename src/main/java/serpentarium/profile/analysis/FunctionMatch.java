package serpentarium.profile.analysis;

import java.util.BitSet;
import java.util.regex.Pattern;
import serpentarium.profile.FrameTable;
import serpentarium.task.TaskContext;

/// Which functions a filter is about.
public sealed interface FunctionMatch {
    /// One function.
    ///
    /// @param function its number in the frame table
    record One(int function) implements FunctionMatch {}

    /// All functions whose name, module or file holds a text, or a match of a regular expression; the same rules as [Search].
    ///
    /// @param text  what is looked for
    /// @param regex whether it is a regular expression
    record Text(String text, boolean regex) implements FunctionMatch {
        /// @throws java.util.regex.PatternSyntaxException where `text` should be a regular expression and is none
        public Text {
            if (regex) Pattern.compile(text);
        }
    }

    /// The functions. A slow expression ends when the task is cancelled.
    default BitSet in(FrameTable frames, TaskContext context) {
        return switch (this) {
            case One(int function) -> {
                var one = new BitSet();
                if (function >= 0 && function < frames.size()) one.set(function);
                yield one;
            }
            case Text(String text, boolean regex) -> regex ? Search.pattern(frames, Pattern.compile(text), context) : Search.text(frames, text);
        };
    }
}
