package serpentarium.traffic.analysis.body;

import serpentarium.base.Bid;
import serpentarium.base.Strings;
import serpentarium.task.TaskContext;

/// XML and HTML laid out and coloured. Nothing is rendered; no entity, DTD or address is followed: a tag is text between angle brackets.
public final class MarkupView implements BodyView {
    private static final Strings STRINGS = Strings.of(MarkupView.class);

    private final boolean html;

    private MarkupView(boolean html) {
        this.html = html;
    }

    /// XML, SVG among it.
    public static MarkupView xml() {
        return new MarkupView(false);
    }

    /// HTML.
    public static MarkupView html() {
        return new MarkupView(true);
    }

    @Override public String id() {
        return html ? "html" : "xml";
    }

    @Override public Bid bid(BodyInput in) {
        String type = in.mediaType();
        String no = STRINGS.get(html ? "bid.html" : "bid.xml");
        if (in.firstSign() != '<') return new Bid.No(no);
        String head = in.head().stripLeading().toLowerCase(java.util.Locale.ROOT);
        boolean page = head.startsWith("<!doctype html") || head.startsWith("<html");
        if (html) return type.equals("text/html") ? new Bid.Yes(85) : page ? new Bid.Yes(70) : new Bid.No(no);
        boolean named = type.endsWith("/xml") || type.endsWith("+xml");
        return named ? new Bid.Yes(85) : head.startsWith("<?xml") || head.contains("<?xml") && head.indexOf("<?xml") < 4 || head.startsWith("<svg") ? new Bid.Yes(65)
                : new Bid.No(no);
    }

    @Override public BodyModel model(BodyInput in, TaskContext context) {
        var out = new PrettyText();
        new MarkupPretty(in.text(), html, out).all(context);
        return out.model(out.cut() ? STRINGS.get("note.cut") : "");
    }
}
