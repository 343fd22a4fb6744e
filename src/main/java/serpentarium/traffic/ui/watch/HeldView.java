package serpentarium.traffic.ui.watch;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.geometry.Orientation;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.EmptyState;
import serpentarium.kit.FxThread;
import serpentarium.kit.Toolbars;
import serpentarium.traffic.engine.proxy.HeldExchanges;
import serpentarium.traffic.engine.proxy.HeldExchanges.Held;

/// The exchanges that stand at a breakpoint: each is looked at, edited, let go or dropped.
public final class HeldView extends BorderPane implements AutoCloseable {
    private static final Strings STRINGS = Strings.of(HeldView.class);
    private static final int MOST_TEXT = 1 << 20;

    private final HeldExchanges exchanges;
    private final HeldExchanges.Listening listening;
    private final ReadOnlyIntegerWrapper count = new ReadOnlyIntegerWrapper(this, "count");
    private final ListView<Held> list = new ListView<>();
    private final TextArea head = new TextArea();
    private final TextArea body = new TextArea();
    private final Label note = new Label();
    private Held shown;
    private boolean binary;

    public HeldView(HeldExchanges exchanges, FxThread fx) {
        this.exchanges = exchanges;
        getStyleClass().add("held-view");
        getStylesheets().add(HeldView.class.getResource("watch.css").toExternalForm());
        setMinSize(0, 0);
        list.setId("held");
        list.setAccessibleText(STRINGS.get("held.list"));
        list.setCellFactory(_ -> new HeldCell());
        list.getSelectionModel().selectedItemProperty().addListener((_, _, now) -> show(now));
        head.setId("held-head");
        head.setAccessibleText(STRINGS.get("held.head"));
        body.setId("held-body");
        body.setAccessibleText(STRINGS.get("held.body"));
        body.setPromptText(STRINGS.get("held.empty-body"));
        note.setId("held-note");
        note.setWrapText(true);
        note.getStyleClass().add("view-note");
        note.managedProperty().bind(note.textProperty().isNotEmpty());
        BooleanBinding some = Bindings.isNotNull(list.getSelectionModel().selectedItemProperty());
        Button send = Toolbars.labelled(Command.of("traffic.held-send", STRINGS.get("held.send"), "fth-play", null, some, this::send));
        Button drop = Toolbars.labelled(Command.of("traffic.held-drop", STRINGS.get("held.drop"), "fth-x", null, some, () -> exchanges.drop(shown.id())));
        Button all = Toolbars.labelled(Command.of("traffic.held-all", STRINGS.get("held.all"), "fth-fast-forward", null, count.greaterThan(0), exchanges::proceedAll));
        send.setId("held-send");
        drop.setId("held-drop");
        all.setId("held-all");
        send.getStyleClass().add("accent");
        var bar = new HBox(8, send, drop, all);
        bar.getStyleClass().add("view-bar");
        var texts = new SplitPane(head, body);
        texts.setOrientation(Orientation.VERTICAL);
        texts.setDividerPositions(0.5);
        var parts = new SplitPane(list, new BorderPane(texts, bar, null, note, null));
        parts.setDividerPositions(0.34);
        SplitPane.setResizableWithParent(list, false);
        var empty = new EmptyState("fth-pause", STRINGS.get("held.none"), STRINGS.get("held.none.text"));
        empty.visibleProperty().bind(count.isEqualTo(0));
        parts.visibleProperty().bind(count.greaterThan(0));
        setCenter(new StackPane(parts, empty));
        listening = exchanges.listen(() -> fx.execute(this::refresh));
        refresh();
    }

    /// How many exchanges wait.
    public ReadOnlyIntegerProperty count() {
        return count.getReadOnlyProperty();
    }

    private void refresh() {
        List<Held> now = exchanges.list();
        Held before = list.getSelectionModel().getSelectedItem();
        int kept = before == null ? -1 : java.util.stream.IntStream.range(0, now.size()).filter(i -> now.get(i).id() == before.id()).findFirst().orElse(-1);
        // The same objects stay where they are: what is being typed is not touched.
        list.getItems().removeIf(each -> now.stream().noneMatch(one -> one.id() == each.id()));
        now.stream().filter(each -> list.getItems().stream().noneMatch(one -> one.id() == each.id())).forEach(list.getItems()::add);
        count.set(now.size());
        if (kept < 0 && !now.isEmpty()) list.getSelectionModel().selectFirst();
    }

    private void show(Held now) {
        shown = now;
        note.setText("");
        Optional<String> text = now == null ? Optional.of("") : text(now.body());
        binary = text.isEmpty();
        head.setText(now == null ? "" : now.head());
        body.setText(text.orElse(""));
        body.setEditable(!binary);
        if (binary) note.setText(STRINGS.get(now.body() == null ? "held.no-body" : "held.binary"));
    }

    /// A body as text where it is some, and not too long to be edited here.
    private static Optional<String> text(byte[] bytes) {
        if (bytes == null || bytes.length > MOST_TEXT) return Optional.empty();
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(bytes)).toString();
            // A text area keeps line ends as LF only.
            return text.indexOf('\0') >= 0 || text.indexOf('\r') >= 0 ? Optional.empty() : Optional.of(text);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private void send() {
        byte[] edited = binary ? null : body.getText().getBytes(StandardCharsets.UTF_8);
        exchanges.proceed(shown.id(), head.getText(), edited).ifPresent(note::setText);
    }

    @Override public void close() {
        listening.close();
    }

    /// One that waits.
    private static final class HeldCell extends ListCell<Held> {
        HeldCell() {
            setPrefWidth(0);
        }

        @Override protected void updateItem(Held held, boolean empty) {
            super.updateItem(held, empty);
            setTooltip(empty || held == null ? null : new Tooltip(held.url()));
            setText(empty || held == null ? null : STRINGS.get("held.line." + held.side().name().toLowerCase(Locale.ROOT), held.method(), held.url()));
        }
    }
}
