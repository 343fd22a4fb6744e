package serpentarium.traffic.engine.trust;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import serpentarium.task.TaskContext;
import serpentarium.task.Tasks;

/// One real request of a client to a [CheckServer], and what came of it.
///
/// @param result  how it ended
/// @param message what the client said, cut for a person
/// @param visits  what the server saw
record Attempt(Result result, String message, List<CheckServer.Visit> visits) {
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final int LONGEST_MESSAGE = 400;

    /// How an attempt ended. UNTRUSTED: the client did not believe the certificate.
    enum Result { BELIEVED, UNTRUSTED, FAILED, MISSING, EXPIRED }

    /// Where a client is sent.
    record Way(CheckServer server, Path folder, Map<String, String> environment) {
        URI address() {
            return URI.create("https://localhost:" + server.port() + "/");
        }
    }

    /// Whether the request came through the stand-in for the proxy; empty when it came by no way.
    Optional<Boolean> byProxy() {
        if (visits.isEmpty()) return Optional.empty();
        return Optional.of(visits.stream().anyMatch(CheckServer.Visit::byProxy));
    }

    /// Sends a client.
    ///
    /// @param trustEnv for aiohttp, whether it is asked to look at the environment
    static Attempt of(Path program, ClientLibrary library, boolean trustEnv, Way way, Tasks tasks, TaskContext context)
            throws IOException, InterruptedException {
        int before = way.server.visits().size();
        BoundedRun run = BoundedRun.of(tasks, command(program, library, trustEnv, way), way.folder, environment(library, way), LIMIT, context);
        List<CheckServer.Visit> all = way.server.visits();
        List<CheckServer.Visit> visits = all.subList(Math.min(before, all.size()), all.size());
        if (run.expired()) return new Attempt(Result.EXPIRED, Interpreter.last(run.lines()), visits);
        return library.python() && library != ClientLibrary.PIP ? answered(run, visits) : ended(run, library, visits);
    }

    private static List<String> command(Path program, ClientLibrary library, boolean trustEnv, Way way) throws IOException {
        String url = way.address().toString();
        return switch (library) {
            case URLLIB, REQUESTS, HTTPX -> List.of(program.toString(), "-c", Interpreter.script(), "fetch", library.label(), url);
            case AIOHTTP -> List.of(program.toString(), "-c", Interpreter.script(), "fetch", trustEnv ? "aiohttp-env" : "aiohttp", url);
            // Only ready-made packages, so that nothing could be run even if there were something of this name.
            case PIP -> List.of(program.toString(), "-m", "pip", "download", "--disable-pip-version-check", "--no-input", "--no-cache-dir",
                    "--no-deps", "--only-binary", ":all:", "--retries", "0", "--timeout", "10", "--dest", way.folder.toString(), "--index-url", url,
                    "serpentarium-check");
            case CURL -> List.of("curl", "-sS", "--max-time", "15", "--output", "-", url);
        };
    }

    private static Map<String, String> environment(ClientLibrary library, Way way) {
        var variables = new HashMap<>(way.environment);
        // Else the user's configuration of pip could send it to other servers as well.
        if (library == ClientLibrary.PIP) variables.put("PIP_EXTRA_INDEX_URL", way.address().toString());
        return variables;
    }

    private static Attempt answered(BoundedRun run, List<CheckServer.Visit> visits) {
        Map<String, String> said = Interpreter.answer(run.lines()).orElse(Map.of());
        String message = said.getOrDefault("message", Interpreter.last(run.lines()));
        return switch (said.getOrDefault("outcome", "")) {
            case "ok" -> new Attempt(Result.BELIEVED, "", visits);
            case "missing" -> new Attempt(Result.MISSING, cut(message), visits);
            default -> {
                boolean doubted = doubts(said.getOrDefault("verify", "") + message, visits);
                yield new Attempt(doubted ? Result.UNTRUSTED : Result.FAILED, cut(message), visits);
            }
        };
    }

    private static Attempt ended(BoundedRun run, ClientLibrary library, List<CheckServer.Visit> visits) {
        String all = String.join("\n", run.lines());
        if (visits.stream().anyMatch(visit -> visit.tls() && visit.asked())) return new Attempt(Result.BELIEVED, "", visits);
        if (library == ClientLibrary.PIP && all.contains("No module named pip")) return new Attempt(Result.MISSING, Interpreter.last(run.lines()), visits);
        String line = run.lines().stream().filter(each -> doubts(each, List.of())).findFirst().orElse(Interpreter.last(run.lines()));
        return new Attempt(doubts(all, visits) ? Result.UNTRUSTED : Result.FAILED, cut(line), visits);
    }

    /// Whether a client did not believe a certificate, by its own words (OpenSSL's, urllib3's, curl's) or by the alert that it sent.
    private static boolean doubts(String said, List<CheckServer.Visit> visits) {
        return said.contains("CERTIFICATE_VERIFY_FAILED") || said.contains("certificate verify failed") || said.contains("SSL certificate problem")
                || said.contains("SSLCertVerificationError") || said.contains("CA certificate bundle") || said.contains("error setting certificate")
                || visits.stream().anyMatch(visit -> visit.refusal().filter(alert -> alert.contains("unknown_ca") || alert.contains("bad_certificate")).isPresent());
    }

    private static String cut(String message) {
        String line = message.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() > LONGEST_MESSAGE ? line.substring(0, LONGEST_MESSAGE) + "…" : line;
    }
}
