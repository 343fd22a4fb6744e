package serpentarium.app.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import serpentarium.base.Problem;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.log.engine.receive.ReceiveOptions;
import serpentarium.log.engine.receive.ReceiveServer;
import serpentarium.log.engine.receive.Receiver;
import serpentarium.log.engine.receive.ReceiverSpec;
import serpentarium.log.engine.receive.SourceCounts;
import serpentarium.log.engine.receive.StoreLimits;
import serpentarium.log.format.wire.Refusal;
import serpentarium.shell.Folders;
import serpentarium.task.ExitHook;

/// `receive`: the network log receiver without a window. Says who sends as soon as the first record of each is on disk, and at the end what came.
@Command(name = "receive", resourceBundle = "serpentarium.app.cli.strings", mixinStandardHelpOptions = true)
public final class ReceiveVerb implements Callable<Integer> {
    private static final Strings STRINGS = Strings.of(ReceiveVerb.class);
    private static final long LOOK_MILLIS = 100;
    private static final long END_SECONDS = 20;
    private static final int MOST_SAID = 100;

    private final Console console;

    @Spec private CommandSpec spec;
    @Option(names = "--tcp", paramLabel = "PORT", descriptionKey = "receive.tcp") private Integer tcp;
    @Option(names = "--udp", paramLabel = "PORT", descriptionKey = "receive.udp") private Integer udp;
    @Option(names = "--http", paramLabel = "PORT", descriptionKey = "receive.http") private Integer http;
    @Option(names = "--syslog", paramLabel = "PORT", descriptionKey = "receive.syslog") private Integer syslog;
    @Option(names = "--listen", paramLabel = "HOST", descriptionKey = "receive.listen") private String host = ReceiverSpec.LOOPBACK;
    @Option(names = "--out", paramLabel = "DIR", descriptionKey = "receive.out") private Path out;
    @Option(names = "--for", paramLabel = "SECONDS", descriptionKey = "receive.for") private Double seconds;
    @Option(names = "--most", paramLabel = "MEGABYTES", descriptionKey = "receive.most") private Long most;
    @Option(names = "--token", paramLabel = "TOKEN", descriptionKey = "receive.token") private String token;
    @Option(names = "--certificate", paramLabel = "FILE", descriptionKey = "receive.certificate") private Path certificate;
    @Option(names = "--key", paramLabel = "FILE", descriptionKey = "receive.key") private Path key;
    @Option(names = "--json", descriptionKey = "receive.json") private boolean json;

    /// Writes to `console`.
    public ReceiveVerb(Console console) {
        this.console = console;
    }

    @Override public Integer call() {
        if (seconds != null && !(seconds >= 0)) throw usage("usage.receive-for");
        if (most != null && most < 1) throw usage("usage.receive-most");
        if ((certificate == null) != (key == null)) throw usage("usage.receive-key");
        List<ReceiverSpec> specs = specs();
        return console.run(STRINGS.get("task.receive"), _ -> {
            Path folder = out == null ? Folders.data().resolve("received") : out;
            var usual = StoreLimits.USUAL;
            var limits = most == null ? usual : new StoreLimits(Math.min(usual.segment(), (most << 20) / 8), usual.age(), most << 20);
            serve(specs, folder, limits);
            return 0;
        });
    }

    private ParameterException usage(String id) {
        return new ParameterException(spec.commandLine(), STRINGS.get(id));
    }

    private List<ReceiverSpec> specs() {
        var specs = new ArrayList<ReceiverSpec>();
        boolean none = tcp == null && udp == null && http == null && syslog == null;
        add(specs, ReceiverSpec.Kind.TCP, tcp, none);
        add(specs, ReceiverSpec.Kind.UDP, udp, none);
        add(specs, ReceiverSpec.Kind.HTTP, http, none);
        add(specs, ReceiverSpec.Kind.SYSLOG_UDP, syslog, none);
        add(specs, ReceiverSpec.Kind.SYSLOG_TCP, syslog, none);
        return specs;
    }

    private void add(List<ReceiverSpec> specs, ReceiverSpec.Kind kind, Integer port, boolean usual) {
        if (port == null && !usual) return;
        int number = port == null ? kind.usual() : port;
        if (number < 0 || number > 65535) throw usage("usage.receive-port");
        specs.add(new ReceiverSpec(kind, host, number));
    }

    private void serve(List<ReceiverSpec> specs, Path folder, StoreLimits limits) throws IOException, InterruptedException {
        var stop = new CountDownLatch(1);
        var done = new CountDownLatch(1);
        long begun = System.nanoTime();
        try (var _ = ExitHook.of(() -> interrupted(stop, done))) {
            var server = new ReceiveServer(folder, limits, new ReceiveOptions(token, certificate, key));
            var receivers = new ArrayList<Receiver>();
            try (server) {
                server.warnings().forEach(warning -> console.err().println(STRINGS.get("text.warning", warning.text())));
                for (ReceiverSpec each : specs) receivers.add(server.start(each));
                receivers.forEach(this::said);
                console.err().println(STRINGS.get("receive.keeps", server.live()));
                console.err().flush();
                var known = new HashSet<String>();
                var trouble = new String[1];
                while (!stop.await(LOOK_MILLIS, TimeUnit.MILLISECONDS) && (seconds == null || System.nanoTime() - begun < seconds * 1e9)) look(server, known, trouble);
            }
            look(server, new HashSet<>(List.of("")), new String[1]);
            last(server, receivers, folder, (System.nanoTime() - begun) / 1e9);
        } finally {
            done.countDown();
        }
    }

    /// Lets the work come to its end before the program does.
    private static void interrupted(CountDownLatch stop, CountDownLatch done) {
        stop.countDown();
        try {
            done.await(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void said(Receiver receiver) {
        ReceiverSpec.Kind kind = receiver.spec().kind();
        console.err().println(STRINGS.get("receive.listening." + kind.name().toLowerCase(Locale.ROOT), receiver.spec().host() + ":" + receiver.port()));
        receiver.notice().ifPresent(console.err()::println);
    }

    private void look(ReceiveServer server, HashSet<String> known, String[] trouble) {
        if (known.isEmpty() || !known.contains("")) for (SourceCounts each : server.sources()) {
            if (each.records() == 0 || known.size() >= MOST_SAID || !known.add(name(each))) continue;
            console.err().println(STRINGS.get("receive.first", name(each)));
            console.err().flush();
        }
        String now = server.problem().map(Problem::line).orElse(null);
        if (now != null && !now.equals(trouble[0])) {
            console.err().println(now);
            console.err().flush();
        }
        trouble[0] = now;
    }

    private static String name(SourceCounts source) {
        String program = source.process() < 0 ? "" : " " + STRINGS.get("receive.process", String.valueOf(source.process()));
        return source.host() + program + ", " + source.via().word();
    }

    private static OptionalLong lost(List<Receiver> receivers) {
        return receivers.stream().map(Receiver::lost).filter(OptionalLong::isPresent).mapToLong(OptionalLong::getAsLong).reduce(Long::sum);
    }

    private void last(ReceiveServer server, List<Receiver> receivers, Path folder, double took) {
        if (json) Json.document(console.out(), generator -> document(generator, server, receivers, folder, took));
        else {
            var rows = new ArrayList<List<String>>();
            for (SourceCounts each : server.sources())
                rows.add(List.of(Quantity.count(each.records()), Double.isNaN(each.skew()) ? "–" : Quantity.time(each.skew()), Quantity.time(each.gap()), name(each)));
            if (!rows.isEmpty()) {
                rows.addFirst(List.of(STRINGS.get("receive.column.records"), STRINGS.get("receive.column.skew"), STRINGS.get("receive.column.gap"), STRINGS.get("receive.column.source")));
                Columns.print(console.out(), rows);
                console.out().flush();
            }
        }
        for (Refusal why : Refusal.values())
            if (server.refused(why) > 0) console.err().println(STRINGS.get("receive.refused." + why.name().toLowerCase(Locale.ROOT), Quantity.count(server.refused(why))));
        lost(receivers).ifPresent(count -> {
            if (count > 0) console.err().println(STRINGS.get("receive.lost", Quantity.count(count)));
        });
        if (server.removed() > 0) console.err().println(STRINGS.get("receive.removed", Quantity.size(server.removed())));
        console.err().println(STRINGS.get("receive.kept", Quantity.count(server.records()), server.live()));
        console.err().flush();
    }

    private static void document(JsonGenerator out, ReceiveServer server, List<Receiver> receivers, Path folder, double took) throws IOException {
        out.writeStartObject();
        out.writeStringField("folder", folder.toString());
        out.writeStringField("file", server.live().toString());
        Json.number(out, "seconds", took);
        out.writeNumberField("records", server.records());
        out.writeNumberField("bytes", server.bytes());
        OptionalLong lost = lost(receivers);
        if (lost.isPresent()) out.writeNumberField("lost_datagrams", lost.getAsLong());
        else out.writeNullField("lost_datagrams");
        out.writeObjectFieldStart("refused");
        for (Refusal why : Refusal.values()) out.writeNumberField(why.name().toLowerCase(Locale.ROOT), server.refused(why));
        out.writeEndObject();
        out.writeNumberField("removed_bytes", server.removed());
        out.writeArrayFieldStart("receivers");
        for (Receiver each : receivers) {
            out.writeStartObject();
            out.writeStringField("kind", each.spec().kind().name().toLowerCase(Locale.ROOT));
            out.writeStringField("host", each.spec().host());
            out.writeNumberField("port", each.port());
            out.writeNumberField("connections", each.accepted());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeArrayFieldStart("sources");
        for (SourceCounts each : server.sources()) {
            out.writeStartObject();
            out.writeStringField("via", each.via().word());
            out.writeStringField("host", each.host());
            if (each.process() < 0) out.writeNullField("process");
            else out.writeNumberField("process", each.process());
            out.writeNumberField("records", each.records());
            out.writeNumberField("refused", each.refused());
            Json.number(out, "first", each.first());
            Json.number(out, "last", each.records() == 0 ? Double.NaN : each.last());
            Json.number(out, "skew", each.skew());
            Json.number(out, "gap", each.gap());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeArrayFieldStart("warnings");
        for (var each : server.warnings()) out.writeString(each.text());
        out.writeEndArray();
        out.writeEndObject();
    }
}
