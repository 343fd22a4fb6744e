package serpentarium.log;

import java.util.List;

/// One exception of a traceback, with what led to it.
///
/// @param type     its class's dotted name, or empty where the text ends before it
/// @param message  what it says, may span lines
/// @param frames   outermost first, as Python writes them; faulthandler's are turned round
/// @param link     how it came after the one before it in the same text
/// @param parts    the exceptions of a group, with their own chains one after the other
/// @param first    its first line in the text, from 0
/// @param lines    how many lines it owns, with those of its parts
/// @param kind     what sort of text it is
public record Failure(String type, String message, List<Frame> frames, Link link, List<Failure> parts, int first, int lines, Kind kind) {
    public Failure {
        frames = List.copyOf(frames);
        parts = List.copyOf(parts);
    }

    /// How an exception came after another.
    public enum Link {
        /// It is the first.
        FIRST,
        /// `raise … from …`.
        CAUSED,
        /// While another was handled.
        DURING
    }

    /// What sort of text it is.
    public enum Kind {
        /// An exception with its frames.
        EXCEPTION,
        /// A group of exceptions.
        GROUP,
        /// A syntax error without a header.
        SYNTAX,
        /// A stack that a record was asked to show.
        STACK,
        /// A thread as faulthandler shows it.
        FAULT
    }

    /// Type and message on one line, as a folded traceback shows it.
    public String title() {
        String one = message.strip();
        int end = one.indexOf('\n');
        if (end >= 0) one = one.substring(0, end) + " …";
        if (type.isEmpty()) return one;
        return one.isEmpty() ? type : type + ": " + one;
    }
}
