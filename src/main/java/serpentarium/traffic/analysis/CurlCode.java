package serpentarium.traffic.analysis;

import java.util.ArrayList;
import java.util.List;
import serpentarium.base.Strings;
import serpentarium.traffic.Headers;
import serpentarium.traffic.WireText;

/// A command for a POSIX shell that sends the request with curl, field by field and byte by byte.
record CurlCode() implements CodeWriter {
    private static final Strings STRINGS = Strings.of(CurlCode.class);
    /// A word of a command may have 128 KiB (Linux, `MAX_ARG_STRLEN`).
    private static final int LONGEST_WORD = 100_000;
    private static final int LONGEST_PRINTF = 2000;
    /// Older curls ask first whether a larger body is welcome.
    private static final int EXPECT = 1024;

    @Override public String id() {
        return "curl";
    }

    @Override public String write(HttpCall call) {
        String url = call.url(false);
        var words = new ArrayList<String>();
        boolean head = call.method().equals("HEAD") && !call.sized();
        if (head) words.add("--head");
        else words.add("--request " + ShellText.word(call.method()));
        if (url.indexOf('[') >= 0 || url.indexOf('{') >= 0 || url.indexOf(']') >= 0 || url.indexOf('}') >= 0) words.add("--globoff");
        if (UrlText.dotted(url)) words.add("--path-as-is");
        if (call.head().path().equals("*")) words.add("--request-target '*'");
        words.add("--url " + ShellText.word(url));
        for (Headers.Field field : call.headers().fields())
            words.add("--header " + ShellText.word(field.name() + (field.value().isEmpty() ? ";" : ": " + field.value())));
        // Fields of curl's own that the request did not have.
        for (String own : List.of("User-Agent", "Accept")) if (call.header(own) == null) words.add("--header " + ShellText.word(own + ":"));
        if (call.sized() && call.header("content-type") == null) words.add("--header 'Content-Type:'");
        if (call.body().length > EXPECT) words.add("--header 'Expect:'");
        if (call.header("accept-encoding") != null) words.add("--compressed");
        return body(call, words);
    }

    private static String body(HttpCall call, List<String> words) {
        byte[] body = call.body();
        String before = "";
        String after = "";
        String text = WireText.decode(body);
        if (!call.sized()) text = null;
        else if (body.length <= LONGEST_WORD && ShellText.plain(text)) words.add("--data-raw " + ShellText.word(text));
        else {
            words.add("--data-binary @-");
            if (body.length <= LONGEST_PRINTF) before = "printf " + ShellText.format(body) + " | ";
            else {
                before = "base64 -d <<'END' | ";
                after = "\n" + ShellText.base64(body) + "\nEND";
            }
        }
        String remark = call.left() == 0 ? "" : "# " + STRINGS.get("code.left", call.left()) + "\n";
        return remark + before + "curl " + String.join(" \\\n  ", words) + after + "\n";
    }
}
