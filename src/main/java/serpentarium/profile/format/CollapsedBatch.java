package serpentarium.profile.format;

import java.util.Arrays;
import java.util.List;

/// Some hundreds of stacks on their way from [CollapsedLines] to [CollapsedReader]: columns, no object a stack.
final class CollapsedBatch {
    private static final int ENOUGH = 1 << 14;
    /// How much memory one takes, about.
    static final int BYTES = 8 * ENOUGH;

    private final int events;
    private int[] codes = new int[ENOUGH + (ENOUGH >> 2)];
    private int length;
    private double[] costs = new double[1 << 10];
    private long[] lines = new long[1 << 10];
    private int size;
    private int[] freshTexts = new int[0];
    private List<String> freshNames = List.of();

    CollapsedBatch(int events) {
        this.events = events;
    }

    /// Whether it is time to hand it over.
    boolean full() {
        return length >= ENOUGH;
    }

    /// Whether there is nothing in it.
    boolean isEmpty() {
        return size == 0;
    }

    /// Starts a stack.
    ///
    /// @param kept   how many of its outer frames are those of the stack before
    /// @param thread its thread's number
    void begin(int kept, int thread) {
        code(kept);
        code(thread);
        code(0);
        code(0);
    }

    /// Adds a frame below those before it.
    void frame(int function) {
        code(function);
    }

    /// Ends a stack of so many added frames.
    ///
    /// @param text   the text of its innermost frame
    /// @param line   where it stands in the file
    /// @param values its cost of each event
    void end(int text, int added, long line, double[] values) {
        codes[length - added - 2] = text;
        codes[length - added - 1] = added;
        if (size == lines.length) {
            lines = Arrays.copyOf(lines, size * 2);
            costs = Arrays.copyOf(costs, Math.max(costs.length * 2, size * 2 * events));
        } else if ((size + 1) * events > costs.length) costs = Arrays.copyOf(costs, Math.max(costs.length * 2, (size + 1) * events));
        System.arraycopy(values, 0, costs, size * events, events);
        lines[size++] = line;
    }

    /// Forgets the stack that was started and of which so many frames were added.
    void drop(int added) {
        length -= added + 4;
    }

    /// Says which texts were new in it, by their functions, and which functions.
    void fresh(int[] functionOfText, List<String> names) {
        freshTexts = functionOfText;
        freshNames = names;
    }

    /// The functions of the texts that are new, in the order of their numbers.
    int[] freshTexts() {
        return freshTexts;
    }

    /// The names of the functions that are new, in the order of their numbers.
    List<String> freshNames() {
        return freshNames;
    }

    private void code(int code) {
        if (length == codes.length) codes = Arrays.copyOf(codes, length * 2);
        codes[length++] = code;
    }

    /// How many stacks there are.
    int size() {
        return size;
    }

    /// How many frames are added in all.
    int frames() {
        return length - 4 * size;
    }

    /// For each stack one after another: kept, thread, text, how many frames are added, these frames.
    int[] codes() {
        return codes;
    }

    /// A cost of a stack.
    double cost(int stack, int event) {
        return costs[stack * events + event];
    }

    /// Where a stack stands in the file.
    long line(int stack) {
        return lines[stack];
    }
}
