package serpentarium.kit;

import java.util.function.Consumer;
import javafx.animation.PauseTransition;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.Strings;

/// Notices as cards at the bottom right of a window, inside its scene. Plain ones go by themselves after some seconds, problems stay until
/// they are put away. At most [#VISIBLE] are shown; the rest are counted.
public final class NoticeStack extends VBox {
    /// How many cards are shown at once.
    public static final int VISIBLE = 4;

    private static final Strings STRINGS = Strings.of(NoticeStack.class);
    private static final Duration STAYS = Duration.seconds(6);
    /// What can be taken back is read first, and thought about.
    private static final Duration STAYS_WITH_ACTION = Duration.seconds(20);

    private final Notices notices;
    private final Ports ports;
    private final Consumer<Problem> details;

    /// Shows `notices`.
    ///
    /// @param details shows all of a problem
    public NoticeStack(Notices notices, Ports ports, Consumer<Problem> details) {
        this.notices = notices;
        this.ports = ports;
        this.details = details;
        getStyleClass().add("notice-stack");
        setPickOnBounds(false);
        setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
        setAlignment(Pos.BOTTOM_RIGHT);
        notices.open().addListener((ListChangeListener<Notices.Notice>) _ -> refill());
        refill();
    }

    private void refill() {
        getChildren().removeIf(node -> !notices.open().contains(node.getUserData()));
        var open = notices.open();
        var shown = open.subList(Math.max(0, open.size() - VISIBLE), open.size());
        getChildren().removeIf(node -> !shown.contains(node.getUserData()));
        for (Notices.Notice notice : shown) {
            if (getChildren().stream().noneMatch(node -> notice.equals(node.getUserData()))) getChildren().add(card(notice));
        }
        if (open.size() > VISIBLE) getChildren().addFirst(more(open.size() - VISIBLE));
    }

    private Region more(int hidden) {
        var row = new Button(STRINGS.get("notice.more", hidden));
        row.getStyleClass().addAll("notice-more", "small");
        row.setOnAction(_ -> notices.dismissAll());
        return row;
    }

    private Region card(Notices.Notice notice) {
        boolean bad = notice.problem() != null;
        var title = new Label(notice.text());
        title.getStyleClass().add("notice-title");
        title.setWrapText(true);
        HBox.setHgrow(title, Priority.ALWAYS);
        title.setMaxWidth(Double.MAX_VALUE);
        var close = new Button(STRINGS.get("notice.dismiss"), Icons.of("fth-x"));
        close.getStyleClass().addAll("flat", "notice-close");
        close.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        close.setAccessibleText(STRINGS.get("notice.dismiss"));
        close.setOnAction(_ -> notices.dismiss(notice));
        var top = new HBox(Icons.of(bad ? "fth-alert-triangle" : "fth-info", bad ? "problem-icon" : "notice-icon"), title, close);
        top.getStyleClass().add("notice-row");
        var card = new VBox(top);
        card.getStyleClass().addAll("notice", bad ? "notice-problem" : "notice-plain");
        card.setUserData(notice);
        if (bad) fill(card, notice.problem());
        else {
            if (notice.action() != null) card.getChildren().add(action(notice));
            vanish(notice);
        }
        return card;
    }

    private HBox action(Notices.Notice notice) {
        var button = new Button(notice.action().text());
        button.getStyleClass().add("small");
        button.setOnAction(_ -> {
            notices.dismiss(notice);
            notice.action().run().run();
        });
        var buttons = new HBox(button);
        buttons.getStyleClass().add("notice-buttons");
        return buttons;
    }

    private void fill(VBox card, Problem problem) {
        if (!problem.place().equals(Place.NOWHERE)) {
            var place = new Label(Elide.middle(problem.place().describe(), 90));
            place.getStyleClass().addAll("muted", "notice-place");
            place.setWrapText(true);
            card.getChildren().add(place);
        }
        var show = new Button(STRINGS.get("notice.details"));
        show.setOnAction(_ -> details.accept(problem));
        show.getStyleClass().add("small");
        var copy = new Button(STRINGS.get("notice.copy"));
        copy.getStyleClass().addAll("small", "flat");
        copy.setOnAction(_ -> ports.copy(problem.report()));
        var buttons = new HBox(show, copy);
        buttons.getStyleClass().add("notice-buttons");
        card.getChildren().add(buttons);
    }

    private void vanish(Notices.Notice notice) {
        var pause = new PauseTransition(notice.action() == null ? STAYS : STAYS_WITH_ACTION);
        pause.setOnFinished(_ -> notices.dismiss(notice));
        pause.play();
    }
}
