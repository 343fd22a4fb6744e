package serpentarium.log.ui;

import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.layout.StackPane;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.kit.Icons;
import serpentarium.log.ui.list.LogList;

/// What came to the log while a person looks at something further up, with the way to it.
final class NewsPill extends Button {
    private static final Strings STRINGS = Strings.of(NewsPill.class);

    private final LogViewModel model;
    private final LogList list;
    private long seen;

    NewsPill(LogViewModel model, LogList list) {
        this.model = model;
        this.list = list;
        setId("log-news");
        getStyleClass().addAll("small", "news-pill");
        setGraphic(Icons.of("fth-arrow-down"));
        setFocusTraversable(false);
        setVisible(false);
        StackPane.setAlignment(this, Pos.BOTTOM_CENTER);
        StackPane.setMargin(this, new Insets(0, 0, 18, 0));
        setOnAction(_ -> {
            list.toEnd();
            list.requestFocus();
        });
        list.sticking().subscribe(_ -> {
            seen = model.rows().get();
            update();
        });
    }

    void update() {
        long rows = model.rows().get();
        if (list.sticking().get() || !model.known().get()) seen = rows;
        long news = rows - seen;
        boolean show = news > 0 && !list.sticking().get();
        if (show) setText(STRINGS.get("news.rows", Quantity.count(news)));
        if (show != isVisible()) setVisible(show);
    }
}
