package serpentarium.profile.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import serpentarium.profile.StackTree;
import serpentarium.task.TaskContext;

/// Whatever waits together, the trees are those of the stacks.
class SortedTreesTest {
    private static final int THREADS = 3;

    /// What stacks cost, by thread and frames.
    private final Map<List<Integer>, double[]> want = new HashMap<>();
    private final Random random = new Random(5);
    private final List<Integer> path = new ArrayList<>();
    private int thread;
    private long line;

    /// Some stacks, each with something of the one before.
    private CollapsedBatch batch(int stacks, int functions) {
        var batch = new CollapsedBatch(2);
        for (int s = 0; s < stacks; s++) {
            int kept = path.isEmpty() ? 0 : random.nextInt(path.size() + 1);
            if (kept == 0) thread = random.nextInt(THREADS) * 2;
            int added = random.nextInt(4) + (kept == 0 ? 1 : 0);
            path.subList(kept, path.size()).clear();
            batch.begin(kept, thread);
            for (int i = 0; i < added; i++) {
                path.add(random.nextInt(functions));
                batch.frame(path.getLast());
            }
            double[] costs = {1 + random.nextInt(9), random.nextInt(3)};
            batch.end(1 + path.getLast(), added, ++line, costs);
            List<Integer> key = new ArrayList<>(List.of(thread));
            key.addAll(path);
            double[] sum = want.computeIfAbsent(key, _ -> new double[2]);
            for (int e = 0; e < 2; e++) sum[e] += costs[e];
        }
        return batch;
    }

    private static Map<List<Integer>, double[]> got(List<StackTree> trees) {
        Map<List<Integer>, double[]> got = new HashMap<>();
        for (int t = 0; t < trees.size(); t++) {
            StackTree tree = trees.get(t);
            List<List<Integer>> paths = new ArrayList<>(List.of(List.of(t)));
            assertEquals(-1, tree.parent(0));
            assertEquals(-1, tree.frame(0));
            for (int node = 1; node < tree.size(); node++) {
                List<Integer> path = new ArrayList<>(paths.get(tree.parent(node)));
                path.add(tree.frame(node));
                paths.add(path);
                assertFalse(got.containsKey(path), "twice");
                got.put(path, new double[] {tree.self(0, node), tree.self(1, node)});
            }
        }
        return got;
    }

    private static void same(Map<List<Integer>, double[]> want, Map<List<Integer>, double[]> got) {
        got.forEach((path, costs) -> {
            double[] expected = want.getOrDefault(path, new double[2]);
            assertEquals(expected[0], costs[0]);
            assertEquals(expected[1], costs[1]);
        });
        assertTrue(got.keySet().containsAll(want.keySet()));
    }

    @ParameterizedTest @ValueSource(ints = {1, 300, 5_000, 1 << 20}) void treesAreThoseOfTheStacks(int enough) throws IOException {
        for (int functions : new int[] {3, 5_000}) {
            want.clear();
            path.clear();
            var sums = new CollapsedSums(2);
            var trees = new SortedTrees(2, 1_000_000, enough, sums, TaskContext.detached());
            for (int b = 0; b < 40; b++) assertTrue(trees.take(batch(200, functions)));
            assertTrue(trees.end());
            same(want, got(trees.build()));
            for (int e = 0; e < 2; e++) {
                int event = e;
                assertEquals(want.values().stream().mapToDouble(c -> c[event]).sum(), sums.totals()[e]);
            }
        }
    }

    @Test void whatDoesNotFitIsLeftOutWithItsCosts() throws IOException {
        var sums = new CollapsedSums(2);
        var trees = new SortedTrees(2, 20_000, 1 << 20, sums, TaskContext.detached());
        boolean room = true;
        while (room && line < 100_000) room = trees.take(batch(200, 5_000));
        assertFalse(room);
        long first = trees.full();
        assertTrue(first > 1 && first % 200 == 1, "from " + first);
        List<StackTree> built = trees.build();
        assertTrue(built.stream().mapToInt(StackTree::size).sum() > 20_000 * 3 / 4);
        double sum = 0;
        for (StackTree tree : built) for (int node = 0; node < tree.size(); node++) sum += tree.self(0, node);
        assertEquals(sum, sums.totals()[0]);
        double tops = 0;
        for (double cost : sums.self()[0]) tops += cost;
        assertEquals(sum, tops);
    }

    @Test void stopsWhenCancelled() throws IOException {
        var trees = new SortedTrees(2, 1_000_000, 1 << 20, new CollapsedSums(2), TaskContext.cancelledAfter(0));
        trees.take(batch(20_000, 5_000));
        assertThrows(CancellationException.class, trees::end);
    }
}
