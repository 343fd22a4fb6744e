package serpentarium.profile.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import org.fxmisc.richtext.CodeArea;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;
import serpentarium.kit.Command;
import serpentarium.kit.Look;
import serpentarium.kit.MemorySettings;
import serpentarium.kit.RecordingPorts;
import serpentarium.kit.Tokens;
import serpentarium.profile.CallGraph;
import serpentarium.profile.Event;
import serpentarium.profile.FrameTable;
import serpentarium.profile.LineCosts;
import serpentarium.profile.Profile;
import serpentarium.profile.ProfileInfo;
import serpentarium.profile.StackTree;
import serpentarium.profile.ThreadInfo;
import serpentarium.profile.Unit;
import serpentarium.task.InlineTasks;

/// The views on a stage: show, act, see.
class ProfileTablesTest {
    private final SampleProfile sample = new SampleProfile();
    private final InlineTasks tasks = new InlineTasks();
    private final RecordingPorts ports = new RecordingPorts();
    private final MemorySettings settings = new MemorySettings();
    private final FxRobot robot = new FxRobot();
    private Stage stage;
    private ProfileViewModel model;

    @BeforeEach void stage() throws Exception {
        stage = FxToolkit.registerPrimaryStage();
    }

    @AfterEach void close() throws Exception {
        FxToolkit.cleanupStages();
    }

    private static <T> T fx(Callable<T> action) {
        T value = WaitForAsyncUtils.waitForAsyncFx(20_000, action);
        WaitForAsyncUtils.waitForFxEvents();
        return value;
    }

    private static void act(Runnable action) {
        fx(() -> {
            action.run();
            return null;
        });
    }

    private <V extends Region> V show(Profile profile, java.util.function.Function<ProfileViewModel, V> make) {
        return fx(() -> {
            model = new ProfileViewModel(profile, tasks);
            V view = make.apply(model);
            var scene = new Scene(view, 990, 700);
            Look.dress(scene, Tokens.LIGHT, Look.FONT_SIZE);
            stage.setX(0);
            stage.setY(0);
            stage.setScene(scene);
            stage.show();
            return view;
        });
    }

    private static void run(List<Command> commands, String id) {
        Command command = commands.stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
        act(() -> {
            assertTrue(command.enabled().get(), () -> id + " is not enabled");
            command.run().run();
        });
    }

    @SuppressWarnings("unchecked")
    private static <T extends Node> T find(Node root, String selector) {
        return (T) root.lookup(selector);
    }

    private CallTreeView tree(Profile profile) {
        return show(profile, m -> new CallTreeView(m, ports, settings, tasks));
    }

    @SuppressWarnings("unchecked")
    private static TableView<TreeLine> table(CallTreeView view) {
        return (TableView<TreeLine>) view.focusTarget();
    }

    private static TreeLine selectedLine(CallTreeView view) {
        return fx(() -> table(view).getSelectionModel().getSelectedItem());
    }

    private static String selectedFunction(CallTreeView view, CallTreeRows rows) {
        TreeLine line = selectedLine(view);
        return line == null ? null : rows.analysis().frames().name(rows.function(line.row()));
    }

    private static int lines(CallTreeView view) {
        return fx(() -> table(view).getItems().size());
    }

    @Test void theHotPathOpensAndTheSelectionIsShared() {
        CallTreeView view = tree(sample.stacks());
        var rows = fx(() -> new CallTreeRows(model.analysis().get()));
        int before = lines(view);
        act(() -> {
            table(view).getSelectionModel().select(0);
            table(view).requestFocus();
        });
        assertEquals("<module>", model.profile().frames().name(model.selected().get()));
        robot.type(KeyCode.H);
        WaitForAsyncUtils.waitForFxEvents();
        assertTrue(lines(view) > before);
        TreeLine end = selectedLine(view);
        assertTrue(end.depth() > 0);
        assertEquals(rows.function(end.row()), model.selected().get());
        act(() -> model.selected().set(sample.walk));
        assertEquals("walk", selectedFunction(view, rows));
        run(view.commands(), "profile.tree.collapse-all");
        assertEquals(1, lines(view));
    }

    @Test void arrowKeysOpenCloseAndClimb() {
        CallTreeView view = tree(sample.stacks());
        run(view.commands(), "profile.tree.collapse-all");
        act(() -> {
            table(view).getSelectionModel().select(0);
            table(view).requestFocus();
        });
        robot.type(KeyCode.RIGHT);
        WaitForAsyncUtils.waitForFxEvents();
        assertTrue(lines(view) > 1 && selectedLine(view).open());
        robot.type(KeyCode.RIGHT).type(KeyCode.RIGHT).type(KeyCode.RIGHT);
        WaitForAsyncUtils.waitForFxEvents();
        assertEquals(2, selectedLine(view).depth());
        assertEquals(selectedLine(view).row(), new CallTreeRow.Down(3));
        robot.type(KeyCode.LEFT).type(KeyCode.LEFT);
        WaitForAsyncUtils.waitForFxEvents();
        assertEquals(1, selectedLine(view).depth());
        assertFalse(selectedLine(view).open());
        act(() -> table(view).getSelectionModel().clearAndSelect(0));
        run(view.commands(), "profile.tree.expand-all");
        int open = lines(view);
        assertTrue(open > 100 && open <= 2001, open + " lines");
        act(() -> model.selected().set(sample.walk));
        robot.type(KeyCode.HOME);
        WaitForAsyncUtils.waitForFxEvents();
        robot.type(KeyCode.LEFT);
        WaitForAsyncUtils.waitForFxEvents();
        assertEquals(1, lines(view));
        assertEquals("<module>", model.profile().frames().name(model.selected().get()), "what was selected inside is gone");
    }

    @Test void percentagesNameWhatTheyAreOf() {
        CallTreeView view = tree(sample.stacks());
        act(() -> model.selected().set(sample.walk));
        TableColumn<TreeLine, ?> total = fx(() -> table(view).getColumns().get(1));
        assertEquals("Total, % of all", total.getText());
        run(view.commands(), "profile.tree.copy");
        assertTrue(ports.copied.getLast().startsWith("Function\tTotal, % of all\tSelf, % of all"), ports.copied.getLast());
        act(() -> model.base().set(CostBase.PARENT));
        assertEquals("Total, % of parent", total.getText());
        double part = model.analysis().get().tree().total(((CallTreeRow.Down) selectedLine(view).row()).node())
                / model.analysis().get().tree().total(((CallTreeRow.Down) selectedLine(view).parent().row()).node());
        run(view.commands(), "profile.tree.copy");
        assertTrue(ports.copied.getLast().contains("\t" + serpentarium.base.Quantity.share(part) + "\t"), ports.copied.getLast());
        act(() -> model.base().set(new CostBase.Of(sample.walk)));
        assertEquals("Total, % of walk", total.getText());
        act(() -> model.percent().set(false));
        assertEquals("Total", total.getText());
    }

    @Test void bottomUpShowsLeavesAndHidesWhatSaysNothing() {
        CallTreeView view = tree(sample.graph());
        assertEquals(6, fx(() -> table(view).getColumns().size()));
        robot.clickOn("#tree-bottom-up");
        WaitForAsyncUtils.waitForFxEvents();
        assertEquals(4, fx(() -> table(view).getColumns().size()));
        TreeLine first = fx(() -> table(view).getItems().getFirst());
        int dearest = model.analysis().get().functions().bySelf()[0];
        assertEquals(dearest, ((CallTreeRow.Up) first.row()).node().frame());
        act(() -> model.selected().set(sample.parseRows));
        assertEquals(sample.parseRows, ((CallTreeRow.Up) selectedLine(view).row()).node().frame());
        robot.clickOn("#tree-top-down");
        WaitForAsyncUtils.waitForFxEvents();
        assertEquals(List.of("function", "total", "self", "interval", "module", "place"),
                fx(() -> table(view).getColumns().stream().map(column -> column.getId()).toList()));
        assertEquals(sample.parseRows, model.selected().get(), "the selection outlives the mode");
    }

    @Test void rowsAndSubtreesAreCopied() {
        CallTreeView view = tree(sample.graph());
        act(() -> {
            table(view).getSelectionModel().selectRange(0, 2);
            table(view).requestFocus();
        });
        run(view.commands(), "profile.tree.copy");
        String[] lines = ports.copied.getLast().split("\n");
        assertEquals(3, lines.length);
        assertEquals("Function\tTotal, % of all\tSelf, % of all\tPossible total\tModule\tFile", lines[0]);
        assertTrue(lines[1].startsWith("<module>\t100.0 %\t"), lines[1]);
        assertTrue(lines[2].endsWith("\treport\treport.py:80"), lines[2]);
        run(view.commands(), "profile.tree.copy-markdown");
        assertTrue(ports.copied.getLast().contains("| \\<module\\> | 100.0 % |"), ports.copied.getLast());
        run(view.commands(), "profile.tree.copy-subtree");
        assertTrue(ports.copied.getLast().contains("100.0 %    gather") || ports.copied.getLast().lines().count() > 20, ports.copied.getLast());
    }

    @Test void aTreeOfAMillionNodesOpensAtOnceAndTurnsPages() {
        CallTreeView view = tree(CallTreeRowsTest.wide(500_000));
        long begin = System.nanoTime();
        assertEquals(502, lines(view), "the trunk is open");
        act(() -> table(view).getSelectionModel().clearAndSelect(501));
        run(view.commands(), "profile.tree.select");
        assertEquals(1002, lines(view));
        act(() -> model.selected().set(1_700));
        assertEquals(1_700, ((CallTreeRow.Down) selectedLine(view).row()).node() / 2, "pages turn until the row is there");
        assertTrue(System.nanoTime() - begin < 5e9, "took too long");
    }

    @Test void aTreeAHundredThousandDeepOpensToItsEnd() {
        var chain = new StackTree.Builder(1);
        var names = new FrameTable.Builder();
        int node = 0;
        for (int i = 0; i < 100_000; i++) node = chain.child(node, names.intern("f" + i, "a.py", null, i + 1));
        chain.addSelf(0, node, 1);
        CallTreeView view = tree(CallTreeRowsTest.profile(names.build(), chain.build()));
        long begin = System.nanoTime();
        act(() -> model.selected().set(390));
        assertEquals(new CallTreeRow.Down(391), selectedLine(view).row());
        run(view.commands(), "profile.tree.expand-hot");
        assertEquals(99_999, model.selected().get());
        act(() -> model.selected().set(50_000));
        assertEquals(50_000, selectedLine(view).depth());
        run(view.commands(), "profile.tree.collapse-all");
        act(() -> model.selected().set(99_998));
        assertEquals(99_998, selectedLine(view).depth());
        run(view.commands(), "profile.tree.copy-subtree");
        long took = System.nanoTime() - begin;
        assertTrue(took < 5e9, () -> "took " + took / 1e9 + " s");
    }

    @Test void costsThatTheFileDoesNotKnowAreNamedSo() {
        var names = new FrameTable.Builder();
        int caller = names.intern("caller", "a.py", null, 1);
        int callee = names.intern("callee", "a.py", null, 9);
        var graph = new CallGraph.Builder(1, true, false, false);
        graph.addSelf(0, caller, 1);
        graph.addTotal(0, caller, 3);
        graph.addSelf(0, callee, 2);
        graph.addTotal(0, callee, 2);
        int edge = graph.edge(caller, callee);
        graph.edgeCalls().set(edge, 7);
        graph.addEdgeTotal(0, edge, Double.NaN);
        var info = new ProfileInfo("pstats", null, null, List.of(new Event("time", "Time", Unit.SECONDS, 3)), List.of(new ThreadInfo("main", 3)), List.of());
        RelationsView view = show(new Profile.Graph(info, names.build(), LineCosts.NONE, List.of(graph.build(2))),
                m -> new RelationsView(m, ports, settings, tasks));
        act(() -> model.selected().set(callee));
        run(view.commands(), "profile.relations.copy-callers");
        assertEquals("caller\t7\tunknown (the file counts calls only)\t–\ta.py:1", ports.copied.getLast().lines().toList().getLast());
    }

    private FunctionTableView functions(Profile profile) {
        return show(profile, m -> new FunctionTableView(m, ports, settings, tasks));
    }

    @SuppressWarnings("unchecked")
    private static TableView<Integer> table(FunctionTableView view) {
        return (TableView<Integer>) view.focusTarget();
    }

    private static void assertSorted(FunctionTableView view, java.util.function.IntToDoubleFunction cost, boolean descending) {
        List<Integer> rows = fx(() -> List.copyOf(table(view).getItems()));
        for (int i = 1; i < rows.size(); i++) {
            double step = cost.applyAsDouble(rows.get(i - 1)) - cost.applyAsDouble(rows.get(i));
            assertTrue(descending ? step >= 0 : step <= 0, "row " + i);
        }
    }

    /// The robot's own click does nothing to a header: on the headless platform every button is said to open context menus.
    private static void click(Node header) {
        act(() -> header.fireEvent(new MouseEvent(MouseEvent.MOUSE_RELEASED, 5, 5, 5, 5, MouseButton.PRIMARY, 1, false, false, false, false,
                true, false, false, false, false, true, null)));
    }

    @Test void headersSortNumbersGreatestFirst() {
        FunctionTableView view = functions(sample.graph());
        var functions = model.analysis().get().functions();
        assertSorted(view, functions::self, true);
        Node header = fx(() -> view.lookupAll(".column-header").stream().filter(node -> node instanceof Region
                && node.lookup(".label") instanceof Label label && label.getText().equals("Total")).findFirst().orElseThrow());
        click(header);
        assertSorted(view, functions::total, true);
        click(header);
        assertSorted(view, functions::total, false);
        click(header);
        assertSorted(view, functions::total, true);
        run(view.commands(), "profile.functions.by-self");
        assertSorted(view, functions::self, true);
        assertEquals(TableColumn.SortType.DESCENDING, fx(() -> table(view).getSortOrder().getFirst().getSortType()));
    }

    @Test void theFilterNarrowsAndCounts() {
        FunctionTableView view = functions(sample.graph());
        Label count = find(view, "#functions-count");
        assertEquals("286 functions", count.getText());
        act(() -> table(view).requestFocus());
        run(view.commands(), "profile.functions.filter");
        robot.write("parse_r");
        WaitForAsyncUtils.waitForFxEvents();
        assertEquals(List.of(sample.parseRows), fx(() -> List.copyOf(table(view).getItems())));
        assertEquals("1 of 286 functions", count.getText());
        robot.type(KeyCode.ENTER);
        WaitForAsyncUtils.waitForFxEvents();
        assertEquals(sample.parseRows, model.selected().get(), "Enter in the filter goes to the first row");
        run(view.commands(), "profile.functions.filter");
        robot.type(KeyCode.ESCAPE);
        WaitForAsyncUtils.waitForFxEvents();
        assertEquals("286 functions", count.getText());
        assertEquals(sample.parseRows, fx(() -> table(view).getSelectionModel().getSelectedItem()), "the selection outlives the filter");
    }

    @Test void functionsAreCopiedWithWholePaths() {
        FunctionTableView view = functions(sample.graph());
        act(() -> model.selected().set(sample.walk));
        run(view.commands(), "profile.functions.copy");
        String[] lines = ports.copied.getLast().split("\n");
        assertEquals("Function\tSelf\tTotal\tCalls\tSelf/call\tTotal/call\tModule\tFile", lines[0]);
        assertTrue(lines[1].startsWith("walk\t") && lines[1].contains("3,928/1,515") && lines[1].endsWith("report.py:52"), lines[1]);
    }

    @Test void columnsAreRemembered() throws Exception {
        FunctionTableView view = functions(sample.graph());
        act(() -> {
            var columns = table(view).getColumns();
            columns.get(6).setVisible(false);
            columns.add(1, columns.remove(2));
        });
        WaitForAsyncUtils.waitFor(5, java.util.concurrent.TimeUnit.SECONDS, () -> settings.texts("profile.functions.columns").stream()
                .anyMatch(line -> line.startsWith("module ") && line.endsWith("false")));
        FunctionTableView again = functions(sample.graph());
        assertEquals(List.of("function", "total", "self"), fx(() -> table(again).getColumns().stream().limit(3).map(TableColumn::getId).toList()));
        assertFalse(fx(() -> table(again).getColumns().get(6).isVisible()));
        FunctionTableView samples = functions(sample.stacks());
        assertEquals(List.of("function", "self", "total", "module", "place"), fx(() -> table(samples).getColumns().stream().map(TableColumn::getId).toList()));
    }

    @Test void relationsFollowTheSelection() {
        RelationsView view = show(sample.graph(), m -> new RelationsView(m, ports, settings, tasks));
        assertNull(view.getTop());
        assertNotNull(find(view, ".empty-hint"));
        act(() -> model.selected().set(sample.walk));
        assertEquals("3,928/1,515", ProfileTablesTest.<Label>find(view, "#relations-calls").getText());
        assertEquals("report.py:52", ProfileTablesTest.<Label>find(view, "#relations-place").getText());
        TableView<?> callers = find(view, "#relations-callers");
        assertEquals(3, callers.getItems().size());
        act(() -> callers.getSelectionModel().select(0));
        run(view.commands(), "profile.relations.caller");
        assertEquals(sample.main, model.selected().get());
        robot.press(KeyCode.ALT).type(KeyCode.LEFT).release(KeyCode.ALT);
        WaitForAsyncUtils.waitForFxEvents();
        if (model.selected().get() != sample.walk) run(view.commands(), "profile.relations.back");
        assertEquals(sample.walk, model.selected().get());
        run(view.commands(), "profile.relations.forward");
        assertEquals(sample.main, model.selected().get());
        run(view.commands(), "profile.relations.copy-callees");
        assertTrue(ports.copied.getLast().startsWith("Function\tCalls\tSelf\tTotal\tShare\tFile\ngather\t"), ports.copied.getLast());
    }

    private SourceView source(Profile profile, Path file) {
        return show(profile, m -> new SourceView(m, ports, settings, tasks, file));
    }

    @Test void theSourceIsShownAtTheDefinition() {
        SourceView view = source(sample.stacks(), Path.of("src/test/resources/serpentarium/profile/ui/run.prof"));
        act(() -> model.selected().set(sample.walk));
        var area = (CodeArea) view.focusTarget();
        assertTrue(area.getText(51).startsWith("def walk("), area.getText(51));
        assertTrue(area.getParagraph(51).getParagraphStyle().contains("definition-line"));
        assertTrue(fx(() -> area.getStyleOfChar(51, 1).contains("code-keyword") && area.getStyleOfChar(51, 5).contains("code-definition")));
        assertFalse(area.isEditable());
        act(() -> model.selected().set(sample.main));
        assertFalse(area.getParagraph(51).getParagraphStyle().contains("definition-line"));
        assertTrue(area.getParagraph(79).getParagraphStyle().contains("definition-line"));
        assertEquals(79, area.getCurrentParagraph());
    }

    @Test void aMissingSourceSaysWhyAndCanBeChosen() {
        SourceView view = source(sample.stacks(), null);
        assertTrue(ProfileTablesTest.<Label>find(view, "#source-explanation").getText().startsWith("Select a function"));
        act(() -> model.selected().set(278));
        assertTrue(ProfileTablesTest.<Label>find(view, "#source-explanation").getText().startsWith("Built in"));
        act(() -> model.selected().set(sample.walk));
        assertEquals("The file report.py is not on this machine.", ProfileTablesTest.<Label>find(view, "#source-explanation").getText());
        ports.open = List.of(Path.of("src/test/resources/serpentarium/profile/ui/report.py"));
        robot.clickOn(ProfileTablesTest.<Button>find(view, "#source-choose"));
        WaitForAsyncUtils.waitForFxEvents();
        assertEquals(List.of("Where is report.py?"), ports.asked);
        assertTrue(((CodeArea) view.focusTarget()).getText(51).startsWith("def walk("));
        assertEquals(2, settings.texts("profile.source.map").size());
        run(view.commands(), "profile.source.copy-path");
        assertEquals("report.py:52", ports.copied.getLast());
    }
}
