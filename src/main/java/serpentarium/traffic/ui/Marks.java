package serpentarium.traffic.ui;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.paint.Color;

/// The marks that a person can set. A mark is the name of an emoji between colons, as mitmproxy keeps it, so that a dump carries it on.
final class Marks {
    /// How a mark is drawn.
    ///
    /// @param glyph one character
    /// @param color seen on both grounds
    record Look(String glyph, Color color) {}

    private static final Map<String, Look> LOOKS = looks();

    private Marks() {}

    private static Map<String, Look> looks() {
        var looks = new LinkedHashMap<String, Look>();
        looks.put(":star:", new Look("★", Color.web("#cc9000")));
        looks.put(":red_circle:", new Look("●", Color.web("#e0434d")));
        looks.put(":green_circle:", new Look("●", Color.web("#2a9060")));
        looks.put(":blue_circle:", new Look("●", Color.web("#3b82c4")));
        looks.put(":question:", new Look("?", Color.web("#8a5cc9")));
        looks.put(":heavy_exclamation_mark:", new Look("!", Color.web("#cc7700")));
        return java.util.Collections.unmodifiableMap(looks);
    }

    /// The marks that are offered, in their order.
    static List<String> offered() {
        return List.copyOf(LOOKS.keySet());
    }

    /// The mark that follows in the round, which ends with none.
    static String next(String mark) {
        List<String> all = offered();
        if (mark.isEmpty()) return all.getFirst();
        int at = all.indexOf(mark);
        return at < 0 || at == all.size() - 1 ? "" : all.get(at + 1);
    }

    /// How a mark is drawn; one that another program set is a flag.
    static Look look(String mark) {
        Look known = LOOKS.get(mark);
        if (known != null) return known;
        return new Look(mark.codePointCount(0, mark.length()) == 1 ? mark : "⚑", Color.web("#3b82c4"));
    }

    /// The name for a person: `star` of `:star:`.
    static String name(String mark) {
        return mark.replace(":", "").replace('_', ' ');
    }
}
