package serpentarium.traffic.engine.trust;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;
import serpentarium.task.Progress;
import serpentarium.task.TaskContext;
import serpentarium.task.Tasks;
import serpentarium.traffic.engine.trust.Finding.Outcome;
import serpentarium.traffic.engine.trust.Finding.Remedy;
import serpentarium.traffic.engine.trust.Finding.Topic;

/// Finds out why a client does not believe the authority or does not come through the proxy: it lets the client make a real request to a small server of its
/// own on this machine, and says in words what is missing. It changes nothing, and sends nothing to anyone else.
public final class CertificateDoctor {
    private static final Strings STRINGS = Strings.of(CertificateDoctor.class);
    private static final String HOST = "localhost";
    private static final List<String> PROXIES = List.of("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY");
    private static final List<String> BYPASSES = List.of("no_proxy", "NO_PROXY");

    private final Authority authority;
    private final Path folder;
    private final Tasks tasks;
    private final Map<String, String> environment;

    /// What to find out.
    ///
    /// @param interpreter the Python, where the client is inside one
    /// @param library     the client
    /// @param ours        whether it is run with the variables that we would set, or with those of the user as they are
    /// @param proxy       where the proxy listens, where it runs
    /// @param shell       whose language remedies are written in
    public record Question(Path interpreter, ClientLibrary library, boolean ours, Optional<URI> proxy, ClientEnvironment.Shell shell) {}

    /// @param folder      where bundles are kept: our own, with nothing else in it
    /// @param tasks       run beside the caller
    /// @param environment the user's variables
    public CertificateDoctor(Authority authority, Path folder, Tasks tasks, Map<String, String> environment) {
        this.authority = authority;
        this.folder = folder.toAbsolutePath();
        this.tasks = tasks;
        this.environment = Map.copyOf(environment);
    }

    /// The bundle for an interpreter, made where there is none.
    ///
    /// @throws ProblemException when the interpreter does not work
    public TrustBundle bundle(Path interpreter, TaskContext context) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        return TrustBundle.of(folder, authority, Optional.of(Interpreter.ask(interpreter, folder, tasks, context)), environment);
    }

    /// The bundle for programs that are no Python.
    public TrustBundle bundle() throws IOException {
        Files.createDirectories(folder);
        return TrustBundle.of(folder, authority, Optional.empty(), environment);
    }

    /// Looks into it. Takes a second or two, and about a minute and a half at most.
    public Diagnosis check(Question question, TaskContext context) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        var findings = new ArrayList<Finding>();
        Optional<Interpreter> interpreter = Optional.empty();
        if (question.library.python()) {
            try {
                interpreter = Optional.of(Interpreter.ask(question.interpreter, folder, tasks, context));
            } catch (ProblemException e) {
                findings.add(of(e.problem(), question));
                return new Diagnosis(interpreter, question.library, Optional.empty(), findings);
            }
        }
        TrustBundle bundle = TrustBundle.of(folder, authority, interpreter, environment);
        context.progress(1, 3, Progress.Unit.STEPS);
        if (interpreter.isEmpty() || usable(interpreter.get(), question, findings)) request(question, bundle, findings, context);
        return new Diagnosis(interpreter, question.library, Optional.of(bundle), findings);
    }

    private static Finding of(Problem problem, Question question) {
        String tried = STRINGS.get("doctor.interpreter.tried", question.interpreter.toString());
        return new Finding(Topic.INTERPRETER, Outcome.BAD, tried, problem.title() + " " + problem.detail(),
                problem.remedies().stream().map(each -> new Remedy(each, "")).toList());
    }

    private boolean usable(Interpreter found, Question question, List<Finding> findings) {
        String tried = STRINGS.get("doctor.interpreter.tried", found.program().toString());
        if (found.ssl().isEmpty()) {
            findings.add(new Finding(Topic.INTERPRETER, Outcome.BAD, tried, STRINGS.get("doctor.interpreter.no-ssl", found.version(), found.fault()),
                    List.of(new Remedy(STRINGS.get("doctor.interpreter.no-ssl.remedy"), ""))));
            return false;
        }
        String checks = STRINGS.get(found.strict() ? "doctor.interpreter.strict" : "doctor.interpreter.usual");
        String good = STRINGS.get("doctor.interpreter.good", found.version(), found.ssl().get(), checks);
        findings.add(new Finding(Topic.INTERPRETER, Outcome.GOOD, tried, good, List.of()));
        ClientLibrary library = question.library;
        if (library.standard()) return true;
        String version = found.libraries().getOrDefault(library.label(), "");
        if (version.isEmpty()) findings.add(missing(question));
        else findings.add(new Finding(Topic.LIBRARY, Outcome.GOOD, STRINGS.get("doctor.library.tried", library.label()),
                STRINGS.get("doctor.library.good", library.label(), version), List.of()));
        return !version.isEmpty();
    }

    private static Finding missing(Question question) {
        String name = question.library.label();
        String python = ClientEnvironment.quoted(question.shell, question.interpreter.toString());
        String install = question.library == ClientLibrary.PIP ? " -m ensurepip" : " -m pip install " + name;
        String call = question.shell == ClientEnvironment.Shell.POWERSHELL ? "& " : "";
        return new Finding(Topic.LIBRARY, Outcome.BAD, STRINGS.get("doctor.library.tried", name), STRINGS.get("doctor.library.missing", name),
                List.of(new Remedy(STRINGS.get("doctor.library.install"), call + python + install), new Remedy(STRINGS.get("doctor.library.other"), "")));
    }

    private void request(Question question, TrustBundle bundle, List<Finding> findings, TaskContext context) throws IOException, InterruptedException {
        ClientLibrary library = question.library;
        try (CheckServer server = CheckServer.open(tasks, authority.leafFor(HOST, Optional.empty())); var _ = context.onCancel(server::close)) {
            Map<String, String> set = environment(question, bundle, URI.create("http://127.0.0.1:" + server.proxyPort()));
            var way = new Attempt.Way(server, folder, set);
            Attempt attempt = Attempt.of(question.interpreter, library, false, way, tasks, context);
            context.progress(2, 3, Progress.Unit.STEPS);
            if (attempt.result() == Attempt.Result.MISSING) {
                findings.removeIf(finding -> finding.topic() == Topic.LIBRARY);
                findings.add(missing(question));
                return;
            }
            Optional<Attempt> asked = library == ClientLibrary.AIOHTTP
                    ? Optional.of(Attempt.of(question.interpreter, library, true, way, tasks, context)) : Optional.empty();
            proxy(question, attempt, asked, findings);
            var effective = new LinkedHashMap<>(environment);
            effective.putAll(set);
            findings.add(new TrustCause(authority, question, bundle, effective).of(attempt));
            findings.add(new Finding(Topic.LIMITS, Outcome.NOTE, STRINGS.get("doctor.limits.tried"), STRINGS.get("doctor.limits." + library.label()),
                    List.of(new Remedy(STRINGS.get("doctor.limits.remedy"), ""))));
        }
    }

    /// What is set for the check. With the user's own variables, those that name a proxy name the stand-in instead, so that it shows which of them are obeyed
    /// and nobody else is asked.
    private Map<String, String> environment(Question question, TrustBundle bundle, URI standIn) {
        if (question.ours) return ClientEnvironment.of(standIn, bundle, Optional.empty()).variables();
        var set = new LinkedHashMap<>(environment);
        set.replaceAll((name, value) -> name.toLowerCase(Locale.ROOT).matches("(http|https|all)_proxy") && !value.isBlank() ? standIn.toString() : value);
        return set;
    }

    private void proxy(Question question, Attempt attempt, Optional<Attempt> asked, List<Finding> findings) {
        String tried = STRINGS.get("doctor.proxy.tried", question.library.label());
        Optional<String> variable = PROXIES.stream().filter(name -> !environment.getOrDefault(name, "").isBlank()).findFirst();
        String bypass = BYPASSES.stream().map(name -> environment.getOrDefault(name, "")).filter(each -> !each.isBlank()).findFirst().orElse("");
        if (!question.ours && variable.isEmpty()) {
            findings.add(bad(tried, STRINGS.get("doctor.proxy.unset"), proxyRemedies(question)));
            return;
        }
        if (!question.ours && question.proxy.isPresent() && !same(environment.get(variable.get()), question.proxy.get()))
            findings.add(bad(tried, STRINGS.get("doctor.proxy.other", variable.get(), shown(environment.get(variable.get())),
                    shown(question.proxy.get().toString())), proxyRemedies(question)));
        if (attempt.byProxy().orElse(false)) {
            findings.add(new Finding(Topic.PROXY, Outcome.GOOD, tried, STRINGS.get("doctor.proxy.good"), List.of()));
            if (!question.ours && !bypass.isEmpty())
                findings.add(new Finding(Topic.PROXY, Outcome.NOTE, tried, STRINGS.get("doctor.proxy.some-bypass", bypass), bypassRemedies(question)));
        } else if (asked.flatMap(Attempt::byProxy).orElse(false)) {
            Remedy remedy = new Remedy(STRINGS.get("doctor.proxy.trust-env.remedy"), "aiohttp.ClientSession(trust_env=True)");
            findings.add(bad(tried, STRINGS.get("doctor.proxy.trust-env"), List.of(remedy)));
        } else if (!question.ours && !bypass.isEmpty()) {
            findings.add(bad(tried, STRINGS.get("doctor.proxy.bypass", bypass), bypassRemedies(question)));
        } else {
            findings.add(bad(tried, STRINGS.get(attempt.visits().isEmpty() ? "doctor.proxy.nobody" : "doctor.proxy.direct"), List.of()));
        }
    }

    private static Finding bad(String tried, String why, List<Remedy> remedies) {
        return new Finding(Topic.PROXY, Outcome.BAD, tried, why, remedies);
    }

    private static List<Remedy> proxyRemedies(Question question) {
        var remedies = new ArrayList<Remedy>();
        question.proxy.ifPresent(proxy -> remedies.add(new Remedy(STRINGS.get("doctor.set.remedy"),
                new ClientEnvironment(ClientEnvironment.proxied(proxy)).lines(question.shell).strip())));
        remedies.add(new Remedy(STRINGS.get("doctor.shell.remedy"), ""));
        return remedies;
    }

    private static List<Remedy> bypassRemedies(Question question) {
        return List.of(new Remedy(STRINGS.get("doctor.empty.remedy"), ClientEnvironment.line(question.shell, "NO_PROXY", "") + "\n"
                + ClientEnvironment.line(question.shell, "no_proxy", "")));
    }

    private static boolean same(String value, URI proxy) {
        String text = value.contains("://") ? value : "http://" + value;
        try {
            URI named = URI.create(text.strip());
            return named.getPort() == proxy.getPort() && named.getHost() != null && (named.getHost().equalsIgnoreCase(proxy.getHost())
                    || loopback(named.getHost()) && loopback(proxy.getHost()));
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static boolean loopback(String host) {
        return host.equals(HOST) || host.equals("[::1]") || host.startsWith("127.");
    }

    /// An address without the password that it may hold.
    private static String shown(String address) {
        return address.replaceAll("//[^/@]*@", "//…@").replaceAll("\\p{Cntrl}", "");
    }
}
