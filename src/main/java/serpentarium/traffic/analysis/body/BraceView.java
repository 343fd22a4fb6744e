package serpentarium.traffic.analysis.body;

import java.util.Locale;
import serpentarium.base.Bid;
import serpentarium.base.Strings;
import serpentarium.task.TaskContext;

/// CSS and JavaScript, lightly laid out (a statement or rule a line where everything stood on few) and coloured. Nothing is run.
public final class BraceView implements BodyView {
    private static final Strings STRINGS = Strings.of(BraceView.class);

    private final boolean css;

    private BraceView(boolean css) {
        this.css = css;
    }

    /// Style sheets.
    public static BraceView css() {
        return new BraceView(true);
    }

    /// Scripts.
    public static BraceView script() {
        return new BraceView(false);
    }

    @Override public String id() {
        return css ? "css" : "javascript";
    }

    @Override public Bid bid(BodyInput in) {
        String type = in.mediaType().toLowerCase(Locale.ROOT);
        boolean named = css ? type.equals("text/css") : type.contains("javascript") || type.contains("ecmascript");
        return named && in.firstSign() != '<' ? new Bid.Yes(85) : new Bid.No(STRINGS.get(css ? "bid.css" : "bid.javascript"));
    }

    @Override public BodyModel model(BodyInput in, TaskContext context) {
        var out = new PrettyText();
        new BracePretty(in.text(), css, out).all(context);
        return out.model(out.cut() ? STRINGS.get("note.cut") : "");
    }
}
