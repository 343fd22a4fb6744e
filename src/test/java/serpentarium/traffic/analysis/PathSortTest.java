package serpentarium.traffic.analysis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.task.TaskContext;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.FlowSource;
import serpentarium.traffic.FlowTable;
import serpentarium.traffic.FlowWriter;
import serpentarium.traffic.Headers;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.WireText;
import serpentarium.traffic.engine.DiskSession;
import serpentarium.traffic.engine.SessionLimits;

/// Paths come in the order of their bytes, whatever they have in common.
class PathSortTest {
    @TempDir Path folder;

    private static String path(Random random) {
        return switch (random.nextInt(9)) {
            case 0 -> "";
            case 1 -> "/health";
            case 2 -> "/\u0000".repeat(random.nextInt(8));
            case 3 -> "/é/日本/" + random.nextInt(5);
            case 4 -> "/x".repeat(random.nextInt(30));
            case 5 -> "/abcdefg".repeat(random.nextInt(4)) + "\u0000\u0000".repeat(random.nextInt(3));
            case 6 -> WireText.decode(new byte[] {'/', (byte) 0xff, (byte) random.nextInt(256)});
            default -> "/api/v1/items/" + random.nextInt(300) + "?page=" + random.nextInt(3);
        };
    }

    @Test void inTheOrderOfBytesBothWays() throws IOException {
        var random = new Random(1);
        try (DiskSession session = DiskSession.create(folder.resolve("s"), SessionLimits.NONE)) {
            for (int n = 0; n < 140_000; n++) {
                try (FlowWriter flow = session.begin("f" + n, FlowKind.HTTP, FlowSource.FILE, n)) {
                    flow.request(new RequestHead("GET", "http", "h.test", 80, "", path(random), "HTTP/1.1", Headers.NONE));
                }
            }
            FlowTable table = session.table();
            byte[][] texts = new byte[table.size()][];
            for (int row = 0; row < texts.length; row++) texts[row] = WireText.encode(table.path(row));
            for (int size : new int[] {0, 1, 2, 20, 3000, texts.length}) {
                int[] rows = IntStream.range(0, size).toArray();
                for (boolean descending : new boolean[] {false, true}) {
                    Comparator<byte[]> by = descending ? (a, b) -> Arrays.compareUnsigned(b, a) : Arrays::compareUnsigned;
                    int[] expected = IntStream.concat(
                            IntStream.range(0, size).filter(row -> texts[row].length > 0).boxed().sorted(Comparator.comparing(row -> texts[row], by)).mapToInt(row -> row),
                            IntStream.range(0, size).filter(row -> texts[row].length == 0)).toArray();
                    assertArrayEquals(expected, FlowOrder.of(table, rows, size, FlowColumn.PATH, descending, TaskContext.detached()));
                }
            }
            int[] all = IntStream.range(0, texts.length).toArray();
            assertThrows(CancellationException.class, () -> FlowOrder.of(table, all, all.length, FlowColumn.PATH, false, TaskContext.cancelledAfter(2)));
            assertEquals(0, all[0]);
        }
    }
}
