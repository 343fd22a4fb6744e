package serpentarium.profile.ui;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import javafx.scene.text.Font;
import javafx.scene.text.Text;

/// How wide text is, from widths of characters that are measured once: no layout of text while painting.
final class FlameText {
    private static final String ELLIPSIS = "…";
    private static final int MOST_KNOWN = 20_000;

    private final Font font;
    private final Text probe = new Text();
    private final float[] common = new float[0x250];
    private final Map<Integer, Float> others = new HashMap<>();

    /// For one font.
    FlameText(Font font) {
        this.font = font;
        probe.setFont(font);
        Arrays.fill(common, Float.NaN);
    }

    /// The font.
    Font font() {
        return font;
    }

    /// The width of a text in pixels; kerning is left out.
    double width(String text) {
        double sum = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) sum += advance(text.codePointAt(i));
        return sum;
    }

    /// As much of a text as fits into a width, with an ellipsis where it is cut; empty where not even two characters fit.
    String fit(String text, double room) {
        double dots = advance('…');
        double sum = 0;
        int cut = 0;
        for (int i = 0; i < text.length(); ) {
            int code = text.codePointAt(i);
            sum += advance(code);
            i += Character.charCount(code);
            if (sum > room) return cut < 2 ? "" : text.substring(0, cut) + ELLIPSIS;
            if (sum + dots <= room) cut = i;
        }
        return text;
    }

    private double advance(int code) {
        if (code < common.length) {
            if (Float.isNaN(common[code])) common[code] = measure(code);
            return common[code];
        }
        if (others.size() > MOST_KNOWN) others.clear();
        return others.computeIfAbsent(code, this::measure);
    }

    private float measure(int code) {
        // Between two letters: alone, a space would have no width.
        probe.setText("nn");
        double frame = probe.getLayoutBounds().getWidth();
        probe.setText("n" + Character.toString(code) + "n");
        return (float) Math.max(0, probe.getLayoutBounds().getWidth() - frame);
    }
}
