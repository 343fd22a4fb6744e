package serpentarium.kit;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.Strings;

/// All that is known about a problem, to read and to copy.
public final class ProblemCard extends VBox {
    private static final Strings STRINGS = Strings.of(ProblemCard.class);

    private final Button close = new Button(STRINGS.get("problem.close"));

    /// Makes one.
    ///
    /// @param done what the close button does
    public ProblemCard(Problem problem, Ports ports, Runnable done) {
        getStyleClass().addAll("overlay-card", "problem-card");
        var title = new Label(problem.title(), Icons.of("fth-alert-triangle", "problem-icon"));
        title.getStyleClass().add("card-title");
        title.setWrapText(true);
        getChildren().add(title);
        if (!problem.place().equals(Place.NOWHERE)) {
            var place = new Label(problem.place().describe());
            place.getStyleClass().add("muted");
            place.setWrapText(true);
            getChildren().add(place);
        }
        for (String remedy : problem.remedies()) {
            var label = new Label(remedy, Icons.of("fth-arrow-right"));
            label.getStyleClass().add("problem-remedy");
            label.setWrapText(true);
            getChildren().add(label);
        }
        var report = new TextArea(problem.report());
        report.setEditable(false);
        report.setWrapText(true);
        report.setPrefRowCount(9);
        report.setAccessibleText(STRINGS.get("problem.report"));
        report.getStyleClass().add("problem-report");
        VBox.setVgrow(report, Priority.ALWAYS);
        var copy = new Button(STRINGS.get("problem.copy"), Icons.of("fth-copy"));
        copy.setOnAction(_ -> ports.copy(problem.report()));
        close.setDefaultButton(true);
        close.setOnAction(_ -> done.run());
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        var buttons = new HBox(copy, space, close);
        buttons.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(report, buttons);
        setMaxHeight(USE_PREF_SIZE);
    }

    /// The button that is to have the focus first.
    public Button closeButton() {
        return close;
    }
}
