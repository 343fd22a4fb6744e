package serpentarium.log.ui;

import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.kit.Icons;
import serpentarium.log.Warning;
import serpentarium.log.engine.LogPart;
import serpentarium.log.format.Detection;
import serpentarium.log.format.LogFormats;
import serpentarium.log.ui.LogPane.Surroundings;
import serpentarium.log.ui.format.ReadAs;
import serpentarium.log.ui.list.LogList;

/// What is known of a log, under its list: how it is written, how much of it there is, whether it is followed, and what happened to it.
final class StatusBar extends HBox {
    private static final Strings STRINGS = Strings.of(StatusBar.class);

    private final LogViewModel model;
    private final LogList list;
    private final Button format = new Button();
    private final Label encoding = new Label();
    private final Label amount = new Label();
    private final Label where = new Label();
    private final Button warnings = new Button();

    StatusBar(LogViewModel model, LogList list, Surroundings with, Consumer<ReadAs> reread) {
        this.model = model;
        this.list = list;
        getStyleClass().add("log-status");
        setAlignment(Pos.CENTER_LEFT);
        format.setId("log-format");
        format.getStyleClass().addAll("small", "flat");
        format.setTooltip(new Tooltip(STRINGS.get("status.format.tip")));
        format.setOnAction(_ -> new ReadAsPopover(model.log(), with, reread).show(format));
        encoding.getStyleClass().add("muted");
        amount.getStyleClass().add("muted");
        where.getStyleClass().add("muted");
        warnings.setId("log-warnings");
        warnings.getStyleClass().addAll("small", "flat", "log-warnings");
        warnings.setGraphic(Icons.of("fth-alert-circle"));
        warnings.managedProperty().bind(warnings.visibleProperty());
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        var follow = new ToggleButton(STRINGS.get("status.follow"), Icons.of("fth-radio"));
        follow.setId("log-follow");
        follow.getStyleClass().addAll("small", "flat", "follow-switch");
        follow.setSelected(list.sticking().get());
        follow.setTooltip(new Tooltip(STRINGS.get("status.follow.tip")));
        list.sticking().addListener((_, _, now) -> follow.setSelected(now));
        follow.setOnAction(_ -> {
            if (follow.isSelected()) list.toEnd();
            else list.sticking().set(false);
        });
        getChildren().addAll(format, encoding, amount, warnings, space, where, follow);
        model.warnings().addListener((javafx.collections.ListChangeListener<Warning>) _ -> update());
        list.current().addListener(_ -> update());
        model.detection().addListener(_ -> update());
        warnings.setOnAction(_ -> new WarningList(model.warnings(), with.ports()).show(warnings));
        update();
    }

    /// Says what is known now.
    void update() {
        Detection detection = model.detection().get();
        format.setText(detection == null ? "" : detection.lines() == 0 && model.log().as().format().isPresent() ? title(detection) : detection.log() ? STRINGS.get("status.format", title(detection), Quantity.share(detection.score())) : STRINGS.get("status.plain"));
        LogPart last = model.log().lines().parts().isEmpty() ? null : model.log().lines().parts().getLast();
        encoding.setText(last == null ? "" : last.index().encoding().charset().displayName());
        int files = model.log().lines().parts().size();
        amount.setText(STRINGS.get("status.amount", model.rows().get(), Quantity.size(model.log().size()), files));
        int count = model.warnings().size();
        warnings.setVisible(count > 0);
        warnings.setText(STRINGS.get("status.warnings", count));
        where.setText(list.current().get() == null || list.current().get().line() < 0 ? "" : STRINGS.get("status.line", model.log().lines().row(list.current().get()) + 1));
    }

    private static String title(Detection detection) {
        return detection.formats().stream().map(LogFormats::title).collect(Collectors.joining(" + "));
    }
}
