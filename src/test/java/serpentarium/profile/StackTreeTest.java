package serpentarium.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;

/// A child is found again, whatever was added between.
class StackTreeTest {
    @Test void childrenAreFoundAgain() {
        var random = new Random(3);
        var builder = new StackTree.Builder(1);
        Map<Long, Integer> known = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            int parent = random.nextBoolean() ? builder.size() - 1 : random.nextInt(builder.size());
            if (random.nextInt(3) == 0) parent = random.nextInt(Math.min(20, builder.size()));
            int function = random.nextInt(parent < 20 ? 2000 : 3);
            int before = builder.size();
            int node = builder.child(parent, function);
            Integer old = known.putIfAbsent((long) parent << 32 | function, node);
            assertEquals(old == null ? before : old, node);
            assertEquals(old == null ? before + 1 : before, builder.size());
            builder.addSelf(0, node, 1);
        }
        StackTree tree = builder.build();
        assertEquals(known.size() + 1, tree.size());
        double sum = 0;
        for (int node = 1; node < tree.size(); node++) {
            assertTrue(tree.parent(node) < node);
            assertEquals(node, known.get((long) tree.parent(node) << 32 | tree.frame(node)));
            sum += tree.self(0, node);
        }
        assertEquals(200_000, sum);
        assertEquals(-1, tree.parent(0));
    }

    @Test void childrenAreFoundAgainHoweverManyThereAre() {
        for (int tagged : new int[] {1 << 26, 1 << 12}) {
            var tree = new StackTree.Builder(1, 0, tagged);
            for (int round = 0; round < 2; round++)
                for (int node = 1; node <= 20_000; node++) assertEquals(node, tree.child((node - 1) / 7, node % 7));
            assertEquals(20_001, tree.size());
        }
    }
}
