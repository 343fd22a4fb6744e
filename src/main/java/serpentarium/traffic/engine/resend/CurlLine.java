package serpentarium.traffic.engine.resend;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import serpentarium.traffic.Headers;
import serpentarium.traffic.engine.proxy.Outgoing;

/// A line of curl, as browsers and documents give them, read as a request. Nothing is run, and no file that it names is read.
public final class CurlLine {
    private static final Map<String, String> LONG = Map.ofEntries(Map.entry("-X", "--request"), Map.entry("-H", "--header"), Map.entry("-d", "--data"), Map.entry("-u", "--user"),
            Map.entry("-b", "--cookie"), Map.entry("-A", "--user-agent"), Map.entry("-e", "--referer"), Map.entry("-I", "--head"), Map.entry("-G", "--get"),
            Map.entry("-o", "--output"), Map.entry("-w", "--write-out"), Map.entry("-m", "--max-time"), Map.entry("-x", "--proxy"), Map.entry("-0", "--http1.0"));
    /// What is about how curl behaves, and takes a word.
    private static final Set<String> SKIPPED_WITH_WORD = Set.of("--output", "--write-out", "--max-time", "--proxy", "--connect-timeout", "--retry", "--cacert", "--max-redirs");
    private static final Set<String> SKIPPED = Set.of("--compressed", "--location", "--silent", "--show-error", "--verbose", "--include", "--insecure", "--fail", "--globoff",
            "--path-as-is", "--http1.0", "--no-progress-meter", "--progress-bar", "-L", "-s", "-S", "-v", "-i", "-k", "-f", "-g", "-N", "--no-buffer", "-#");

    private final List<Headers.Field> fields = new ArrayList<>();
    private final List<String> data = new ArrayList<>();
    private String method;
    private String url;
    private boolean query;
    private boolean json;
    private Outgoing.Version version = Outgoing.Version.HTTP_1_1;

    private CurlLine() {}

    /// Reads a line, which may be broken with backslashes.
    ///
    /// @throws serpentarium.base.ProblemException that says what of it was not understood
    public static Draft parse(String line) {
        List<String> words = ShellWords.of(line.strip());
        if (words.isEmpty() || !words.getFirst().equals("curl") && !words.getFirst().endsWith("/curl") && !words.getFirst().equals("curl.exe")) throw Draft.problem("curl.none");
        var read = new CurlLine();
        for (int i = 1; i < words.size(); i++) i += read.word(words, i);
        return read.draft();
    }

    /// Takes one word.
    ///
    /// @return how many more belong to it
    private int word(List<String> words, int at) {
        String word = words.get(at);
        if (!word.startsWith("-") || word.equals("-")) {
            if (url != null) throw Draft.problem("curl.two", word);
            url = word;
            return 0;
        }
        boolean cluster = !word.startsWith("--") && word.length() > 2;
        String name = cluster ? word.substring(0, 2) : word;
        String full = LONG.getOrDefault(name, name);
        if (flag(full)) {
            // Letters that stand together, such as -sSL.
            return cluster ? again(words, at, word) : 0;
        }
        String value = cluster ? word.substring(2) : at + 1 < words.size() ? words.get(at + 1) : null;
        if (value == null) throw Draft.problem("curl.ends", word);
        value(full, value);
        return cluster ? 0 : 1;
    }

    private int again(List<String> words, int at, String word) {
        var rest = new ArrayList<>(words);
        rest.set(at, "-" + word.substring(2));
        return word(rest, at);
    }

    private boolean flag(String name) {
        switch (name) {
            case "--head" -> method = "HEAD";
            case "--get" -> query = true;
            case "--http2", "--http2-prior-knowledge" -> version = Outgoing.Version.HTTP_2;
            case "--http1.1" -> version = Outgoing.Version.HTTP_1_1;
            default -> {
                return SKIPPED.contains(name);
            }
        }
        return true;
    }

    private void value(String name, String value) {
        switch (name) {
            case "--request" -> method = value;
            case "--url" -> url = value;
            case "--header" -> header(value);
            case "--user" -> fields.add(new Headers.Field("Authorization", "Basic " + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
            case "--cookie" -> {
                if (value.indexOf('=') < 0) throw Draft.problem("curl.file", value);
                fields.add(new Headers.Field("Cookie", value));
            }
            case "--user-agent" -> fields.add(new Headers.Field("User-Agent", value));
            case "--referer" -> fields.add(new Headers.Field("Referer", value));
            case "--data", "--data-ascii", "--data-binary" -> data(value);
            case "--data-raw" -> data.add(value);
            case "--data-urlencode" -> encoded(value);
            case "--json" -> {
                json = true;
                data(value);
            }
            default -> {
                if (!SKIPPED_WITH_WORD.contains(name)) throw Draft.problem("curl.option", name);
            }
        }
    }

    private void header(String value) {
        int colon = value.indexOf(':');
        int semicolon = value.indexOf(';');
        if (colon > 0) {
            String said = value.substring(colon + 1).strip();
            // curl leaves a field out that is named without a value.
            if (!said.isEmpty()) fields.add(new Headers.Field(value.substring(0, colon).strip(), said));
        } else if (semicolon > 0) fields.add(new Headers.Field(value.substring(0, semicolon).strip(), ""));
        else throw Draft.problem("curl.header", value);
    }

    private void data(String value) {
        if (value.startsWith("@")) throw Draft.problem("curl.file", value.substring(1));
        data.add(value);
    }

    private void encoded(String value) {
        int equals = value.indexOf('=');
        if (equals < 0 && value.indexOf('@') >= 0) throw Draft.problem("curl.file", value.substring(value.indexOf('@') + 1));
        String name = equals > 0 ? value.substring(0, equals + 1) : "";
        data.add(name + URLEncoder.encode(value.substring(equals + 1), StandardCharsets.UTF_8).replace("+", "%20"));
    }

    private boolean has(String name) {
        return fields.stream().anyMatch(field -> field.name().equalsIgnoreCase(name));
    }

    private Draft draft() {
        if (url == null) throw Draft.problem("curl.no-url");
        String target = url.contains("://") ? url : "http://" + url;
        String body = String.join(json ? "" : "&", data);
        if (query && !data.isEmpty()) target += (target.indexOf('?') < 0 ? "?" : "&") + body;
        boolean sends = !data.isEmpty() && !query;
        if (!has("accept")) fields.add(new Headers.Field("Accept", json ? "application/json" : "*/*"));
        if (sends && !has("content-type")) fields.add(new Headers.Field("Content-Type", json ? "application/json" : "application/x-www-form-urlencoded"));
        String how = method != null ? method : sends ? "POST" : "GET";
        return new Draft(how, target, Draft.write(fields), new Draft.Body.Text(sends ? body : ""), version, null);
    }
}
