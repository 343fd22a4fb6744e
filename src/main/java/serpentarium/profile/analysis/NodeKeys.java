package serpentarium.profile.analysis;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import serpentarium.profile.FrameTable;

/// Says in one number what a node of a [Stage] is, so that nodes of the same number below the same parent are one: a function, a node of
/// another kind, a thread, or a fold named after a package.
final class NodeKeys {
    private final int functions;
    private final int threads;
    private String[] packages = new String[16];
    private final Map<String, Integer> packageIds = new HashMap<>();

    NodeKeys(int functions, int threads) {
        this.functions = functions;
        this.threads = threads;
    }

    int of(int frame, byte kind) {
        return switch (kind) {
            case CallTree.FUNCTION -> frame;
            case CallTree.RECURSION -> functions + frame;
            case CallTree.UNATTRIBUTED -> 2 * functions;
            case CallTree.SMALL -> 2 * functions + 1;
            case CallTree.UNKNOWN -> 2 * functions + 2;
            default -> throw new IllegalArgumentException("kind " + kind);
        };
    }

    int thread(int thread) {
        return 2 * functions + 3 + thread;
    }

    /// The number of a fold that enters a function of another origin: by the first part of its module's name.
    int fold(FrameTable frames, int frame) {
        String module = Origin.module(frames, frame);
        String name = module == null ? frames.name(frame) : top(module);
        Integer known = packageIds.get(name);
        if (known == null) {
            known = packageIds.size();
            packageIds.put(name, known);
            if (known == packages.length) packages = Arrays.copyOf(packages, known * 2);
            packages[known] = name;
        }
        return 2 * functions + 3 + threads + known;
    }

    private static String top(String module) {
        int dot = module.startsWith("<") ? -1 : module.indexOf('.');
        return dot <= 0 ? module : module.substring(0, dot);
    }

    byte kind(int key) {
        if (key < functions) return CallTree.FUNCTION;
        if (key < 2 * functions) return CallTree.RECURSION;
        return switch (key - 2 * functions) {
            case 0 -> CallTree.UNATTRIBUTED;
            case 1 -> CallTree.SMALL;
            case 2 -> CallTree.UNKNOWN;
            default -> key < 2 * functions + 3 + threads ? CallTree.THREAD : CallTree.FOLDED;
        };
    }

    /// The function that a key names, of a function or a recursion; else -1.
    int frame(int key) {
        if (key < functions) return key;
        return key < 2 * functions ? key - functions : -1;
    }

    /// What a fold is named after.
    String packageOf(int key) {
        return packages[key - 2 * functions - 3 - threads];
    }

    int threadOf(int key) {
        return key - 2 * functions - 3;
    }

    /// A number for the key that is the same in every slice of a profile.
    long steady(int key) {
        return kind(key) == CallTree.FOLDED ? 0x5DEECE66DL * packageOf(key).hashCode() ^ 0x9E3779B97F4A7C15L : key;
    }
}
