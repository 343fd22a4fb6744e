package serpentarium.traffic.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.task.TaskContext;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.FlowSource;
import serpentarium.traffic.FlowWriter;
import serpentarium.traffic.Headers;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.ResponseHead;
import serpentarium.traffic.Side;
import serpentarium.traffic.analysis.ComparedLine.Change;
import serpentarium.traffic.engine.DiskSession;
import serpentarium.traffic.engine.SessionLimits;

class ComparisonTest {
    @TempDir Path folder;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(List<ComparedLine> lines) {
        return String.join("\n", lines.stream().map(line -> line.change() + " " + line.name() + " " + line.left() + " | " + line.right()).toList());
    }

    @Test void jsonByItsStructure() {
        assertEquals("""
                SAME a 1 | 1
                CHANGED b.c "x" | "y"
                ADDED b.d null | null
                SAME list[0] true | true
                REMOVED list[1] {} | null""", text(FlowComparison.bodies(bytes("{\"a\": 1, \"b\": {\"c\": \"x\"}, \"list\": [true, {}]}"),
                bytes("{\"list\":[true],\"b\":{\"c\":\"y\",\"d\":null},\"a\":1}"))));
    }

    @Test void headersByName() {
        var left = new Headers(List.of(new Headers.Field("Host", "a"), new Headers.Field("X", "1"), new Headers.Field("X", "2")));
        var right = new Headers(List.of(new Headers.Field("x", "1"), new Headers.Field("host", "b"), new Headers.Field("New", "n")));
        assertEquals("CHANGED Host a | b\nSAME X 1 | 1\nREMOVED X 2 | null\nADDED New null | n", text(FlowComparison.headers(left, right)));
    }

    @Test void textByLines() {
        assertEquals("SAME 1 a | a\nREMOVED 2 b | null\nSAME 3 c | c\nCHANGED 4 d | D\nSAME 5 e | e",
                text(FlowComparison.bodies(bytes("a\nb\nc\nd\ne"), bytes("a\r\nc\nD\ne"))));
        assertEquals(List.of(), FlowComparison.bodies(new byte[] {0, 1}, bytes("x")));
    }

    @Test void linesAreNeitherLostNorMadeUp() {
        var random = new Random(5);
        for (int round = 0; round < 300; round++) {
            String[] a = random.ints(random.nextInt(30), 0, 4).mapToObj(String::valueOf).toArray(String[]::new);
            String[] b = random.ints(random.nextInt(30), 0, 4).mapToObj(String::valueOf).toArray(String[]::new);
            List<ComparedLine> lines = FlowComparison.lines(a, b);
            assertEquals(List.of(a), lines.stream().map(ComparedLine::left).filter(java.util.Objects::nonNull).toList());
            assertEquals(List.of(b), lines.stream().map(ComparedLine::right).filter(java.util.Objects::nonNull).toList());
            long same = lines.stream().filter(line -> line.change() == Change.SAME).count();
            assertEquals(true, same >= common(a, b), "a common line was missed");
        }
    }

    private static int common(String[] a, String[] b) {
        int[][] length = new int[a.length + 1][b.length + 1];
        for (int i = 1; i <= a.length; i++)
            for (int j = 1; j <= b.length; j++)
                length[i][j] = a[i - 1].equals(b[j - 1]) ? length[i - 1][j - 1] + 1 : Math.max(length[i - 1][j], length[i][j - 1]);
        return length[a.length][b.length];
    }

    private DiskSession session(String name, String... flows) throws IOException {
        DiskSession session = DiskSession.create(folder.resolve(name), SessionLimits.NONE);
        int at = 0;
        for (String each : flows) {
            String[] parts = each.split(" ");
            try (FlowWriter flow = session.begin(null, FlowKind.HTTP, FlowSource.PROXY, at++)) {
                flow.request(new RequestHead("GET", "http", "shop.test", 80, "", parts[0], "HTTP/1.1", Headers.NONE));
                flow.response(new ResponseHead(Integer.parseInt(parts[1]), "", "HTTP/1.1", Headers.NONE));
                byte[] body = new byte[Integer.parseInt(parts[2])];
                flow.body(Side.RESPONSE, body, 0, body.length);
            }
        }
        return session;
    }

    @Test void sessionsByMethodUrlAndOrder() throws IOException {
        try (DiskSession left = session("l", "/a 200 5", "/b 200 5", "/a 200 5", "/c 200 5", "/gone 200 1", "/late 200 1", "/d 200 9");
             DiskSession right = session("r", "/late 200 1", "/a 200 5", "/new 200 1", "/b 500 5", "/a 200 6", "/c 200 5", "/d 200 9")) {
            SessionComparison compared = SessionComparison.of(left.table(), right.table(), TaskContext.detached());
            var seen = new ArrayList<String>();
            for (SessionComparison.Pair pair : compared.pairs()) seen.add(pair.left() + ":" + pair.right() + " " + pair.change());
            assertEquals(List.of("0:1 SAME", "-1:2 NEW", "1:3 STATUS", "2:4 SIZE", "3:5 SAME", "4:-1 MISSING", "5:0 ORDER", "6:6 SAME"), seen);
            assertEquals(3, compared.count(SessionComparison.Change.SAME));
        }
    }
}
