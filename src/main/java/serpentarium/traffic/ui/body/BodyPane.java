package serpentarium.traffic.ui.body;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javafx.beans.InvalidationListener;
import javafx.beans.WeakInvalidationListener;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.TextInputControl;
import javafx.scene.image.Image;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.VBox;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Menus;
import serpentarium.kit.Ports;
import serpentarium.kit.Settings;
import serpentarium.task.Lane;
import serpentarium.task.TaskContext;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;
import serpentarium.traffic.Session;
import serpentarium.traffic.Side;
import serpentarium.traffic.analysis.body.BodyInput;
import serpentarium.traffic.analysis.body.BodyModel;
import serpentarium.traffic.analysis.body.BodyView;
import serpentarium.traffic.analysis.body.BodyViews;
import serpentarium.traffic.engine.LoadedBody;

/// Shows a body or a message by the view that fits it best or by the one that a person chose for its content type. What is shown is read and
/// laid out in the background; a body is loaded up to a bound, and saved whole.
public final class BodyPane extends BorderPane {
    /// More of a body is not loaded; saving writes all of it.
    static final int LIMIT = 64 << 20;
    /// No honest body is longer; what is saved of a bomb is cut here.
    private static final long SAVED = 4L << 30;
    private static final Strings STRINGS = Strings.of(BodyPane.class);
    private static final int LARGEST_SIDE = 4096;

    private final Tasks tasks;
    private final Ports ports;
    private final Settings settings;
    private final BodyViews views = BodyViews.all();
    private final ObservableBooleanValue masked;
    private final InvalidationListener remasking = _ -> remask();
    private final BodyBar bar;
    private final VBox notes = new VBox();
    private final Object latest = new Object();
    private Origin origin;
    private String override;
    private Outcome shown;
    private BodyNode node;

    /// Where a content comes from.
    private sealed interface Origin {
        record InSession(Session session, int row, Side side) implements Origin {}

        record InMemory(BodyInput input) implements Origin {}
    }

    /// What the background made of it.
    ///
    /// @param loaded  null for a content in memory
    /// @param bidding ids of the views that fit
    /// @param chosen  the view a person chose; null where it was automatic
    /// @param problem why the chosen view could not show it; null where it could
    private record Outcome(Origin origin, LoadedBody loaded, ScreenContent content, List<String> bidding, String chosen, BodyViews.Shown shown, Image image,
                           Problem problem) {
        BodyInput input() {
            return content.input();
        }
    }

    /// An empty pane.
    ///
    /// @param settings where the chosen view of each content type is remembered, and whether lines are wrapped
    /// @param masked   whether secrets are masked on the screen
    public BodyPane(Tasks tasks, Ports ports, Settings settings, ObservableBooleanValue masked) {
        this.tasks = tasks;
        this.ports = ports;
        this.settings = settings;
        this.masked = masked;
        masked.addListener(new WeakInvalidationListener(remasking));
        getStyleClass().add("body-pane");
        getStylesheets().add(Objects.requireNonNull(BodyPane.class.getResource("body.css"), "body.css").toExternalForm());
        bar = new BodyBar(tasks, this);
        notes.getStyleClass().add("body-notes");
        setTop(new VBox(bar, notes));
        setMinSize(0, 0);
        addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        clear();
    }

    /// Shows a body of a flow, or goes on showing it when it has grown. A row below zero clears the pane.
    public void show(Session session, int row, Side side) {
        if (row < 0) clear();
        else load(new Origin.InSession(session, row, side));
    }

    /// Shows a content that is in memory, such as a message's.
    ///
    /// @param contentType as in a header field; empty where nobody said
    public void show(byte[] content, String contentType) {
        show(BodyInput.of(content, contentType));
    }

    /// Shows a content, or the beginning of one, that is in memory.
    public void show(BodyInput input) {
        load(new Origin.InMemory(input));
    }

    /// Shows nothing.
    public void clear() {
        origin = null;
        shown = null;
        node = null;
        override = null;
        notes.getChildren().clear();
        bar.show(null, List.of(), "", null, false);
        explain(STRINGS.get("body.none"));
    }

    private void explain(String text) {
        var label = new Label(text);
        label.getStyleClass().addAll("muted", "body-empty");
        label.setWrapText(true);
        setCenter(label);
    }

    private void load(Origin next) {
        if (!Objects.equals(origin, next)) override = null;
        origin = next;
        String forced = override;
        boolean mask = masked.get();
        tasks.submit(TaskSpec.of(STRINGS.get("task.load"), Lane.IO, context -> outcome(next, forced, mask, context)).latest(latest).hidden())
                .whenEnded(this::ready);
    }

    /// What is on the screen goes at once, also where reading it anew takes a while.
    private void remask() {
        if (origin == null) return;
        shown = null;
        node = null;
        setCenter(null);
        bar.searched(null);
        load(origin);
    }

    private Outcome outcome(Origin from, String forced, boolean mask, TaskContext context) throws IOException {
        LoadedBody loaded = null;
        boolean wire = BodyBar.WIRE.equals(forced);
        ScreenContent content = ScreenContent.of(switch (from) {
            case Origin.InSession(Session session, int row, Side side) -> {
                // Packed bytes hide nothing from who unpacks them.
                loaded = LoadedBody.read(session, row, side, wire && !mask, LIMIT, context);
                yield new BodyInput(loaded.bytes(), !loaded.cut(), loaded.contentType());
            }
            case Origin.InMemory(BodyInput given) -> given;
        }, mask);
        BodyInput input = content.input();
        List<String> bidding = views.ranked(input).stream().map(BodyView::id).toList();
        if (input.bytes().length == 0) return new Outcome(from, loaded, content, bidding, forced, null, null, null);
        String chosen = forced != null ? forced : settings.text(key(input)).orElse(null);
        BodyView view = wire ? views.byId("hex") : chosen == null ? null : views.byId(chosen);
        try {
            BodyViews.Shown made = view == null ? views.best(input, context) : views.by(view, input, context);
            Image image = made.model() instanceof BodyModel.Picture picture ? image(picture) : null;
            return new Outcome(from, loaded, content, bidding, view == null ? null : wire ? BodyBar.WIRE : view.id(), made, image, null);
        } catch (ProblemException e) {
            return new Outcome(from, loaded, content, bidding, view == null ? null : view.id(), null, null, e.problem());
        }
    }

    /// The picture, of at most some megapixels; null where the toolkit cannot read it.
    private static Image image(BodyModel.Picture picture) {
        if (picture.width() <= 0 || picture.height() <= 0) return null;
        boolean large = Math.max(picture.width(), picture.height()) > LARGEST_SIDE;
        var image = new Image(new ByteArrayInputStream(picture.bytes()), large ? LARGEST_SIDE : 0, large ? LARGEST_SIDE : 0, true, true);
        return image.isError() || image.getWidth() <= 0 ? null : image;
    }

    private static String key(BodyInput input) {
        String type = input.mediaType();
        return "traffic.body.view." + (type.isEmpty() ? "none" : type.length() > 80 ? type.substring(0, 80) : type);
    }

    private void ready(TaskState<Outcome> state) {
        switch (state) {
            case TaskState.Done<Outcome>(Outcome outcome) -> put(outcome);
            case TaskState.Failed<Outcome>(Problem why) -> {
                shown = null;
                node = null;
                notes.getChildren().clear();
                explain(why.line());
            }
            case TaskState.Cancelled<Outcome> _, TaskState.Queued<Outcome> _, TaskState.Running<Outcome> _ -> { }
        }
    }

    private void put(Outcome outcome) {
        if (!Objects.equals(origin, outcome.origin)) return;
        boolean same = shown != null && shown.origin.equals(outcome.origin) && Objects.equals(shown.chosen, outcome.chosen) && node != null
                && Arrays.equals(shown.input().bytes(), outcome.input().bytes());
        shown = outcome;
        notes(outcome);
        bar.show(outcome.shown == null ? null : outcome.shown.view(), outcome.bidding, sizes(outcome), outcome.chosen, outcome.loaded != null);
        if (same) return;
        if (outcome.shown == null) {
            node = null;
            explain(outcome.problem != null ? outcome.problem.line() : STRINGS.get(nothing(outcome)));
            bar.searched(null);
            return;
        }
        node = node(outcome);
        node.wrap(bar.wrapped());
        if (!(node instanceof TreeNode || node instanceof TableNode)) node.node().setOnContextMenuRequested(this::menu);
        setCenter(node.node());
        bar.searched(node);
    }

    private static String nothing(Outcome outcome) {
        if (outcome.loaded == null) return "body.empty";
        return switch (outcome.loaded.facts().state()) {
            case NONE -> "body.none";
            case MISSING -> "body.missing";
            case GROWING -> "body.coming";
            case COMPLETE, PARTIAL -> "body.empty";
        };
    }

    private BodyNode node(Outcome outcome) {
        return switch (outcome.shown.model()) {
            case BodyModel.Text text -> new TextNode(text);
            case BodyModel.Tree tree -> new TreeNode(tree, outcome.content.masked(), ports::copy);
            case BodyModel.Table table -> new TableNode(table, ports::copy);
            case BodyModel.Parts parts -> new PartsNode(parts, () -> new BodyPane(tasks, ports, settings, masked));
            case BodyModel.Picture picture -> new PictureNode(picture, outcome.image);
            case BodyModel.Hex hex -> new HexNode(hex);
        };
    }

    private void notes(Outcome outcome) {
        var texts = new ArrayList<String>();
        texts.addAll(outcome.content.notes(outcome.shown, BodyBar.WIRE.equals(outcome.chosen), outcome.loaded));
        if (outcome.loaded != null) {
            String encoding = outcome.loaded.encoding();
            switch (outcome.loaded.decoding()) {
                case CORRUPT -> texts.add(STRINGS.get("note.corrupt", encoding));
                case UNKNOWN -> texts.add(STRINGS.get("note.unknown", encoding));
                case PARTLY -> texts.add(STRINGS.get("note.partly", encoding));
                case NONE, UNDONE, BEFORE, WIRE -> { }
            }
            switch (outcome.loaded.facts().state()) {
                case PARTIAL -> texts.add(STRINGS.get("note.partial"));
                case GROWING -> texts.add(STRINGS.get("note.growing"));
                case NONE, COMPLETE, MISSING -> { }
            }
            if (outcome.loaded.cut()) texts.add(STRINGS.get("note.cut", Quantity.size(LIMIT)));
        }
        if (outcome.shown != null) texts.addAll(outcome.shown.notes());
        if (outcome.shown != null && outcome.shown.model() instanceof BodyModel.Picture && outcome.image == null && outcome.shown.notes().isEmpty())
            texts.add(STRINGS.get("note.no-picture"));
        notes.getChildren().setAll(texts.stream().map(text -> {
            var label = new Label(text);
            label.getStyleClass().add("body-note");
            label.setWrapText(true);
            label.setMaxWidth(Double.MAX_VALUE);
            return label;
        }).toList());
    }

    private static String sizes(Outcome outcome) {
        String size = Quantity.size(outcome.input().bytes().length) + (outcome.input().whole() ? "" : "+");
        if (outcome.loaded == null) return size;
        long wire = outcome.loaded.facts().wireSize() >= 0 ? outcome.loaded.facts().wireSize() : outcome.loaded.facts().stored();
        return switch (outcome.loaded.decoding()) {
            case UNDONE, PARTLY, BEFORE -> STRINGS.get("size.decoded", Quantity.size(wire), outcome.loaded.encoding(), size);
            case CORRUPT, UNKNOWN, WIRE -> STRINGS.get("size.wire", Quantity.size(wire), outcome.loaded.encoding());
            case NONE -> size;
        };
    }

    private void pressed(KeyEvent event) {
        boolean elsewhere = event.getTarget() instanceof TextInputControl || event.getTarget() instanceof javafx.scene.Node target && inside(target);
        if (event.isShortcutDown() && !event.isShiftDown() && event.getCode() == KeyCode.C && node != null && !(node instanceof TextNode) && !elsewhere) {
            copy();
            event.consume();
            return;
        }
        if (!event.isShortcutDown() || event.getCode() != KeyCode.F) return;
        // A part's own pane is searched where the focus is.
        if (node instanceof PartsNode && event.getTarget() instanceof javafx.scene.Node target && inside(target)) return;
        bar.focusSearch();
        event.consume();
    }

    /// Views with a menu of their own do not come here.
    private void menu(ContextMenuEvent event) {
        var menu = new ContextMenu(Menus.item(Command.of("traffic.body.copy", STRINGS.get("bar.copy"), "fth-copy", null, this::copy)),
                Menus.item(Command.of("traffic.body.find", STRINGS.get("search.prompt"), "fth-search", null, bar::focusSearch)),
                Menus.item(Command.of("traffic.body.save", STRINGS.get("bar.save"), "fth-download", null, this::save)));
        menu.setAutoHide(true);
        menu.show(this, event.getScreenX(), event.getScreenY());
        event.consume();
    }

    private boolean inside(javafx.scene.Node target) {
        for (javafx.scene.Node each = target; each != null && each != this; each = each.getParent()) if (each instanceof BodyPane) return true;
        return false;
    }

    /// A person chose a view; null for the automatic choice.
    void choose(String id) {
        if (shown == null) return;
        override = BodyBar.WIRE.equals(id) ? id : null;
        if (!BodyBar.WIRE.equals(id)) {
            if (id == null) settings.remove(key(shown.input()));
            else settings.put(key(shown.input()), id);
        }
        node = null;
        load(origin);
    }

    /// Searches the body, now or when it is there, and shows a match.
    ///
    /// @param ordinal which match, from 0
    public void find(String text, boolean regex, int ordinal) {
        bar.find(text, regex, ordinal);
    }

    /// The views, in the order in which they are offered.
    List<String> viewIds() {
        return views.views().stream().map(BodyView::id).toList();
    }

    /// The wrap switch was used.
    void wrap(boolean wrap) {
        settings.put("traffic.body.wrap", String.valueOf(wrap));
        if (node != null) node.wrap(wrap);
    }

    /// Whether lines were wrapped the last time.
    boolean wrapRemembered() {
        return !settings.text("traffic.body.wrap").filter("false"::equals).isPresent();
    }

    /// Copies what is selected, or all of it.
    public void copy() {
        String text = node == null ? null : node.copied();
        if (text == null) return;
        ports.copy(text);
        ports.notify(STRINGS.get("body.copied", Quantity.count(text.length())));
    }

    /// Asks where to, and writes the body whole.
    void save() {
        if (shown == null) return;
        Origin from = origin;
        boolean wire = BodyBar.WIRE.equals(override);
        boolean mask = masked.get();
        byte[] bytes = from instanceof Origin.InMemory(BodyInput input) ? input.bytes() : null;
        ports.chooseSave(STRINGS.get("save.title"), STRINGS.get("save.name") + shown.content.ending()).ifPresent(to ->
                tasks.submit(TaskSpec.of(STRINGS.get("task.save", to.getFileName()), Lane.IO, context -> {
                    if (from instanceof Origin.InSession(Session session, int row, Side side)) LoadedBody.write(session, row, side, wire, to, SAVED, context);
                    else Files.write(to, bytes);
                    return to;
                })).whenEnded(state -> {
                    if (state instanceof TaskState.Done) ports.notify(STRINGS.get(mask ? "body.saved-unmasked" : "body.saved", to.getFileName()));
                    else if (state instanceof TaskState.Failed<?>(Problem why)) ports.notify(why.at(Place.NOWHERE));
                }));
    }

    /// The view that is shown, for tests and pictures; null where there is none.
    String shownView() {
        return shown == null || shown.shown == null ? null : shown.shown.view();
    }

    /// What is drawn; null where there is nothing.
    BodyNode drawn() {
        return node;
    }
}
