package serpentarium.traffic.engine.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.task.Lane;
import serpentarium.task.TaskContext;
import serpentarium.task.TaskHandle;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.ThreadTasks;
import serpentarium.traffic.Flow;
import serpentarium.traffic.Side;
import serpentarium.traffic.engine.DiskSession;
import serpentarium.traffic.engine.SessionLimits;

/// Captures real packets on loopback with the programs that are installed.
@Timeout(120)
class PacketCaptureTest {
    private static final String SERVER = """
            import http.server
            class Handler(http.server.BaseHTTPRequestHandler):
                protocol_version = 'HTTP/1.1'
                def do_GET(self):
                    body = b'0123456789abcdef' * (int(self.path.rsplit('/', 1)[1]) // 16)
                    self.send_response(200)
                    self.send_header('Content-Length', str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)
                def log_message(self, *args):
                    pass
            http.server.ThreadingHTTPServer(('127.0.0.1', PORT), Handler).serve_forever()
            """;

    /// Its connection stands for a while, so that its program can be asked for.
    private static final String SLOW = """
            import http.client, time
            connection = http.client.HTTPConnection('127.0.0.1', PORT)
            connection.request('GET', '/slow/1600000')
            connection.getresponse().read()
            time.sleep(3)
            """;

    @TempDir Path folder;
    private final ThreadTasks tasks = new ThreadTasks(Runnable::run);
    private DiskSession session;

    @BeforeEach void open() throws IOException {
        session = DiskSession.create(folder.resolve("session"), SessionLimits.NONE);
    }

    @AfterEach void close() throws IOException {
        tasks.shutdown(Duration.ofSeconds(20));
        session.close();
    }

    private Path packets() {
        return folder.resolve("session").resolve("packets");
    }

    private TaskHandle<Void> start(PacketCapture capture) {
        return tasks.submit(TaskSpec.<Void>of("capture", Lane.IO, context -> {
            capture.run(session, context);
            return null;
        }));
    }

    private List<Flow> flows() throws IOException {
        int count = session.table().size();
        var all = new java.util.ArrayList<Flow>();
        for (int row = 0; row < count; row++) all.add(session.flow(row));
        return all;
    }

    private boolean answered(int count) {
        try {
            return flows().stream().filter(flow -> flow.status().isPresent()).count() >= count;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void ended(TaskHandle<?> task) {
        LivePartners.await("the task ends", () -> task.state().ended());
        if (task.state() instanceof TaskState.Failed<?>(Problem problem)) throw new AssertionError(problem.report());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dumpcap", "tcpdump"})
    void flowsAppearWhileItRunsAndStoppingKeepsAll(String program) throws Exception {
        CaptureTool tool = LivePartners.tool(program);
        LivePartners.need("curl");
        try (LivePartners server = LivePartners.server(folder, SERVER)) {
            var capture = new PacketCapture(tool, PacketCapture.Spec.of("lo", packets()).filter("tcp port " + server.port));
            TaskHandle<Void> task = start(capture);
            LivePartners.await("it captures", capture::running);
            Path script = Files.writeString(folder.resolve("slow.py"), SLOW.replace("PORT", Integer.toString(server.port)));
            var slow = new ProcessBuilder("/usr/bin/python3", "-u", script.toString()).start();
            LivePartners.run(List.of("curl", "-s", "-o", "/dev/null", "http://127.0.0.1:" + server.port + "/a/160", "http://127.0.0.1:" + server.port + "/b/320"));
            LivePartners.await("two answers are seen", () -> answered(2));
            assertFalse(task.state().ended());
            assertEquals(0, slow.waitFor());
            LivePartners.run(List.of("curl", "-s", "-o", "/dev/null", "http://127.0.0.1:" + server.port + "/last/1000000"));
            capture.stop();
            ended(task);
            List<Flow> flows = flows();
            assertEquals(List.of("/a/160", "/b/320", "/last/1000000", "/slow/1600000"), flows.stream().map(flow -> flow.request().path()).sorted().toList());
            for (Flow flow : flows) {
                int wanted = Integer.parseInt(flow.request().path().replaceAll(".*/", ""));
                assertEquals(wanted / 16 * 16, session.body(session.row(flow.id()), Side.RESPONSE).readAllBytes().length, flow + " " + session.warnings() + capture.count());
                if (flow.request().path().startsWith("/slow")) {
                    if (flow.process() == null) throw new AssertionError(flow.toString());
                    assertEquals("slow.py", flow.process().name());
                    assertEquals(slow.pid(), flow.process().pid());
                }
            }
            assertEquals(List.of(), session.warnings());
            CaptureCount count = capture.count();
            assertTrue(count.packets() > 20 && count.bytes() > 2_600_000 && count.dropped() == 0, count.toString());
            assertPrivate();
            assertSameAsTshark(count);
        }
    }

    private void assertPrivate() throws IOException {
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(packets())));
        try (Stream<Path> files = Files.list(packets())) {
            for (Path file : files.toList()) assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
    }

    /// The file on disk is whole: it has the packets that were counted, and the last request, too.
    private void assertSameAsTshark(CaptureCount count) throws IOException, InterruptedException {
        if (!LivePartners.installed("tshark")) return;
        try (Stream<Path> files = Files.list(packets())) {
            List<String> lines = LivePartners.run(List.of("tshark", "-n", "-r", files.findFirst().orElseThrow().toString(), "-T", "fields", "-e", "frame.number", "-e", "http.request.uri"))
                    .lines().filter(line -> !line.startsWith("Running")).toList();
            assertEquals(count.packets(), lines.size());
            assertTrue(lines.stream().anyMatch(line -> line.endsWith("/last/1000000")));
        }
    }

    @Test void cancellingEndsItAtOnceWithItsProgram() throws Exception {
        CaptureTool tool = LivePartners.tool("dumpcap");
        var capture = new PacketCapture(tool, PacketCapture.Spec.of("lo", packets()));
        TaskHandle<Void> task = start(capture);
        LivePartners.await("it captures", capture::running);
        var child = ProcessHandle.current().descendants().filter(each -> each.info().command().orElse("").endsWith("dumpcap")).findFirst().orElseThrow();
        long before = System.nanoTime();
        task.cancel();
        LivePartners.await("it has ended", () -> !capture.running());
        long millis = (System.nanoTime() - before) / 1_000_000;
        assertInstanceOf(TaskState.Cancelled.class, task.state());
        LivePartners.await("its program has ended", () -> !child.isAlive());
        assertTrue(millis < 1_000, millis + " ms");
    }

    @Test void theRingKeepsTheNewestPacketsAndAllFlows() throws Exception {
        CaptureTool tool = LivePartners.tool("dumpcap");
        LivePartners.need("curl");
        try (LivePartners server = LivePartners.server(folder, SERVER)) {
            var capture = new PacketCapture(tool, PacketCapture.Spec.of("lo", packets()).filter("tcp port " + server.port).limit(8_000_000));
            TaskHandle<Void> task = start(capture);
            LivePartners.await("it captures", capture::running);
            for (int i = 0; i < 12; i++) {
                int wanted = i + 1;
                LivePartners.run(List.of("curl", "-s", "-o", "/dev/null", "http://127.0.0.1:" + server.port + "/" + i + "/1600000"));
                LivePartners.await("it is seen", () -> answered(wanted));
            }
            capture.stop();
            ended(task);
            assertEquals(12, flows().size());
            for (Flow flow : flows()) assertEquals(1_600_000, session.body(session.row(flow.id()), Side.RESPONSE).readAllBytes().length);
            assertTrue(session.warnings().stream().anyMatch(warning -> warning.contains("limit of 7.63 MiB")), session.warnings().toString());
            try (Stream<Path> files = Files.list(packets())) {
                assertTrue(files.mapToLong(file -> file.toFile().length()).sum() < 9_500_000);
            }
        }
    }

    @Test void atItsLimitTcpdumpStopsAndSaysSo() throws Exception {
        CaptureTool tool = LivePartners.tool("tcpdump");
        LivePartners.need("curl");
        try (LivePartners server = LivePartners.server(folder, SERVER)) {
            var capture = new PacketCapture(tool, PacketCapture.Spec.of("lo", packets()).filter("tcp port " + server.port).limit(2_000_000));
            TaskHandle<Void> task = start(capture);
            LivePartners.await("it captures", capture::running);
            LivePartners.run(List.of("curl", "-s", "-o", "/dev/null", "http://127.0.0.1:" + server.port + "/x/4000000"));
            ended(task);
            assertTrue(session.warnings().stream().anyMatch(warning -> warning.contains("was stopped")), session.warnings().toString());
        }
    }

    @Test void filtersAndInterfacesThatAreNoneAreNamed() throws Exception {
        for (String program : List.of("dumpcap", "tcpdump")) {
            CaptureTool tool = LivePartners.tool(program);
            var context = TaskContext.detached();
            assertTrue(CaptureSetup.interfaces(tool, context).stream().anyMatch(each -> each.name().equals("lo") && each.loopback()));
            assertEquals(Optional.empty(), CaptureSetup.filterError(tool, "lo", "tcp port 80 and host 127.0.0.1", context));
            assertEquals(Optional.empty(), CaptureSetup.filterError(tool, "lo", " ", context));
            assertTrue(CaptureSetup.filterError(tool, "lo", "tcp prot 80", context).orElseThrow().contains("syntax error"));
            assertTrue(CaptureSetup.filterError(tool, "lo", "host no.such.host.invalid", context).isPresent());
            Problem filter = failure(tool, PacketCapture.Spec.of("lo", folder.resolve(program + "1")).filter("tcp prot 80"));
            assertEquals("capture.filter", filter.id());
            assertTrue(filter.detail().contains("syntax error"), filter.detail());
            Problem device = failure(tool, PacketCapture.Spec.of("nosuch0", folder.resolve(program + "2")));
            assertEquals("capture.failed", device.id(), device.report());
            assertTrue(device.detail().contains("nosuch0"), device.detail());
        }
    }

    private Problem failure(CaptureTool tool, PacketCapture.Spec spec) {
        return assertThrows(ProblemException.class, () -> new PacketCapture(tool, spec).run(session, TaskContext.detached())).problem();
    }

    @Test void withoutTheRightTheCommandThatGrantsItIsNamed() throws Exception {
        LivePartners.need("dumpcap", "setpriv");
        String root = System.getProperty("user.name");
        org.junit.jupiter.api.Assumptions.assumeTrue(root.equals("root"), "only root can become somebody without rights");
        Path wrapper = Files.writeString(folder.resolve("dumpcap"), "#!/bin/sh\nexec setpriv --reuid=65534 --regid=65534 --clear-groups --bounding-set=-all /usr/bin/dumpcap \"$@\"\n");
        Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwxr-xr-x"));
        var refused = new CaptureTool(CaptureTool.Kind.DUMPCAP, wrapper);
        Problem problem = failure(refused, PacketCapture.Spec.of("lo", packets()));
        assertEquals("capture.rights-setcap", problem.id(), problem.report());
        assertEquals("sudo setcap cap_net_raw,cap_net_admin+eip " + wrapper, problem.remedies().getFirst());
        assertThrows(ProblemException.class, () -> CaptureSetup.filterError(refused, "lo", "tcp", TaskContext.detached()));
        Problem debian = CaptureRights.refused(new CaptureTool(CaptureTool.Kind.DUMPCAP, Path.of("/usr/bin/dumpcap")), "no", TaskContext.detached());
        if (Files.exists(Path.of("/etc/debian_version")) && debian.id().equals("capture.rights-reconfigure"))
            assertTrue(debian.remedies().getFirst().startsWith("sudo dpkg-reconfigure wireshark-common && sudo usermod -aG wireshark root"), debian.report());
        Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rw-r--r--"));
        Problem group = failure(refused, PacketCapture.Spec.of("lo", packets()));
        assertEquals("capture.rights-group", group.id());
        assertTrue(group.remedies().getFirst().startsWith("sudo usermod -aG "), group.report());
        assertTrue(CaptureRights.missing().remedies().getFirst().startsWith("sudo "));
    }

    @Test void listsOfInterfacesOfBothPrograms() {
        var machine = CaptureInterface.parse(List.of("1. eth0\t\t\t0\t192.0.2.2,fd00::2\tnetwork\t", "2. any\t\t\t0\t\tnetwork\t", "3. lo\t\tLoopback\t0\t127.0.0.1,::1\tloopback\t",
                "4. bluetooth-monitor\t\t\t4\t\tnetwork\t", "garbage", ""));
        assertEquals(List.of("lo", "any", "eth0"), machine.stream().map(CaptureInterface::name).toList());
        assertEquals(new CaptureInterface("lo", "Loopback", List.of("127.0.0.1", "::1"), true), machine.getFirst());
        var person = CaptureInterface.parse(List.of("1.eth0 [Up, Running, Connected]", "2.any (Pseudo-device that captures on all interfaces) [Up, Running]",
                "3.lo [Up, Running, Loopback]", "4.nflog (Linux netfilter log (NFLOG) interface) [none]"));
        assertEquals(List.of("lo", "any", "eth0"), person.stream().map(CaptureInterface::name).toList());
        assertEquals("Pseudo-device that captures on all interfaces", person.get(1).label());
    }
}
