package serpentarium.traffic.engine;

import com.sun.management.OperatingSystemMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import serpentarium.task.TaskContext;
import serpentarium.traffic.BodyFacts;
import serpentarium.traffic.ConnectionFacts;
import serpentarium.traffic.Endpoint;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.FlowSource;
import serpentarium.traffic.FlowTable;
import serpentarium.traffic.FlowWriter;
import serpentarium.traffic.Headers;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.ResponseHead;
import serpentarium.traffic.Side;
import serpentarium.traffic.Timing;
import serpentarium.traffic.analysis.BodySearch;
import serpentarium.traffic.analysis.FilterParser;
import serpentarium.traffic.analysis.FilterRun;
import serpentarium.traffic.analysis.FlowColumn;
import serpentarium.traffic.analysis.FlowOrder;
import serpentarium.traffic.analysis.RowSet;

/// Makes a session of many flows, the same one each time, and times what a person does with it:
///
/// `java -Xmx3g -cp … serpentarium.traffic.engine.MillionFlows FOLDER [FLOWS [PACKED [ROUNDS [ONLY]]]]`
///
/// FLOWS is a million where it is not said; of each hundred flows PACKED have their bodies as gzip. A flow has about 1.3 kB of JSON, one of five thousand a
/// body of a megabyte. Where the folder holds a session already it is used. For each thing the shortest wall clock of the rounds and the processor time of
/// all threads in that round are printed, and the first round's wall clock, in which the compiler works. ONLY is a part of the names of what is measured.
public final class MillionFlows {
    private static final String[] FILTERS = {"status >= 400", "status >= 500 and host = api-3.shop.test", "method = POST or method = PUT", "not host ~ ^api", "duration > 200ms",
        "size > 1MB", "(status = 404 or status = 500) and method = GET and duration < 1s and not host = cdn.shop.test", "port = 8443", "is:asset"};
    private static final String[] PATHS = {"url ~ /items/4\\d+7\\?page=1[0-3]", "path ~ (cart|pay)/\\d+$", "items", "shop.test/users", "url ~ [0-9]{6}\\?", "path = /health"};
    private static final String[] BODIES = {"body ~ \"zebra crossing\"", "body ~ zebra\\s+crossing", "body ~ crossing[0-9]+x", "response.body ~ \"no such text\""};

    private final Path folder;
    private final int rounds;
    private final String only;

    private MillionFlows(Path folder, int rounds, String only) {
        this.folder = folder;
        this.rounds = rounds;
        this.only = only;
    }

    /// Makes and measures.
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        int flows = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000_000;
        int packed = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 0;
        if (!Files.exists(folder)) make(folder, flows, packed);
        new MillionFlows(folder, arguments.length > 3 ? Integer.parseInt(arguments[3]) : 5, arguments.length > 4 ? arguments[4] : "").measure();
    }

    private static void make(Path folder, int flows, int packed) throws IOException {
        long began = System.nanoTime();
        var random = new Random(7);
        String[] methods = {"GET", "GET", "GET", "GET", "GET", "POST", "POST", "PUT", "DELETE", "OPTIONS"};
        int[] statuses = {200, 200, 200, 200, 200, 201, 204, 301, 304, 404, 500, 503};
        String[] types = {"application/json", "application/json; charset=utf-8", "text/html", "image/png", "text/css"};
        byte[] words = new byte[1 << 22];
        for (int i = 0; i < words.length; i++) words[i] = (byte) "etaoin shrdlu,cmfwypvbgk\":{}0123456789".charAt(random.nextInt(38));
        long bytes = 0;
        try (DiskSession session = DiskSession.create(folder, SessionLimits.NONE)) {
            for (int n = 0; n < flows; n++) {
                double at = 1.795e9 + n * 0.004;
                String path = switch (random.nextInt(8)) {
                    case 0 -> "/users/" + random.nextInt(100_000);
                    case 1 -> "/cart/" + random.nextInt(10_000) + "/pay/" + random.nextInt(100);
                    case 2 -> "/health";
                    case 3 -> "/assets/" + Long.toHexString(random.nextLong()) + ".css";
                    default -> "/api/v1/items/" + random.nextInt(1_000_000) + "?page=" + random.nextInt(50) + "&session=" + Long.toHexString(random.nextLong());
                };
                int host = random.nextInt(12);
                boolean gzip = random.nextInt(100) < packed;
                int status = statuses[random.nextInt(statuses.length)];
                try (FlowWriter flow = session.begin(null, FlowKind.HTTP, FlowSource.FILE, at)) {
                    flow.connection(new ConnectionFacts("c" + n / 50, new Endpoint("127.0.0.1", 40_000 + n / 50 % 20_000), new Endpoint("10.0.0." + host, 8443), null, null));
                    flow.request(new RequestHead(methods[random.nextInt(methods.length)], host % 2 == 0 ? "https" : "http", host == 11 ? "cdn.shop.test" : "api-" + host + ".shop.test",
                            host % 2 == 0 ? 8443 : 80, "", path, "HTTP/1.1", new Headers(List.of(new Headers.Field("Host", "api-" + host + ".shop.test"),
                            new Headers.Field("User-Agent", "python-requests/2.32.3"), new Headers.Field("Accept", "*/*"), new Headers.Field("Accept-Encoding", "gzip, deflate")))));
                    var fields = new ArrayList<>(List.of(new Headers.Field("Server", "nginx/1.22.1"), new Headers.Field("Content-Type", types[random.nextInt(types.length)])));
                    if (gzip) fields.add(new Headers.Field("Content-Encoding", "gzip"));
                    flow.response(new ResponseHead(status, "", "HTTP/1.1", new Headers(fields)));
                    int length = n % 5000 == 17 ? 1 << 20 : 1000 + random.nextInt(200);
                    int from = random.nextInt(words.length - length);
                    byte[] body = Arrays.copyOfRange(words, from, from + length);
                    byte[] found = ("zebra crossing" + n + "x").getBytes(StandardCharsets.US_ASCII);
                    if (n % 20_011 == 100) System.arraycopy(found, 0, body, length / 2, found.length);
                    if (gzip) body = gzip(body);
                    flow.body(Side.RESPONSE, body, 0, body.length);
                    flow.bodyEnd(Side.RESPONSE, BodyFacts.State.COMPLETE, -1, false);
                    bytes += body.length;
                    double took = Math.exp(random.nextGaussian() * 1.5 - 3);
                    double no = Double.NaN;
                    flow.timing(new Timing(at, no, no, no, no, no, no, no, at + took / 2, at + took));
                }
            }
            System.out.printf(Locale.ROOT, "made: %,d flows, %,d bytes of bodies, %.1f s%n", flows, bytes, (System.nanoTime() - began) / 1e9);
        }
    }

    private static byte[] gzip(byte[] body) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(body);
        }
        return out.toByteArray();
    }

    private interface Step {
        Object run() throws Exception;
    }

    private void time(String what, Step step) throws Exception {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        double best = Double.MAX_VALUE;
        double cpu = 0;
        double first = 0;
        Object result = null;
        if (!what.contains(only)) return;
        for (int round = 0; round < rounds; round++) {
            long began = System.nanoTime();
            long used = system.getProcessCpuTime();
            result = step.run();
            double took = (System.nanoTime() - began) / 1e6;
            if (round == 0) first = took;
            if (took >= best) continue;
            best = took;
            cpu = (system.getProcessCpuTime() - used) / 1e6;
        }
        System.out.printf(Locale.ROOT, "%-100s %8.0f ms  cpu %8.0f ms  first %8.0f ms  %s%n", what, best, cpu, first, result);
    }

    private void measure() throws Exception {
        long before = heap();
        time("open", () -> {
            try (DiskSession session = DiskSession.open(folder, SessionLimits.NONE)) {
                return session.table().size();
            }
        });
        try (DiskSession session = DiskSession.open(folder, SessionLimits.NONE)) {
            FlowTable table = session.table();
            System.out.printf(Locale.ROOT, "heap of the open session: %d bytes a flow%n", (heap() - before) / table.size());
            for (String filter : FILTERS) time("filter " + filter, () -> filter(session, filter));
            for (String filter : PATHS) time("filter " + filter, () -> filter(session, filter));
            int[] rows = IntStream.range(0, table.size()).toArray();
            for (FlowColumn column : FlowColumn.values()) {
                time("sort by " + column, () -> FlowOrder.of(table, rows, rows.length, column, false, TaskContext.detached())[rows.length / 2]);
            }
            time("sort by PATH, descending", () -> FlowOrder.of(table, rows, rows.length, FlowColumn.PATH, true, TaskContext.detached())[rows.length / 2]);
            for (String filter : BODIES) time("filter " + filter, () -> filter(session, filter));
            for (Pattern pattern : List.of(BodySearch.literal("zebra crossing"), BodySearch.literal("Kiosk am Süd"), Pattern.compile("crossing\\d+x", Pattern.CASE_INSENSITIVE))) {
                time("search " + pattern.pattern(), () -> search(session, table, rows, pattern));
            }
        }
    }

    private static String filter(DiskSession session, String text) throws IOException {
        var parsed = (FilterParser.Result.Parsed) FilterParser.parse(text);
        FlowTable table = session.table();
        var count = new AtomicLong();
        var first = new AtomicLong();
        long began = System.nanoTime();
        new FilterRun(parsed.filter(), table, new SessionContent(session), TaskContext.detached()).run(0, table.size(), (_, begin, end) -> {
            first.compareAndSet(0, System.nanoTime() - began);
            count.addAndGet(end - begin);
        });
        return count + " rows, first told after " + first.get() / 1_000_000 + " ms";
    }

    private static String search(DiskSession session, FlowTable table, int[] rows, Pattern pattern) throws IOException {
        var first = new AtomicLong();
        long began = System.nanoTime();
        BodySearch.Result result = BodySearch.run(table, new SessionContent(session), pattern, RowSet.of(rows), TaskContext.detached(),
                _ -> first.compareAndSet(0, System.nanoTime() - began));
        return result.hits().size() + " hits, first told after " + first.get() / 1_000_000 + " ms";
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
