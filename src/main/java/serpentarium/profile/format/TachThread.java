package serpentarium.profile.format;

import java.util.Arrays;

import serpentarium.profile.StackTree;

/// A thread of a file of Python's sampler, with the stack of its last sample: each one says only how it differs from the one before.
final class TachThread {
    private final long id;
    private final int interpreter;
    private final int number;
    private final StackTree.Builder tree;
    private int[] node = new int[32];
    private int[] place = new int[32];
    private int depth;
    private boolean main;
    private double at;
    private int heldNode;
    private boolean held;

    TachThread(long id, int interpreter, int number, int events) {
        this.id = id;
        this.interpreter = interpreter;
        this.number = number;
        tree = new StackTree.Builder(events);
    }

    /// As the file names it.
    long id() {
        return id;
    }

    /// The interpreter it belongs to.
    int interpreter() {
        return interpreter;
    }

    /// Its number among the threads, from 0.
    int number() {
        return number;
    }

    /// Its stacks.
    StackTree.Builder tree() {
        return tree;
    }

    /// How many frames are on its stack.
    int depth() {
        return depth;
    }

    /// Keeps so many of the outermost frames.
    void keep(int frames) {
        depth = frames;
    }

    /// Puts a frame above the stack.
    void push(int function, int at) {
        if (depth == node.length) {
            node = Arrays.copyOf(node, depth * 2);
            place = Arrays.copyOf(place, depth * 2);
        }
        node[depth] = tree.child(depth == 0 ? 0 : node[depth - 1], function);
        place[depth++] = at;
    }

    /// The node of the top of the stack.
    int node() {
        return depth == 0 ? 0 : node[depth - 1];
    }

    /// The place of the top of the stack.
    int place() {
        return place[depth - 1];
    }

    /// Whether a sample said that it is the program's main thread.
    boolean main() {
        return main;
    }

    /// Says that it is.
    void markMain() {
        main = true;
    }

    /// Goes on to the next sample, `delta` microseconds later.
    void advance(double delta) {
        at += delta;
    }

    /// When the sample at hand was taken, in microseconds from the start.
    double at() {
        return at;
    }

    /// Remembers where the sample at hand stands until the next one comes.
    void hold() {
        heldNode = node();
        held = true;
    }

    /// Whether a sample was remembered.
    boolean held() {
        return held;
    }

    /// Where it stood.
    int heldNode() {
        return heldNode;
    }
}
