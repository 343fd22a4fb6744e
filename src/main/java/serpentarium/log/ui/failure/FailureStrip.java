package serpentarium.log.ui.failure;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Toolbars;
import serpentarium.log.RecordView;
import serpentarium.log.engine.FailureGroup;
import serpentarium.log.engine.LogLines.Spot;

/// How often the failure of the record that is shown was seen, since when, and the way to the others: “seen 412 times since 09:14”.
public final class FailureStrip extends HBox {
    private static final Strings STRINGS = Strings.of(FailureStrip.class);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

    private final FailuresViewModel model;
    private final Supplier<Spot> shown;
    private final Consumer<Spot> go;
    private final ZoneId zone;
    private final Label said = new Label();
    private final BooleanProperty before = new SimpleBooleanProperty();
    private final BooleanProperty after = new SimpleBooleanProperty();
    private FailureGroup group;

    /// @param shown the record's first line, or null
    /// @param go    shows a line
    /// @param list  brings all failures to the front
    public FailureStrip(FailuresViewModel model, ZoneId zone, Supplier<Spot> shown, Consumer<Spot> go, Consumer<FailureGroup> list) {
        super(2);
        this.model = model;
        this.shown = shown;
        this.go = go;
        this.zone = zone;
        getStyleClass().add("failure-strip");
        setAlignment(Pos.CENTER_LEFT);
        setMinWidth(0);
        said.setId("failure-said");
        said.setMinWidth(0);
        said.setTextOverrun(OverrunStyle.ELLIPSIS);
        var all = new Hyperlink(STRINGS.get("strip.all"));
        all.setMinWidth(Region.USE_PREF_SIZE);
        all.setOnAction(_ -> list.accept(group));
        getChildren().addAll(said, Toolbars.button(command("first", "fth-chevrons-left", before, () -> go(group.first()))),
                Toolbars.button(command("previous", "fth-chevron-left", before, () -> next(false))), Toolbars.button(command("next", "fth-chevron-right", after, () -> next(true))),
                Toolbars.button(command("last", "fth-chevrons-right", after, () -> go(group.last()))), all);
        managedProperty().bind(visibleProperty());
        model.groups().addListener(_ -> update());
        update();
    }

    private static Command command(String id, String icon, BooleanProperty enabled, Runnable run) {
        return Command.of("log.failure." + id, STRINGS.get("strip." + id), icon, null, enabled, run);
    }

    /// The ways from one to the next, for the palette and the keyboard.
    public java.util.List<Command> commands() {
        return java.util.List.of(Command.of("log.failure.same-next", STRINGS.get("strip.next"), "fth-chevron-right", "Alt+Shift+Down", after, () -> next(true)),
                Command.of("log.failure.same-previous", STRINGS.get("strip.previous"), "fth-chevron-left", "Alt+Shift+Up", before, () -> next(false)));
    }

    private void go(Spot spot) {
        go.accept(spot);
    }

    private void next(boolean forward) {
        Spot from = shown.get();
        if (from != null && group != null) model.next(from, group, forward).ifPresent(this::go);
    }

    /// Looks again which record is shown.
    public void update() {
        Spot spot = shown.get();
        Optional<FailureGroup> found = spot == null ? Optional.empty() : model.at(spot);
        group = found.orElse(null);
        setVisible(found.isPresent());
        before.set(found.isPresent() && !found.get().first().equals(spot));
        after.set(found.isPresent() && !found.get().last().equals(spot));
        found.ifPresent(each -> said.setText(said(each, zone, LocalDate.now(zone))));
    }

    /// How often and since when, in words.
    static String said(FailureGroup group, ZoneId zone, LocalDate today) {
        if (group.count() == 1) return STRINGS.get("strip.once");
        if (group.from() == RecordView.NO_TIME) return STRINGS.get("strip.times", Quantity.count(group.count()));
        ZonedDateTime from = Instant.ofEpochSecond(Math.floorDiv(group.from(), 1_000_000_000L)).atZone(zone);
        return STRINGS.get("strip.since", Quantity.count(group.count()), (from.toLocalDate().equals(today) ? CLOCK : DAY).format(from));
    }
}
