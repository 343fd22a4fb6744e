package serpentarium.traffic.engine.proxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.traffic.BodyFacts;
import serpentarium.traffic.Flow;
import serpentarium.traffic.FlowTable;
import serpentarium.traffic.Side;
import serpentarium.traffic.engine.DiskSession;
import serpentarium.traffic.engine.SessionLimits;
import serpentarium.traffic.engine.trust.Authority;

/// A proxy as a program of its own: it is killed, its disk is full, and what it listens on is looked up in the system's tables.
@Timeout(90)
class ProxyProcessTest {
    @TempDir Path folder;
    private Scripted server;
    private Process process;
    private BufferedReader said;
    private int forward;
    private int reverse;

    /// A proxy with all kinds of listeners, which says its ports, then what is wrong with recording whenever it is sent an empty line, and what it shows
    /// of its session where the line says so.
    static final class Child {
        public static void main(String[] arguments) throws IOException {
            try (var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
                 var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
                 var session = DiskSession.create(Path.of(arguments[0]), SessionLimits.NONE);
                 var proxy = new ProxyServer(session, Authority.open(Path.of(arguments[1])), ProxyOptions.USUAL)) {
                int one = proxy.start(new ListenerSpec.Forward(ListenerSpec.LOOPBACK, 0)).port();
                int other = proxy.start(ListenerSpec.Reverse.of(ListenerSpec.LOOPBACK, 0, arguments[2], false)).port();
                out.println(ProcessHandle.current().pid() + " " + one + " " + other);
                String line;
                while ((line = in.readLine()) != null) {
                    if (line.equals("shown")) {
                        Shown now = Shown.of(session);
                        out.println(now.all + " " + now.ended + " " + now.body);
                    } else out.println(proxy.problem().map(problem -> problem.id() + " " + problem).orElse("well").replace('\n', ' '));
                }
            }
        }
    }

    @BeforeEach void begin() throws IOException {
        server = Talk.server(request -> {
            String body = body(request.substring(request.indexOf('/') + 1, request.indexOf(" HTTP")));
            return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        });
    }

    private static String body(String number) {
        byte[] bytes = new byte[Integer.parseInt(number) % 7 * 1000 + 1];
        new Random(Integer.parseInt(number)).nextBytes(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @AfterEach void end() throws Exception {
        server.close();
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    private long start(List<String> before, Path session) throws IOException {
        var command = new ArrayList<>(before);
        command.addAll(List.of(ProcessHandle.current().info().command().orElseThrow(), "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp",
                System.getProperty("java.class.path"), Child.class.getName(), session.toString(), folder.resolve("authority").toString(), server.url()));
        process = new ProcessBuilder(command).redirectError(folder.resolve("errors").toFile()).start();
        said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = said.readLine();
        assertTrue(line != null, () -> "it did not start: " + errors());
        String[] words = line.split(" ");
        forward = Integer.parseInt(words[1]);
        reverse = Integer.parseInt(words[2]);
        return Long.parseLong(words[0]);
    }

    private String errors() {
        try {
            return Files.readString(folder.resolve("errors"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private String state() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        return said.readLine();
    }

    private static void ask(Talk talk, int number) throws IOException {
        String got = talk.ask("GET /" + number + " HTTP/1.1\r\nHost: a\r\n\r\n");
        assertTrue(got.endsWith("\r\n\r\n" + body(String.valueOf(number))));
    }

    /// How many flows the program shows, how many of them as ended, and how much of the last one's request has a body.
    private Shown shown() throws IOException {
        process.getOutputStream().write("shown\n".getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
        String[] words = said.readLine().split(" ");
        return new Shown(Integer.parseInt(words[0]), Integer.parseInt(words[1]), Long.parseLong(words[2]));
    }

    private record Shown(int all, int ended, long body) {
        static Shown of(DiskSession session) throws IOException {
            FlowTable table = session.table();
            int ended = 0;
            while (ended < table.size() && !table.open(ended)) ended++;
            return new Shown(table.size(), ended, table.size() == 0 ? 0 : session.flow(table.size() - 1).requestBody().stored());
        }
    }

    private void kill() throws InterruptedException {
        process.destroyForcibly();
        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
    }

    /// Traffic does not wait for the recorder, so what counts is what was shown, however much was answered already.
    @Test void whatWasShownIsThereWhenItWasKilled() throws Exception {
        Path session = folder.resolve("killed");
        start(List.of(), session);
        Shown before;
        try (Talk talk = new Talk(reverse)) {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1500);
            int number = 0;
            for (; System.nanoTime() < end || number < 20; number++) ask(talk, number);
            do before = shown();
            while (before.ended < 20);
            kill();
        }
        try (var again = DiskSession.open(session, SessionLimits.NONE)) {
            checkAnswered(again, before.ended);
        }
    }

    private static void checkAnswered(DiskSession session, int count) throws IOException {
        int rows = session.table().size();
        assertTrue(rows >= count, () -> rows + " of " + count);
        for (int row = 0; row < count; row++) {
            Flow flow = session.flow(row);
            assertEquals("/" + row, flow.request().path());
            assertNull(flow.error());
            try (var body = session.body(row, Side.RESPONSE)) {
                assertArrayEquals(body(String.valueOf(row)).getBytes(StandardCharsets.ISO_8859_1), body.readAllBytes());
            }
        }
    }

    @Test void whatHadOnlyBegunWhenItWasKilledIsThereAsFarAsItHadCome() throws Exception {
        Path session = folder.resolve("killed");
        start(List.of(), session);
        try (Talk talk = new Talk(reverse)) {
            for (int number = 0; number < 5; number++) ask(talk, number);
            talk.say("POST /7 HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf");
            Shown last;
            do last = shown();
            while (last.all < 6 || last.body < 4);
            assertEquals(new Shown(6, 5, 4), last);
            kill();
        }
        try (var again = DiskSession.open(session, SessionLimits.NONE)) {
            checkAnswered(again, 5);
            assertEquals("/7", again.flow(5).request().path());
            try (var body = again.body(5, Side.REQUEST)) {
                assertEquals("half", new String(body.readAllBytes(), StandardCharsets.US_ASCII));
            }
        }
    }

    @Test void aFullDiskDoesNoHarmToTraffic() throws Exception {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "small disks are made with Linux's namespaces");
        Path disk = Files.createDirectories(folder.resolve("disk"));
        String mount = "mount -t tmpfs -o size=2m none " + disk + " && head -c 1700000 /dev/zero >" + disk + "/filler && ";
        assumeTrue(Partner.run("unshare", "-Urm", "sh", "-c", mount + "true").code() == 0, "this system gives nobody a namespace of mounts");
        long pid = start(List.of("unshare", "-Urm", "sh", "-c", mount + "exec \"$@\"", "sh"), disk.resolve("session"));
        try (Talk talk = new Talk(reverse)) {
            for (int number = 0; number < 400; number++) ask(talk, number);
            String problem = state();
            assertTrue(problem.startsWith("record.failed ") && problem.contains("No space left"), problem);
            // There is room again: who connects now is recorded.
            Path inside = Path.of("/proc", String.valueOf(pid), "root").resolve(disk.toString().substring(1));
            Files.delete(inside.resolve("filler"));
            try (Talk later = new Talk(reverse)) {
                for (int number = 1000; number < 1020; number++) ask(later, number);
            }
            for (int number = 400; number < 420; number++) ask(talk, number);
            assertTrue(state().startsWith("record.failed "));
            assertFalse(process.waitFor(200, TimeUnit.MILLISECONDS), "it ended by itself");
            Path copy = folder.resolve("copy");
            assertEquals(0, Partner.run("cp", "-r", inside.resolve("session").toString(), copy.toString()).code());
            checkFull(copy);
        }
        process.getOutputStream().close();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    }

    /// What was written before the disk was full and after there was room is there and whole; nothing pretends to be.
    private static void checkFull(Path copy) throws IOException {
        int before = 0;
        int after = 0;
        try (var again = DiskSession.open(copy, SessionLimits.NONE)) {
            for (int row = 0; row < again.table().size(); row++) {
                Flow flow = again.flow(row);
                if (flow.request() == null || flow.responseBody().state() != BodyFacts.State.COMPLETE) continue;
                int number = Integer.parseInt(flow.request().path().substring(1));
                try (var body = again.body(row, Side.RESPONSE)) {
                    assertArrayEquals(body(String.valueOf(number)).getBytes(StandardCharsets.ISO_8859_1), body.readAllBytes());
                }
                if (number < 400) before++;
                else if (number >= 1000) after++;
            }
        }
        assertTrue(before > 5, "before it was full: " + before);
        assertEquals(20, after);
    }

    @Test void nothingListensBeyondThisMachine() throws Exception {
        assumeTrue(Files.isReadable(Path.of("/proc/net/tcp")), "there is no /proc here");
        long pid = start(List.of(), folder.resolve("ports"));
        var sockets = new TreeSet<String>();
        try (var open = Files.list(Path.of("/proc", String.valueOf(pid), "fd"))) {
            for (Path each : open.toList()) {
                try {
                    String target = Files.readSymbolicLink(each).toString();
                    if (target.startsWith("socket:[")) sockets.add(target.substring(8, target.length() - 1));
                } catch (IOException e) {
                    // Closed meanwhile.
                    continue;
                }
            }
        }
        var ports = new TreeSet<Integer>();
        for (String table : List.of("tcp", "tcp6", "udp", "udp6")) {
            Path file = Path.of("/proc", String.valueOf(pid), "net", table);
            if (!Files.exists(file)) continue;
            for (String line : Files.readAllLines(file).stream().skip(1).toList()) {
                String[] words = line.strip().split("\\s+");
                if (!sockets.contains(words[9])) continue;
                boolean listens = table.startsWith("udp") || words[3].equals("0A");
                if (!listens) continue;
                int colon = words[1].indexOf(':');
                InetAddress address = address(words[1].substring(0, colon));
                assertTrue(address.isLoopbackAddress(), () -> table + ": " + line);
                ports.add(Integer.parseInt(words[1].substring(colon + 1), 16));
            }
        }
        assertEquals(new TreeSet<>(List.of(forward, reverse)), ports);
        // Nobody gets in by another address of this machine either.
        for (var card : java.util.Collections.list(java.net.NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : java.util.Collections.list(card.getInetAddresses())) {
                if (address.isLoopbackAddress() || address.isLinkLocalAddress()) continue;
                for (int port : ports) {
                    try (var socket = new java.net.Socket()) {
                        socket.connect(new InetSocketAddress(address, port), 1000);
                        throw new AssertionError(address + ":" + port + " answers");
                    } catch (IOException e) {
                        assertTrue(e.getMessage() != null);
                    }
                }
            }
        }
    }

    /// An address as the system's tables have it: words of four bytes, the least first.
    private static InetAddress address(String digits) throws IOException {
        byte[] bytes = HexFormat.of().parseHex(digits.toLowerCase(Locale.ROOT));
        for (int at = 0; at < bytes.length; at += 4) {
            byte first = bytes[at];
            byte second = bytes[at + 1];
            bytes[at] = bytes[at + 3];
            bytes[at + 1] = bytes[at + 2];
            bytes[at + 2] = second;
            bytes[at + 3] = first;
        }
        return InetAddress.getByAddress(bytes);
    }

    /// Neither by name nor by number, neither through CONNECT nor SOCKS nor with an absolute target.
    @Test void noWayToOwnPortsOrToTheLink() throws Exception {
        start(List.of(), folder.resolve("own"));
        for (String host : List.of("127.0.0.1", "localhost", "127.1.2.3", "[::1]", "0.0.0.0", "[::ffff:127.0.0.1]", "2130706433", "0x7f000001")) {
            for (int port : new int[] {forward, reverse}) refused(host + ":" + port);
        }
        for (String far : List.of("169.254.169.254:80", "[fe80::1]:80", "100.100.100.200:80", "[fd00:ec2::254]:80", "224.0.0.1:80", "[ff02::1]:80", "[::ffff:169.254.169.254]:80"))
            refused(far);
        assertEquals(List.of(), server.heads);
        if (Files.isExecutable(Path.of("/usr/bin/curl"))) {
            for (String scheme : List.of("socks5", "socks5h", "socks4", "socks4a")) {
                for (String to : List.of("127.0.0.1:" + forward, "localhost:" + reverse, "169.254.169.254:80"))
                    assertTrue(Partner.run("curl", "-4", "-s", "-m", "10", "-x", scheme + "://127.0.0.1:" + forward, "http://" + to + "/").code() != 0, scheme + " " + to);
            }
        }
    }

    private void refused(String authority) throws IOException {
        try (Talk talk = new Talk(forward)) {
            String got = talk.ask("GET http://" + authority + "/1 HTTP/1.1\r\nHost: " + authority + "\r\n\r\n");
            assertTrue(got.startsWith("HTTP/1.1 403 ") || got.startsWith("HTTP/1.1 502 "), authority + ": " + got);
        }
        try (Talk talk = new Talk(forward)) {
            String got = talk.ask("CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n");
            assertTrue(got.startsWith("HTTP/1.1 403 ") || got.startsWith("HTTP/1.1 502 "), authority + ": " + got);
        }
    }
}
