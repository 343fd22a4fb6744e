package serpentarium.log.ui.detail;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Toolbars;
import serpentarium.log.Level;
import serpentarium.log.LogRecord;
import serpentarium.log.RecordView;

/// What stands above a record: its level, when it was written, by whom, and where it stands; with what can be done about it.
final class RecordHeading extends VBox {
    private static final Strings STRINGS = Strings.of(RecordHeading.class);
    private static final List<String> LEVELS = List.of("debug", "info", "warning", "error", "critical");

    private final Label level = new Label();
    private final Label time = new Label();
    private final Label logger = new Label();
    private final Label place = new Label();
    private final HBox buttons = new HBox();
    private final HBox more = new HBox();
    private final ZoneId zone;

    RecordHeading(ZoneId zone) {
        this.zone = zone;
        getStyleClass().add("record-heading");
        level.getStyleClass().add("level-badge");
        level.setMinWidth(Region.USE_PREF_SIZE);
        time.getStyleClass().add("record-time");
        time.setMinWidth(Region.USE_PREF_SIZE);
        logger.getStyleClass().add("record-logger");
        logger.setMinWidth(0);
        logger.setTextOverrun(OverrunStyle.LEADING_ELLIPSIS);
        place.getStyleClass().add("view-note");
        place.setMinWidth(0);
        place.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(place, Priority.ALWAYS);
        place.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        buttons.setMinWidth(Region.USE_PREF_SIZE);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        var first = new HBox(level, time, logger, place, buttons);
        first.getStyleClass().add("heading-line");
        first.setAlignment(Pos.CENTER_LEFT);
        more.getStyleClass().add("heading-line");
        more.setAlignment(Pos.CENTER_LEFT);
        getChildren().add(first);
        setMinWidth(0);
    }

    /// Adds a button.
    void add(Command command) {
        buttons.getChildren().add(Toolbars.button(command));
    }

    /// Adds something to do at the end of the buttons.
    void add(Node node) {
        buttons.getChildren().add(node);
    }

    /// Adds something that is said of the record in the second line.
    void say(Node node) {
        more.getChildren().add(node);
        if (!getChildren().contains(more)) getChildren().add(more);
    }

    /// Shows another record.
    void show(LogRecord record) {
        level.setText(record.level() == null ? STRINGS.get(record.exception() == null ? "heading.no-level" : "heading.failure") : record.level());
        String kind = Level.of(record.number()).name().toLowerCase(Locale.ROOT);
        if (record.number() > Level.INFO.number() && record.number() < Level.WARNING.number()) kind = "info";
        for (String each : LEVELS) level.pseudoClassStateChanged(PseudoClass.getPseudoClass(each), each.equals(kind));
        time.setText(record.time() == RecordView.NO_TIME ? "" : FieldRow.time(record.time(), zone));
        time.setManaged(!time.getText().isEmpty());
        logger.setText(record.logger() == null ? "" : record.logger());
        logger.setTooltip(record.logger() == null ? null : new Tooltip(record.logger()));
        place.setText(STRINGS.get(record.lines() == 1 ? "heading.place" : "heading.places", name(record.source()), Quantity.count(record.line()),
                Quantity.count(record.line() + record.lines() - 1)));
        place.setTooltip(new Tooltip(record.source()));
    }

    private static String name(String source) {
        String path = source.replace('\\', '/');
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
