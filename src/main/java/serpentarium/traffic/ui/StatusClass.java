package serpentarium.traffic.ui;

import javafx.scene.paint.Color;
import serpentarium.traffic.FlowTable;

/// What became of a flow, by colour and, for who does not tell colours apart, by a glyph. The colours are seen on both grounds.
enum StatusClass {
    /// 1xx.
    INFORMATION("○", "#8393a8"),
    /// 2xx.
    SUCCESS("●", "#2a9060"),
    /// 3xx.
    REDIRECT("◆", "#3b82c4"),
    /// 4xx.
    CLIENT_ERROR("▲", "#cc7700"),
    /// 5xx.
    SERVER_ERROR("■", "#e0434d"),
    /// It went wrong without an answer.
    FAILED("✕", "#c03ea0"),
    /// No answer has come.
    NONE("·", "#8393a8");

    private final String glyph;
    private final Color color;

    StatusClass(String glyph, String color) {
        this.glyph = glyph;
        this.color = Color.web(color);
    }

    String glyph() {
        return glyph;
    }

    Color color() {
        return color;
    }

    static StatusClass of(FlowTable table, int row) {
        int status = table.status(row);
        if (table.failed(row) && status < 400) return FAILED;
        return ofCode(status);
    }

    static StatusClass ofCode(int status) {
        return switch (status / 100) {
            case 1 -> INFORMATION;
            case 2 -> SUCCESS;
            case 3 -> REDIRECT;
            case 4 -> CLIENT_ERROR;
            case 5 -> SERVER_ERROR;
            default -> NONE;
        };
    }
}
