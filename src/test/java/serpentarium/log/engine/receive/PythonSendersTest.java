package serpentarium.log.engine.receive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.task.ChildProcess;

/// Every Python of this machine logs by each of its handlers: every record once, in order, tracebacks whole where the protocol carries them.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PythonSendersTest {
    private static final int RECORDS = 60;
    private static final String PROGRAM = """
            import logging, logging.handlers, socket, sys
            tcp, udp, http, syslog, syslogudp, n = [int(a) for a in sys.argv[1:]]
            h = '127.0.0.1'
            handlers = {'socket': logging.handlers.SocketHandler(h, tcp), 'datagram': logging.handlers.DatagramHandler(h, udp),
                'get': logging.handlers.HTTPHandler('%s:%d' % (h, http), '/log'), 'post': logging.handlers.HTTPHandler('%s:%d' % (h, http), '/log', method='POST'),
                'syslogudp': logging.handlers.SysLogHandler((h, syslogudp)), 'syslog': logging.handlers.SysLogHandler((h, syslog), socktype=socket.SOCK_STREAM)}
            if sys.version_info > (3, 3):
                import queue
                q = queue.Queue()
                to = logging.handlers.SocketHandler(h, tcp)
                listener = logging.handlers.QueueListener(q, to)
                listener.start()
                handlers['queued'] = logging.handlers.QueueHandler(q)
            class Own(object):
                def __init__(self): self.secret = 1
            for name in sorted(handlers):
                handlers[name].setFormatter(logging.Formatter('%(name)s %(message)s') if name.startswith('syslog') else None)
                log = logging.getLogger(name)
                log.setLevel(1)
                log.propagate = False
                log.addHandler(handlers[name])
                for i in range(n):
                    if i % 10 == 9:
                        try: {}['absent %d' % i]
                        except KeyError: log.exception('failed %d', i)
                    elif i % 10 == 8: log.warning('with extra %d', i, extra={'own': Own(), 'items': [1, 'a', None]})
                    else: log.info('number %d of %s', i, 'x')
            if sys.version_info > (3, 3):
                listener.stop()
                to.close()
            for each in handlers.values(): each.close()
            """;

    @TempDir Path folder;

    private static List<Path> pythons() throws IOException {
        Path versions = Path.of(System.getProperty("user.home"), ".pyenv", "versions");
        if (!Files.isDirectory(versions)) return List.of();
        try (Stream<Path> all = Files.list(versions)) {
            return all.map(each -> each.resolve("bin/python")).filter(Files::isExecutable).sorted().toList();
        }
    }

    private static void run(Path python, Path program, ServerFixture to, List<String> said) throws IOException, InterruptedException {
        var command = List.of(python.toString(), "-W", "ignore", program.toString(), "" + to.tcp, "" + to.udp, "" + to.http, "" + to.syslog, "" + to.syslogDatagrams, "" + RECORDS);
        ChildProcess child = ChildProcess.start(ChildProcess.Spec.of(command.toArray(String[]::new)).lines(line -> {
            synchronized (said) {
                said.add(line.text());
            }
        }));
        assertEquals(0, child.await(), said::toString);
    }

    @Test void everyPythonByEveryHandler() throws IOException, InterruptedException {
        List<Path> pythons = pythons();
        assumeTrue(!pythons.isEmpty(), "no pyenv here");
        Path program = Files.writeString(folder.resolve("program.py"), PROGRAM);
        for (Path python : pythons) {
            boolean old = python.toString().contains("/2.7");
            var said = new ArrayList<String>();
            Path store = folder.resolve(python.getParent().getParent().getFileName().toString());
            try (var fixture = new ServerFixture(store, ReceiveOptions.USUAL)) {
                run(python, program, fixture, said);
                fixture.await((old ? 6L : 7L) * RECORDS);
                check(fixture.records(), old, python.toString());
                assertEquals(List.of(), said);
            }
        }
    }

    private static void check(List<Map<String, Object>> records, boolean old, String python) {
        var next = new HashMap<String, Integer>();
        for (Map<String, Object> record : records) {
            String message = String.valueOf(record.getOrDefault("message", record.get("msg")));
            String name = String.valueOf(record.get("name"));
            if (record.get("via").equals("syslog")) {
                name = message.substring(0, message.indexOf(' '));
                message = message.substring(name.length() + 1);
            }
            int i = next.merge(name, 1, Integer::sum) - 1;
            boolean web = record.get("via").equals("http");
            if (i % 10 == 9) {
                assertEquals("failed " + i, message, python);
                String exception = String.valueOf(record.get("exc_text"));
                if (web) assertEquals(false, record.get("traceback_sent"), record::toString);
                else assertTrue(exception.startsWith("Traceback (most recent call last):\n") && exception.endsWith("\nKeyError: 'absent " + i + "'"), record::toString);
            } else if (i % 10 == 8) {
                assertEquals("with extra " + i, message, python);
                if (record.get("via").equals("socket")) assertEquals("__main__.Own", ((Map<?, ?>) record.get("own")).get("__class__"), record::toString);
            } else assertEquals("number " + i + " of x", message, python);
            String level = i % 10 == 9 ? "ERROR" : i % 10 == 8 ? "WARNING" : "INFO";
            assertEquals(level, record.get("levelname"), python);
            assertFalse(record.get("received") == null);
        }
        next.forEach((name, count) -> assertEquals(RECORDS, count, python + " " + name));
        assertEquals(old ? 6 : 7, next.size(), python);
    }
}
