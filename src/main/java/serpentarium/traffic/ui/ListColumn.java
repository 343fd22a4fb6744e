package serpentarium.traffic.ui;

import serpentarium.traffic.analysis.FlowColumn;

/// The columns of the list that need nothing but the session's columns.
enum ListColumn {
    MARK(FlowColumn.MARK, 34, true, false),
    STATUS(FlowColumn.STATUS, 80, true, false),
    METHOD(FlowColumn.METHOD, 72, true, false),
    HOST(FlowColumn.HOST, 200, true, false),
    PATH(FlowColumn.PATH, 330, true, false),
    TYPE(FlowColumn.TYPE, 130, true, false),
    REQUEST_SIZE(FlowColumn.REQUEST_SIZE, 90, false, true),
    RESPONSE_SIZE(FlowColumn.RESPONSE_SIZE, 76, true, true),
    FIRST_BYTE(FlowColumn.FIRST_BYTE, 90, false, true),
    DURATION(FlowColumn.DURATION, 84, true, true),
    STARTED(FlowColumn.STARTED, 104, true, false),
    WATERFALL(FlowColumn.STARTED, 190, true, false),
    KIND(FlowColumn.KIND, 90, false, false),
    VERSION(FlowColumn.VERSION, 80, false, false),
    CONNECTION(FlowColumn.CONNECTION, 90, false, true),
    PROCESS(FlowColumn.PROCESS, 140, false, false),
    MESSAGES(FlowColumn.MESSAGES, 90, false, true),
    SOURCE(FlowColumn.SOURCE, 90, false, false),
    COMMENT(FlowColumn.COMMENT, 160, true, false);

    private final FlowColumn order;
    private final double width;
    private final boolean shown;
    private final boolean number;

    ListColumn(FlowColumn order, double width, boolean shown, boolean number) {
        this.order = order;
        this.width = width;
        this.shown = shown;
        this.number = number;
    }

    /// What a click on its header sorts by.
    FlowColumn order() {
        return order;
    }

    double width() {
        return width;
    }

    /// The width below which it says nothing: what has a fixed length is never cut.
    double least() {
        return switch (this) {
            case PATH -> 170;
            case HOST -> 110;
            case WATERFALL -> 90;
            case COMMENT, PROCESS, TYPE -> 60;
            default -> width;
        };
    }

    /// Whether it is shown at first.
    boolean shown() {
        return shown;
    }

    /// Whether it stands at the right.
    boolean number() {
        return number;
    }

    /// The id under which it is remembered.
    String id() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
