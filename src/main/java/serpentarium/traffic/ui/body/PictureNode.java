package serpentarium.traffic.ui.body;

import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import serpentarium.base.Strings;
import serpentarium.traffic.analysis.body.BodyModel;

/// A picture, made smaller where it is larger than the place for it, and what its header says.
final class PictureNode extends BorderPane implements BodyNode {
    private static final Strings STRINGS = Strings.of(PictureNode.class);

    private final BodyModel.Picture model;

    /// @param image the picture; null where it could not be drawn
    PictureNode(BodyModel.Picture model, Image image) {
        this.model = model;
        getStyleClass().add("body-picture");
        var facts = new GridPane();
        facts.getStyleClass().add("body-facts");
        for (int i = 0; i < model.facts().size(); i++) {
            var name = new Label(model.facts().get(i).name());
            name.getStyleClass().add("muted");
            var value = new Label(model.facts().get(i).value());
            value.setWrapText(true);
            facts.addRow(i, name, value);
        }
        facts.setMinWidth(180);
        var side = new ScrollPane(facts);
        side.setFitToWidth(true);
        side.setPrefWidth(300);
        side.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        setRight(side);
        if (image == null) return;
        var view = new ImageView(image);
        view.setPreserveRatio(true);
        var place = new StackPane(view);
        place.getStyleClass().add("body-canvas");
        place.setMinSize(0, 0);
        place.setAccessibleText(STRINGS.get("picture.accessible", model.width(), model.height()));
        place.layoutBoundsProperty().subscribe(bounds -> {
            view.setFitWidth(Math.min(image.getWidth(), Math.max(1, bounds.getWidth() - 32)));
            view.setFitHeight(Math.min(image.getHeight(), Math.max(1, bounds.getHeight() - 32)));
        });
        setCenter(place);
    }

    @Override public Region node() {
        return this;
    }

    @Override public CharSequence searched() {
        return copied();
    }

    @Override public void select(int from, int to) {}

    @Override public String copied() {
        var out = new StringBuilder();
        for (BodyModel.Fact fact : model.facts()) out.append(fact.name()).append('\t').append(fact.value()).append('\n');
        return out.toString();
    }
}
