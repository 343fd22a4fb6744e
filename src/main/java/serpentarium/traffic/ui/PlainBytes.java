package serpentarium.traffic.ui;

import java.util.Locale;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.BorderPane;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.traffic.WireText;

/// The first bytes of something as text, or as hexadecimal digits where they are no text.
final class PlainBytes extends BorderPane {
    /// More is not shown.
    static final int LIMIT = 64 << 10;

    private static final Strings STRINGS = Strings.of(PlainBytes.class);
    private static final int LINE = 16;

    private final TextArea text = new TextArea();
    private final Label more = new Label();

    PlainBytes() {
        getStyleClass().add("plain-bytes");
        text.setEditable(false);
        text.setWrapText(true);
        text.getStyleClass().add("plain-text");
        text.setAccessibleText(STRINGS.get("detail.tab.body"));
        more.getStyleClass().add("view-note");
        setCenter(text);
        setMinSize(0, 0);
    }

    Node node() {
        return this;
    }

    /// @param size of the whole; -1 where it is not known
    void show(byte[] bytes, long size) {
        String now = isText(bytes) ? WireText.decode(bytes).replace("\r\n", "\n") : hex(bytes);
        if (!now.equals(text.getText())) {
            double top = text.getScrollTop();
            text.setText(now);
            text.setScrollTop(top);
        }
        more.setText(size > bytes.length ? STRINGS.get("detail.body-first", Quantity.size(bytes.length), Quantity.size(size)) : "");
        setBottom(more.getText().isEmpty() ? null : more);
    }

    static boolean isText(byte[] bytes) {
        String decoded = WireText.decode(bytes);
        int odd = 0;
        for (int i = 0; i < decoded.length(); i++) {
            char c = decoded.charAt(i);
            if (c >= 0xdc80 && c <= 0xdcff && (i == 0 || !Character.isHighSurrogate(decoded.charAt(i - 1))) || c < ' ' && c != '\n' && c != '\r' && c != '\t') odd++;
        }
        return odd * 50 <= decoded.length();
    }

    static String hex(byte[] bytes) {
        var out = new StringBuilder(bytes.length * 5);
        for (int at = 0; at < bytes.length; at += LINE) {
            out.append(String.format(Locale.ROOT, "%06x  ", at));
            for (int i = at; i < at + LINE; i++) out.append(i < bytes.length ? String.format(Locale.ROOT, "%02x ", bytes[i]) : "   ");
            out.append(' ');
            for (int i = at; i < Math.min(at + LINE, bytes.length); i++) out.append(bytes[i] >= ' ' && bytes[i] < 0x7f ? (char) bytes[i] : '.');
            out.append('\n');
        }
        return out.toString();
    }
}
