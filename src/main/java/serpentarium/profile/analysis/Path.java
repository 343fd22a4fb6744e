package serpentarium.profile.analysis;

import java.util.Arrays;

/// Follows a scan over a tree in its own order and knows which functions are on the way down to the node.
final class Path {
    private final CallTree tree;
    private final int[] times;
    private int[] frames = new int[64];
    private int depth;

    Path(CallTree tree, int functions) {
        this.tree = tree;
        this.times = new int[functions];
    }

    /// Goes to a node; nodes must be entered in ascending order from 0. Gives whether its function is above it already.
    boolean enter(int node) {
        int level = tree.depth(node);
        while (depth > level) {
            int left = frames[--depth];
            if (left >= 0) times[left]--;
        }
        if (depth == frames.length) frames = Arrays.copyOf(frames, depth * 2);
        int frame = tree.frame(node);
        frames[depth++] = frame;
        return frame >= 0 && times[frame]++ > 0;
    }

    /// How often a function is on the way, the node that was entered last included.
    int times(int function) {
        return times[function];
    }
}
