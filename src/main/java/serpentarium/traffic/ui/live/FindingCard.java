package serpentarium.traffic.ui.live;

import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import serpentarium.base.Strings;
import serpentarium.kit.Icons;
import serpentarium.kit.Ports;
import serpentarium.traffic.engine.trust.Finding;

/// One finding: what was tried, what came of it, and what to do, with what is to be pasted ready to be copied.
final class FindingCard extends HBox {
    private static final Strings STRINGS = Strings.of(FindingCard.class);

    FindingCard(Finding finding, Ports ports) {
        super(10);
        String outcome = finding.outcome().name().toLowerCase(Locale.ROOT);
        getStyleClass().addAll("finding", "finding-" + outcome);
        var tried = text(finding.tried(), "finding-tried");
        var why = text(finding.why(), "finding-why");
        var lines = new VBox(2, tried, why);
        HBox.setHgrow(lines, Priority.ALWAYS);
        lines.setMinWidth(0);
        for (Finding.Remedy remedy : finding.remedies()) {
            lines.getChildren().add(text(remedy.text(), "finding-remedy"));
            if (!remedy.copy().isEmpty()) lines.getChildren().add(copyable(remedy.copy(), ports));
        }
        String icon = switch (finding.outcome()) {
            case GOOD -> "fth-check-circle";
            case BAD -> "fth-x-circle";
            case NOTE -> "fth-info";
        };
        getChildren().setAll(Icons.of(icon, "finding-icon"), lines);
        setAccessibleText(STRINGS.get("finding." + outcome) + ": " + finding.tried() + " " + finding.why());
        setFocusTraversable(true);
    }

    private static Label text(String text, String style) {
        var label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        label.getStyleClass().add(style);
        return label;
    }

    private static HBox copyable(String text, Ports ports) {
        Label code = text(text, "finding-code");
        code.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(code, Priority.ALWAYS);
        var copy = new Button(STRINGS.get("finding.copy"), Icons.of("fth-copy"));
        copy.getStyleClass().addAll("small", "finding-copy");
        copy.setMinWidth(USE_PREF_SIZE);
        copy.setOnAction(_ -> {
            ports.copy(text);
            ports.notify(STRINGS.get("finding.copied"));
        });
        var box = new HBox(8, code, copy);
        box.setAlignment(Pos.TOP_LEFT);
        return box;
    }
}
