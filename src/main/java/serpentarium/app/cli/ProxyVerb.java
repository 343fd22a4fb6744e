package serpentarium.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.shell.Folders;
import serpentarium.task.ExitHook;
import serpentarium.task.TaskContext;
import serpentarium.traffic.engine.DiskSession;
import serpentarium.traffic.engine.OpenTraffic;
import serpentarium.traffic.engine.SessionExport;
import serpentarium.traffic.engine.SessionLimits;
import serpentarium.traffic.engine.TrafficReader;
import serpentarium.traffic.engine.proxy.Listener;
import serpentarium.traffic.engine.proxy.ListenerSpec;
import serpentarium.traffic.engine.proxy.ProxyOptions;
import serpentarium.traffic.engine.proxy.ProxyServer;
import serpentarium.traffic.engine.trust.Authority;

/// `proxy`: the live proxy without a window. Prints one row a flow as it ends.
@Command(name = "proxy", resourceBundle = "serpentarium.app.cli.strings", mixinStandardHelpOptions = true)
public final class ProxyVerb implements Callable<Integer> {
    private static final Strings STRINGS = Strings.of(ProxyVerb.class);
    private static final String USUAL = "127.0.0.1:8080";
    private static final long LOOK_MILLIS = 100;
    private static final long END_SECONDS = 20;

    private final Console console;
    private final TrafficReader reader;

    @Spec private CommandSpec spec;
    @Option(names = "--listen", paramLabel = "HOST:PORT", descriptionKey = "proxy.listen") private String listen;
    @Option(names = "--reverse", paramLabel = "URL[@[HOST:]PORT]", descriptionKey = "proxy.reverse") private List<String> reverse = List.of();
    @Option(names = "--keep-host", descriptionKey = "proxy.keep-host") private boolean keepHost;
    @Option(names = "--out", paramLabel = "FILE", descriptionKey = "proxy.out") private Path out;
    @Option(names = "--for", paramLabel = "SECONDS", descriptionKey = "proxy.for") private Double seconds;
    @Option(names = "--json", descriptionKey = "proxy.json") private boolean json;
    @Option(names = "--password", paramLabel = "USER:PASSWORD", descriptionKey = "proxy.password") private String password;
    @Option(names = "--upstream", paramLabel = "URL", descriptionKey = "proxy.upstream") private String upstream;
    @Option(names = "--pass-through", paramLabel = "HOST", descriptionKey = "proxy.pass-through") private List<String> passThrough = List.of();
    @Option(names = "--insecure", paramLabel = "HOST", descriptionKey = "proxy.insecure") private List<String> insecure = List.of();
    @Option(names = "--trust", paramLabel = "FILE", descriptionKey = "proxy.trust") private Path trust;
    @Option(names = "--whole", descriptionKey = "proxy.whole") private boolean whole;

    /// Writes to `console`; `reader` makes the session of a proxy that keeps none.
    public ProxyVerb(Console console, TrafficReader reader) {
        this.console = console;
        this.reader = reader;
    }

    @Override public Integer call() {
        List<ListenerSpec> specs = specs();
        if (seconds != null && !(seconds >= 0)) throw usage("usage.proxy-for");
        ProxyOptions.Credentials credentials = password == null ? null : credentials(password);
        ProxyOptions.Chain chain = upstream == null ? null : chain(upstream);
        return console.run(STRINGS.get("task.proxy"), context -> {
            var options = new ProxyOptions(credentials, Set.copyOf(passThrough), Set.copyOf(insecure), roots(), chain, false, whole);
            serve(specs, options, context);
            return 0;
        });
    }

    private ParameterException usage(String key) {
        return new ParameterException(spec.commandLine(), STRINGS.get(key));
    }

    private List<ListenerSpec> specs() {
        var specs = new ArrayList<ListenerSpec>();
        boolean taken = false;
        for (String each : reverse) {
            int at = each.lastIndexOf('@');
            boolean own = at > 0 && each.indexOf('/', at) < 0 && each.substring(at + 1).matches("(?:.*:)?\\d{1,5}");
            if (!own && taken) throw usage("usage.proxy-reverse");
            taken |= !own;
            Address address = address(own ? each.substring(at + 1) : listen == null ? USUAL : listen);
            specs.add(ListenerSpec.Reverse.of(address.host, address.port, own ? each.substring(0, at) : each, keepHost));
        }
        if (!taken && (listen != null || reverse.isEmpty())) {
            Address address = address(listen == null ? USUAL : listen);
            specs.add(new ListenerSpec.Forward(address.host, address.port));
        }
        return specs;
    }

    private record Address(String host, int port) {}

    private Address address(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? ListenerSpec.LOOPBACK : text.substring(0, colon).replaceAll("^\\[|]$", "");
        String port = text.substring(colon + 1);
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > 65535) throw usage("usage.proxy-listen");
        return new Address(host.isEmpty() ? ListenerSpec.LOOPBACK : host, Integer.parseInt(port));
    }

    private ProxyOptions.Credentials credentials(String text) {
        int colon = text.indexOf(':');
        if (colon < 1) throw usage("usage.proxy-password");
        return new ProxyOptions.Credentials(text.substring(0, colon), text.substring(colon + 1));
    }

    private ProxyOptions.Chain chain(String url) {
        boolean socks = url.startsWith("socks5://");
        if (!socks && !url.startsWith("http://")) throw usage("usage.proxy-upstream");
        String rest = url.substring(url.indexOf("://") + 3).replaceAll("/+$", "");
        int at = rest.lastIndexOf('@');
        Address address = address(rest.substring(at + 1));
        return new ProxyOptions.Chain(socks ? ProxyOptions.Chain.Kind.SOCKS5 : ProxyOptions.Chain.Kind.HTTP, address.host, address.port,
                at < 0 ? null : credentials(rest.substring(0, at)));
    }

    private List<X509Certificate> roots() throws IOException {
        if (trust == null) return List.of();
        try (InputStream in = Files.newInputStream(trust)) {
            var roots = new ArrayList<X509Certificate>();
            for (var each : CertificateFactory.getInstance("X.509").generateCertificates(in)) if (each instanceof X509Certificate root) roots.add(root);
            return roots;
        } catch (CertificateException e) {
            throw new ProblemException(Problem.of(STRINGS, "proxy.no-certificates", Place.of(trust.toString())).causedBy(e));
        }
    }

    private void serve(List<ListenerSpec> specs, ProxyOptions options, TaskContext context) throws IOException, InterruptedException {
        boolean converted = out != null && !SessionExport.keepsAll(out) && exports();
        if (out == null || converted) {
            try (OpenTraffic scratch = reader.scratch(TrafficReader.SESSION)) {
                serve(specs, options, scratch.session(), () -> {
                    if (converted) export(scratch, context);
                });
            }
            return;
        }
        try (DiskSession session = Files.exists(out) ? DiskSession.open(out, SessionLimits.NONE) : DiskSession.createFile(out)) {
            if (session.readOnly()) throw new ProblemException(Problem.of(STRINGS, "proxy.not-writable", Place.of(out.toString())));
            serve(specs, options, session, () -> {});
        }
    }

    private boolean exports() {
        try {
            SessionExport.usual().check(out);
            return true;
        } catch (ProblemException e) {
            return false;
        }
    }

    private interface End {
        void run() throws IOException;
    }

    private void serve(List<ListenerSpec> specs, ProxyOptions options, DiskSession session, End end) throws IOException, InterruptedException {
        var stop = new CountDownLatch(1);
        var done = new CountDownLatch(1);
        var rows = new EndedRows(console, session, json);
        try (var _ = ExitHook.of(() -> interrupted(stop, done))) {
            var proxy = new ProxyServer(session, Authority.open(Folders.data().resolve("authority")), options);
            try (proxy) {
                for (ListenerSpec each : specs) said(proxy.start(each));
                long until = seconds == null ? Long.MAX_VALUE : System.nanoTime() + (long) (seconds * 1e9);
                while (!stop.await(LOOK_MILLIS, TimeUnit.MILLISECONDS) && (seconds == null || System.nanoTime() - until < 0)) rows.look();
            }
            rows.look();
            end.run();
            last(proxy, session, rows);
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

    private void said(Listener listener) {
        String where = listener.spec().host() + ":" + listener.port();
        console.err().println(switch (listener.spec()) {
            case ListenerSpec.Forward _ -> STRINGS.get("proxy.listening", where);
            case ListenerSpec.Reverse each -> STRINGS.get("proxy.listening-reverse", where, each.url());
        });
        listener.notice().ifPresent(console.err()::println);
        console.err().flush();
    }

    private void last(ProxyServer proxy, DiskSession session, EndedRows rows) {
        proxy.problem().ifPresent(problem -> console.err().println(problem.line()));
        if (proxy.unrecorded() > 0) console.err().println(STRINGS.get("proxy.unrecorded", Quantity.size(proxy.unrecorded())));
        session.warnings().forEach(warning -> console.err().println(STRINGS.get("text.warning", warning)));
        console.err().println(out == null ? STRINGS.get("proxy.ended", Quantity.count(rows.shown())) : STRINGS.get("proxy.kept", Quantity.count(rows.shown()), out));
        console.err().flush();
    }

    private void export(OpenTraffic scratch, TaskContext context) throws IOException {
        var table = scratch.session().table();
        SessionExport.usual().write(scratch.session(), row -> !table.deleted(row), out, Optional.empty(), true, context)
                .forEach(note -> console.err().println(STRINGS.get("text.note", note)));
    }
}
