package serpentarium.traffic.analysis.body;

import serpentarium.base.Bid;
import serpentarium.base.Strings;
import serpentarium.task.TaskContext;

/// Text as it stands.
public final class PlainView implements BodyView {
    private static final Strings STRINGS = Strings.of(PlainView.class);
    private static final int LOOK = 1024;

    @Override public String id() {
        return "text";
    }

    @Override public int limit() {
        return Integer.MAX_VALUE;
    }

    @Override public Bid bid(BodyInput in) {
        return in.mediaType().startsWith("text/") ? new Bid.Yes(20) : like(in) ? new Bid.Yes(10) : new Bid.No(STRINGS.get("bid.text"));
    }

    /// Whether the first bytes look like text: hardly a control character among them.
    static boolean like(BodyInput in) {
        TextCharset charset = TextCharset.of(in.bytes().length <= LOOK ? in
                : new BodyInput(java.util.Arrays.copyOf(in.bytes(), LOOK), false, in.contentType()));
        String head = charset.decode(in.bytes().length <= LOOK ? in.bytes() : java.util.Arrays.copyOf(in.bytes(), LOOK));
        if (charset.from() == TextCharset.From.GUESS && !charset.charset().equals(java.nio.charset.StandardCharsets.UTF_8)) {
            int high = 0;
            for (int i = 0; i < head.length(); i++) if (head.charAt(i) >= 0x80) high++;
            if (high * 3 > head.length()) return false;
        }
        int odd = 0;
        for (int i = 0; i < head.length(); i++) {
            char c = head.charAt(i);
            if (c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1b || c == 0xfffd) odd++;
        }
        return odd * 50 <= head.length();
    }

    @Override public BodyModel model(BodyInput in, TaskContext context) {
        TextCharset charset = TextCharset.of(in);
        String text = charset.decode(in.bytes());
        context.checkpoint();
        var plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r') {
                if (i + 1 >= text.length() || text.charAt(i + 1) != '\n') plain.append('\n');
            } else plain.append(c >= ' ' && c != 127 || c == '\n' || c == '\t' ? c : c == 127 ? '\u2421' : (char) ('\u2400' + c));
        }
        String note = charset.from() == TextCharset.From.GUESS && !charset.charset().equals(java.nio.charset.StandardCharsets.UTF_8)
                ? STRINGS.get("note.guessed", charset.charset().name()) : "";
        return new BodyModel.Text(plain.toString(), new Spans(), new Folds(), note);
    }
}
