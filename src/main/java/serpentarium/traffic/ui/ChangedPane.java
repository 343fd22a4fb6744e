package serpentarium.traffic.ui;

import java.util.List;
import javafx.beans.value.ObservableBooleanValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import serpentarium.base.Problem;
import serpentarium.base.Strings;
import serpentarium.kit.Ports;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;
import serpentarium.traffic.Session;
import serpentarium.traffic.analysis.ComparedLine;

/// Which rules changed a flow, and what: as it came, as it went on, or both with what differs marked.
final class ChangedPane extends BorderPane {
    private static final Strings STRINGS = Strings.of(ChangedPane.class);

    private final Tasks tasks;
    private final Ports ports;
    private final ObservableBooleanValue masked;
    private final ObservableList<ComparedLine> lines = FXCollections.observableArrayList();
    private final ComparedTable table = new ComparedTable(lines);
    private final TextArea text = new TextArea();
    private final Label by = new Label();
    private final Label unchanged = new Label(STRINGS.get("changed.nothing"));
    private final ToggleGroup group = new ToggleGroup();
    private final HBox bar = new HBox();
    private RuleTrace trace = new RuleTrace(List.of(), List.of(), "", "");
    private Session session;
    private int row;

    ChangedPane(Tasks tasks, Ports ports, ObservableBooleanValue masked) {
        this.tasks = tasks;
        this.ports = ports;
        this.masked = masked;
        setMinSize(0, 0);
        getStyleClass().add("changed-pane");
        by.setId("changed-by");
        by.setWrapText(true);
        by.setMinHeight(USE_PREF_SIZE);
        unchanged.getStyleClass().add("view-note");
        unchanged.setWrapText(true);
        table.sides(STRINGS.get("changed.came"), STRINGS.get("changed.sent"), 260);
        table.offerCopy(ports);
        text.setId("changed-text");
        text.setEditable(false);
        text.setAccessibleText(STRINGS.get("detail.tab.changed"));
        text.getStyleClass().add("fact-text");
        bar.getChildren().addAll(toggle("difference"), toggle("came"), toggle("sent"));
        bar.setAlignment(Pos.CENTER_LEFT);
        group.selectToggle(group.getToggles().getFirst());
        group.selectedToggleProperty().addListener((_, was, now) -> {
            if (now == null) group.selectToggle(was);
            else side();
        });
        var top = new VBox(6, by, bar);
        top.getStyleClass().add("compare-bar");
        setTop(top);
        masked.addListener((_, _, _) -> {
            if (session != null) read();
        });
    }

    private ToggleButton toggle(String id) {
        var button = new ToggleButton(STRINGS.get("changed." + id));
        button.setId("changed-" + id);
        button.setUserData(id);
        button.setToggleGroup(group);
        button.getStyleClass().addAll("small", id.equals("difference") ? "left-pill" : id.equals("sent") ? "right-pill" : "center-pill");
        return button;
    }

    /// Shows what was done to a flow.
    void show(Session of, int at) {
        session = of;
        row = at;
        read();
    }

    private void read() {
        Session of = session;
        int at = row;
        boolean mask = masked.get();
        tasks.submit(TaskSpec.of(STRINGS.get("detail.reading"), Lane.IO, _ -> RuleTrace.read(of, at, mask)).latest(this).hidden()).whenEnded(state -> {
            if (state instanceof TaskState.Done<RuleTrace>(RuleTrace done)) show(done);
            if (state instanceof TaskState.Failed<RuleTrace>(Problem problem)) ports.notify(problem);
        });
    }

    private void show(RuleTrace done) {
        trace = done;
        by.setText(STRINGS.get("changed.by", String.join(", ", done.rules())));
        lines.setAll(done.lines());
        boolean any = !done.lines().isEmpty();
        bar.setVisible(any);
        bar.setManaged(any);
        if (any) side();
        else {
            var place = new StackPane(unchanged);
            place.getStyleClass().add("compare-bar");
            place.setAlignment(Pos.TOP_LEFT);
            setCenter(place);
        }
    }

    private void side() {
        String id = String.valueOf(group.getSelectedToggle().getUserData());
        text.setText(id.equals("came") ? trace.came() : trace.sent());
        setCenter(id.equals("difference") ? table : text);
    }

    /// What differs, for tests.
    List<ComparedLine> lines() {
        return List.copyOf(lines);
    }
}
