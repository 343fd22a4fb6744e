package serpentarium.profile.analysis;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import serpentarium.profile.FrameTable;

/// Finds the functions of one profile in another by name and file. Lines do not matter but where a file has several functions of one name:
/// those are paired in the order of their lines.
///
/// The surest pairs come first: equal names and paths; then paths that end alike, longest ends first, for the same program may have lain in
/// another folder; then names of which one is qualified (`Basket.add` and `add`) in files that end alike; at last equal names of which one has
/// no file. What is left has no counterpart.
final class FunctionPairs {
    private static final int MOST_PARTS = 8;

    private final FrameTable a;
    private final FrameTable b;
    private final String[] namesA;
    private final String[] namesB;
    private final int[] aOf;
    private final int[] bOf;

    private FunctionPairs(FrameTable a, FrameTable b) {
        this.a = a;
        this.b = b;
        namesA = names(a);
        namesB = names(b);
        aOf = new int[b.size()];
        bOf = new int[a.size()];
        Arrays.fill(aOf, -1);
        Arrays.fill(bOf, -1);
    }

    private static String[] names(FrameTable frames) {
        return IntStream.range(0, frames.size()).mapToObj(f -> FunctionNames.of(frames, f)).toArray(String[]::new);
    }

    /// For each function of `b` that of `a`, or -1.
    static int[] of(FrameTable a, FrameTable b) {
        var pairs = new FunctionPairs(a, b);
        pairs.pair(f -> pairs.namesA[f] + "\0" + a.file(f) + "\0" + a.line(f), f -> pairs.namesB[f] + "\0" + b.file(f) + "\0" + b.line(f));
        pairs.pair(f -> pairs.namesA[f] + "\0" + a.file(f), f -> pairs.namesB[f] + "\0" + b.file(f));
        for (int parts = MOST_PARTS; parts > 0; parts--) pairs.byTail(parts, false);
        for (int parts = MOST_PARTS; parts > 0; parts--) pairs.byTail(parts, true);
        pairs.pair(f -> a.file(f) == null ? pairs.namesA[f] : null, f -> b.file(f) == null ? pairs.namesB[f] : null);
        pairs.pair(f -> a.file(f) == null ? pairs.namesA[f] : null, f -> pairs.namesB[f]);
        pairs.pair(f -> pairs.namesA[f], f -> b.file(f) == null ? pairs.namesB[f] : null);
        return pairs.aOf;
    }

    private void byTail(int parts, boolean lastOnly) {
        pair(f -> key(a, namesA, f, parts, lastOnly), f -> key(b, namesB, f, parts, lastOnly));
    }

    private static String key(FrameTable frames, String[] names, int f, int parts, boolean lastOnly) {
        String file = frames.file(f);
        String tail = file == null ? null : FunctionNames.tail(file, parts);
        return tail == null ? null : (lastOnly ? FunctionNames.last(names[f]) : names[f]) + "\0" + tail;
    }

    /// Pairs those that are still alone and have equal keys, in the order of their lines.
    private void pair(IntFunction<String> keyA, IntFunction<String> keyB) {
        Map<String, Deque<Integer>> open = new HashMap<>();
        for (int f : byLine(a)) {
            String key = bOf[f] >= 0 ? null : keyA.apply(f);
            if (key != null) open.computeIfAbsent(key, _ -> new ArrayDeque<>()).add(f);
        }
        if (open.isEmpty()) return;
        for (int f : byLine(b)) {
            String key = aOf[f] >= 0 ? null : keyB.apply(f);
            Deque<Integer> waiting = key == null ? null : open.get(key);
            if (waiting == null || waiting.isEmpty()) continue;
            aOf[f] = waiting.poll();
            bOf[aOf[f]] = f;
        }
    }

    private static int[] byLine(FrameTable frames) {
        return IntStream.range(0, frames.size()).boxed().sorted(Comparator.comparingInt(frames::line)).mapToInt(Integer::intValue).toArray();
    }
}
