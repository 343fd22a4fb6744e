package serpentarium.traffic.analysis.rule;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.random.RandomGenerator;
import serpentarium.task.TaskContext;
import serpentarium.task.WatchedText;
import serpentarium.traffic.Headers;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.ResponseHead;
import serpentarium.traffic.Side;
import serpentarium.traffic.WireText;

/// Applies rules to the two sides of an exchange, one after another in their order; each sees what the ones before it made. What answers instead
/// of the server ends the list.
public final class RuleRun {
    /// How often a pattern may look at a character of a body; what takes longer changes nothing.
    private static final int LOOKS = 40_000;

    private final RuleBook book;
    private final RandomGenerator chance;

    /// Over rules.
    ///
    /// @param chance decides which exchanges fail
    public RuleRun(RuleBook book, RandomGenerator chance) {
        this.book = book;
        this.chance = chance;
    }

    /// What becomes of a request.
    public Changed request(Passing passing) {
        var work = new Work(passing.request(), null, passing.requestBody());
        for (Rule rule : book.of(Side.REQUEST, passing)) if (!work.apply(rule)) break;
        return work.done();
    }

    /// What becomes of a response.
    public Changed response(Passing passing) {
        var work = new Work(passing.request(), passing.response(), passing.responseBody());
        for (Rule rule : book.of(Side.RESPONSE, passing)) if (!work.apply(rule)) break;
        return work.done();
    }

    /// Side by side: one exchange as it is worked on.
    private final class Work {
        private RequestHead request;
        private ResponseHead response;
        private final byte[] came;
        private byte[] body;
        private final List<String> applied = new ArrayList<>();
        private Duration delay = Duration.ZERO;
        private int rate;
        private Instead instead;
        private int pause;

        Work(RequestHead request, ResponseHead response, byte[] body) {
            this.request = request;
            this.response = response;
            this.came = body;
            this.body = body;
        }

        Changed done() {
            return new Changed(request, response, body == came ? null : body, applied, delay, rate, Optional.ofNullable(instead), pause);
        }

        /// Whether further rules are asked.
        boolean apply(Rule rule) {
            boolean did = switch (rule.action()) {
                case RuleAction.Pause(Side _, int seconds) -> {
                    pause = Math.max(pause, seconds);
                    yield true;
                }
                case RuleAction.MapLocal(String path) -> answer(new Instead.File(path));
                case RuleAction.MapRemote(String url) -> remote(URI.create(url));
                case RuleAction.Replay(String session, boolean onward) -> answer(new Instead.Recorded(session, onward));
                case RuleAction.SetHeader(Side side, String name, String value) -> headers(side, fields -> set(fields, name, value));
                case RuleAction.RemoveHeader(Side side, String name) -> headers(side, fields -> fields.stream().filter(field -> !field.name().equalsIgnoreCase(name)).toList());
                case RuleAction.ReplaceInBody(Side side, String pattern, String by) -> replace(side, Pattern.compile(pattern), by);
                case RuleAction.Respond(int status, String type, String text) -> answer(new Instead.Made(status, type, text));
                case RuleAction.Block() -> answer(new Instead.Nothing());
                case RuleAction.Fail(double percent, int status) -> chance.nextDouble(100) < percent
                        && answer(status == 0 ? new Instead.Nothing() : new Instead.Made(status, "text/plain", ""));
                case RuleAction.Delay(int milliseconds) -> {
                    delay = delay.plusMillis(milliseconds);
                    yield milliseconds > 0;
                }
                case RuleAction.Throttle(int kilobytes) -> {
                    rate = rate == 0 ? kilobytes : Math.min(rate, kilobytes);
                    yield true;
                }
            };
            if (did) applied.add(RuleNames.of(rule));
            return instead == null;
        }

        private boolean answer(Instead what) {
            instead = what;
            return true;
        }

        private boolean remote(URI url) {
            String scheme = url.getScheme().toLowerCase(Locale.ROOT);
            int port = url.getPort() > 0 ? url.getPort() : scheme.equals("https") ? 443 : 80;
            String host = url.getHost().startsWith("[") ? url.getHost().substring(1, url.getHost().length() - 1) : url.getHost();
            boolean whole = !(url.getRawPath().isEmpty() || url.getRawPath().equals("/"));
            String path = whole ? url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery()) : request.path();
            boolean usual = port == (scheme.equals("https") ? 443 : 80);
            List<Headers.Field> fields = set(request.headers().fields(), "Host", url.getHost() + (usual ? "" : ":" + port));
            request = new RequestHead(request.method(), scheme, host, port, "", path, request.httpVersion(), new Headers(fields));
            return true;
        }

        private boolean headers(Side side, Function<List<Headers.Field>, List<Headers.Field>> edit) {
            List<Headers.Field> before = side == Side.REQUEST ? request.headers().fields() : response.headers().fields();
            var after = new Headers(edit.apply(before));
            if (after.fields().equals(before)) return false;
            if (side == Side.REQUEST) request = withHeaders(request, after);
            else response = new ResponseHead(response.status(), response.reason(), response.httpVersion(), after);
            return true;
        }

        private boolean replace(Side side, Pattern pattern, String by) {
            if (body == null || body.length == 0) return false;
            String text = WireText.decode(body);
            try {
                String after = pattern.matcher(new WatchedText(text, TaskContext.cancelledAfter(LOOKS))).replaceAll(by);
                if (after.equals(text)) return false;
                body = WireText.encode(after);
            } catch (CancellationException | StackOverflowError e) {
                return false;
            }
            headers(side, fields -> fields.stream().filter(field -> !field.name().equalsIgnoreCase("content-encoding")).toList());
            return true;
        }
    }

    /// The same head with other fields.
    static RequestHead withHeaders(RequestHead head, Headers headers) {
        return new RequestHead(head.method(), head.scheme(), head.host(), head.port(), head.authority(), head.path(), head.httpVersion(), headers);
    }

    private static List<Headers.Field> set(List<Headers.Field> fields, String name, String value) {
        var set = new ArrayList<Headers.Field>();
        boolean done = false;
        for (Headers.Field field : fields) {
            if (!field.name().equalsIgnoreCase(name)) set.add(field);
            else if (!done) {
                set.add(new Headers.Field(field.name(), value));
                done = true;
            }
        }
        if (!done) set.add(new Headers.Field(name, value));
        return set;
    }
}
