package serpentarium.profile.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import org.fxmisc.richtext.CodeArea;
import org.junit.jupiter.api.Test;
import org.testfx.util.WaitForAsyncUtils;
import serpentarium.profile.CallGraph;
import serpentarium.profile.Event;
import serpentarium.profile.FrameTable;
import serpentarium.profile.LineCosts;
import serpentarium.profile.Profile;
import serpentarium.profile.ProfileInfo;
import serpentarium.profile.StackTree;
import serpentarium.profile.ThreadInfo;
import serpentarium.profile.Unit;

/// The tables and the source on a stage.
class ProfileTablesTest extends OnStage {
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
        assertEquals("Function\tSelf, % of all\tTotal, % of all\tCalls\tSelf/call\tTotal/call\tModule\tFile", lines[0]);
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

    @Test void everyEventHasItsColumns() {
        var names = new FrameTable.Builder();
        int a = names.intern("a", "a.py", null, 1);
        int b = names.intern("b", "a.py", null, 9);
        var tree = new StackTree.Builder(2);
        int at = tree.child(0, a);
        tree.addSelf(0, at, 1);
        tree.addSelf(1, at, 6);
        at = tree.child(at, b);
        tree.addSelf(0, at, 3);
        tree.addSelf(1, at, 2);
        var info = new ProfileInfo("x", null, null, List.of(new Event("Ir", "Ir", Unit.COUNT, 4), new Event("Time (10ns)", "Time", Unit.COUNT, 8)),
                List.of(new ThreadInfo("main", 4)), List.of());
        FunctionTableView view = functions(new Profile.Stacks(info, names.build(), LineCosts.NONE, List.of(tree.build())));
        run(view.commands(), "profile.functions.all-events");
        TableColumn<Integer, ?> time = fx(() -> table(view).getColumns().stream().filter(c -> "self@Time_(10ns)".equals(c.getId())).findFirst().orElseThrow());
        assertEquals("Self Time (10ns), %", time.getText());
        assertTrue(time.isVisible());
        act(() -> model.selected().set(b));
        run(view.commands(), "profile.functions.copy");
        assertTrue(ports.copied.getLast().endsWith("b\t75.0 %\t75.0 %\ta\ta.py:9\t75.0 %\t25.0 %\n"), ports.copied.getLast());
        assertEquals(List.of(b, a), fx(() -> List.copyOf(table(view).getItems())));
        act(() -> {
            time.setSortType(TableColumn.SortType.DESCENDING);
            table(view).getSortOrder().setAll(List.of(time));
        });
        assertEquals(List.of(a, b), fx(() -> List.copyOf(table(view).getItems())), "by an event that is not picked");
        act(() -> model.base().set(new CostBase.Of(b)));
        run(view.commands(), "profile.functions.copy-markdown");
        assertTrue(ports.copied.getLast().startsWith("| Function | Self, % of b | Total, % of b |"), ports.copied.getLast());
        run(view.commands(), "profile.functions.all-events");
        assertFalse(time.isVisible());
    }

    @Test void relationsFollowTheSelection() {
        RelationsView view = show(sample.graph(), m -> new RelationsView(m, ports, settings, tasks));
        assertNull(view.getTop());
        assertNotNull(find(view, ".empty-hint"));
        act(() -> model.selected().set(sample.walk));
        assertEquals("3,928/1,515", OnStage.<Label>find(view, "#relations-calls").getText());
        assertEquals("report.py:52", OnStage.<Label>find(view, "#relations-place").getText());
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

    @Test void allCallersAreExactForStacksAndDistancesForSums() {
        RelationsView view = show(sample.stacks(), m -> new RelationsView(m, ports, settings, tasks));
        act(() -> model.selected().set(sample.walk));
        TableView<serpentarium.profile.analysis.Relations.Relation> callers = find(view, "#relations-callers");
        int direct = callers.getItems().size();
        run(view.commands(), "profile.relations.all");
        assertTrue(callers.getItems().size() > direct);
        var module = callers.getItems().stream().filter(each -> each.function() == 0).findFirst().orElseThrow();
        assertEquals(model.analysis().get().functions().total(sample.walk), module.total(), 1e-9, "all of it is below the module");
        assertEquals(2, module.distance());
        run(view.commands(), "profile.relations.copy-callers");
        assertTrue(ports.copied.getLast().startsWith("Function\tCalls away\tSelf\tTotal\tShare\tFile\n"), ports.copied.getLast());
        RelationsView sums = show(sample.graph(), m -> new RelationsView(m, ports, settings, tasks));
        act(() -> model.selected().set(sample.walk));
        TableView<serpentarium.profile.analysis.Relations.Relation> again = find(sums, "#relations-callers");
        assertTrue(again.getItems().stream().anyMatch(each -> each.distance() > 1 && Double.isNaN(each.total())), "the switch is remembered");
        run(sums.commands(), "profile.relations.copy-callers");
        assertTrue(ports.copied.getLast().contains("<module>\t2\t–\t–\t–\t–\t"), ports.copied.getLast());
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

    @Test void theDearestLineAndTotalsAreFound() {
        SourceView view = source(sample.stacks(), Path.of("src/test/resources/serpentarium/profile/ui/run.prof"));
        act(() -> model.selected().set(sample.walk));
        var area = (CodeArea) view.focusTarget();
        SourceHeat lines = SourceHeat.of(model.analysis().get(), SampleProfile.FILE, false);
        run(view.commands(), "profile.source.hottest");
        assertEquals(lines.hottest(), area.getCurrentParagraph() + 1);
        assertTrue(lines.byLine() && lines.at(lines.hottest()) == lines.greatest());
        run(view.commands(), "profile.source.total");
        SourceHeat totals = SourceHeat.of(model.analysis().get(), SampleProfile.FILE, true);
        assertEquals(model.analysis().get().functions().total(sample.walk), totals.at(52));
        run(view.commands(), "profile.source.hottest");
        assertEquals(1, area.getCurrentParagraph() + 1, "the module costs most in all");
        assertEquals("true", settings.text("profile.source.total").orElseThrow());
    }

    @Test void foldersOfOtherMachinesAreListedAddedAndRemoved() {
        var changed = new java.util.ArrayList<List<String>>();
        var folders = fx(() -> {
            var made = new SourceFolders(List.of("/app", "/home/ana/app"), changed::add);
            stage.setScene(new javafx.scene.Scene(made, 700, 300));
            stage.show();
            return made;
        });
        act(() -> {
            ((javafx.scene.control.TextField) folders.lookup("#source-folder-from")).setText("/srv");
            ((javafx.scene.control.TextField) folders.lookup("#source-folder-to")).setText("/home/ana/srv");
            ((Button) folders.lookup("#source-folder-add")).fire();
        });
        assertEquals(List.of("/srv", "/home/ana/srv", "/app", "/home/ana/app"), changed.getLast());
        act(() -> {
            ((javafx.scene.control.ListView<?>) folders.lookup("#source-folders")).getSelectionModel().select(1);
            ((Button) folders.lookup("#source-folder-remove")).fire();
        });
        assertEquals(List.of("/srv", "/home/ana/srv"), changed.getLast());
    }

    @Test void aMissingSourceSaysWhyAndCanBeChosen() {
        SourceView view = source(sample.stacks(), null);
        assertTrue(OnStage.<Label>find(view, "#source-explanation").getText().startsWith("Select a function"));
        act(() -> model.selected().set(278));
        assertTrue(OnStage.<Label>find(view, "#source-explanation").getText().startsWith("No source"));
        act(() -> model.selected().set(sample.walk));
        assertEquals("The file report.py is not on this machine.", OnStage.<Label>find(view, "#source-explanation").getText());
        ports.open = List.of(Path.of("src/test/resources/serpentarium/profile/ui/report.py"));
        robot.clickOn(OnStage.<Button>find(view, "#source-choose"));
        WaitForAsyncUtils.waitForFxEvents();
        assertEquals(List.of("Where is report.py?"), ports.asked);
        assertTrue(((CodeArea) view.focusTarget()).getText(51).startsWith("def walk("));
        assertEquals(2, settings.texts("profile.source.map").size());
        run(view.commands(), "profile.source.copy-path");
        assertEquals("report.py:52", ports.copied.getLast());
    }
}
