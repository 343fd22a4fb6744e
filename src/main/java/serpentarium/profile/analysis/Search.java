package serpentarium.profile.analysis;

import java.util.BitSet;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import serpentarium.profile.FrameTable;
import serpentarium.task.TaskContext;
import serpentarium.task.WatchedText;

/// Finds functions by name, module and file, and sums what they cost.
public final class Search {
    private Search() {}

    /// What a search found in a tree.
    ///
    /// @param functions how many functions match
    /// @param nodes     how many nodes of the tree match
    /// @param cost      their cost; what lies below another match is not counted again
    public record Found(int functions, int nodes, double cost) {}

    /// The functions whose name, module or file holds `text`; capitals matter only when `text` has one.
    public static BitSet text(FrameTable frames, String text) {
        boolean exact = !text.equals(text.toLowerCase(Locale.ROOT));
        return matching(frames, s -> (exact ? s : s.toLowerCase(Locale.ROOT)).contains(text));
    }

    /// The functions whose name, module or file the expression finds a match in. An expression may be slow: it stops when the task is cancelled.
    public static BitSet pattern(FrameTable frames, Pattern pattern, TaskContext context) {
        return matching(frames, s -> pattern.matcher(new WatchedText(s, context)).find());
    }

    private static BitSet matching(FrameTable frames, Predicate<String> test) {
        var found = new BitSet(frames.size());
        for (int f = 0; f < frames.size(); f++) {
            String file = frames.file(f);
            String module = frames.module(f);
            if (test.test(frames.name(f)) || file != null && test.test(file) || module != null && test.test(module)) found.set(f);
        }
        return found;
    }

    /// Sums what a set of functions cost in a tree. A match below a match is not counted twice (the rule of flamegraph.pl).
    public static Found sum(CallTree tree, BitSet functions) {
        int nodes = 0;
        double cost = 0;
        int covered = 0;
        for (int node = 1; node < tree.size(); node++) {
            int frame = tree.frame(node);
            if (frame < 0 || !functions.get(frame)) continue;
            nodes++;
            if (node < covered) continue;
            cost += tree.total(node);
            covered = tree.end(node);
        }
        return new Found(functions.cardinality(), nodes, cost);
    }
}
