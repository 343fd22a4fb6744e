package serpentarium.traffic.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static serpentarium.kit.OnFx.fx;

import java.nio.file.Path;
import java.util.List;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;
import serpentarium.kit.Command;
import serpentarium.kit.FxThread;
import serpentarium.kit.Look;
import serpentarium.kit.MemorySettings;
import serpentarium.kit.RecordingPorts;
import serpentarium.kit.Theme;
import serpentarium.kit.Tokens;
import serpentarium.task.InlineTasks;
import serpentarium.task.TaskContext;
import serpentarium.traffic.analysis.FlowScope;
import serpentarium.traffic.engine.OpenTraffic;
import serpentarium.traffic.engine.SessionContent;
import serpentarium.traffic.engine.TrafficReader;
import serpentarium.traffic.format.ReadOptions;

/// The pane's views on a stage: show, act, see.
class TrafficViewTest {
    @TempDir Path folder;
    private final RecordingPorts ports = new RecordingPorts();
    private final MemorySettings settings = new MemorySettings();
    private OpenTraffic opened;

    @AfterEach void close() throws Exception {
        FxToolkit.cleanupStages();
        opened.close();
    }

    private TrafficView show() throws Exception {
        Path session = folder.resolve("s");
        SampleTraffic.session(session, 500).close();
        opened = new TrafficReader(List.of()).open(session, ReadOptions.NONE, TaskContext.detached());
        Stage stage = FxToolkit.registerPrimaryStage();
        return fx(() -> {
            var with = new TrafficPane.Surroundings(new InlineTasks(), ports, settings, new Theme(), new FxThread());
            var view = new TrafficView(opened, new SessionContent(opened.session()), with);
            var scene = new Scene(view, 1000, 700);
            Look.dress(scene, Tokens.LIGHT, Look.FONT_SIZE);
            stage.setScene(scene);
            stage.show();
            return view;
        });
    }

    private static void run(TrafficView view, String id) {
        Command command = view.commands().stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
        fx(() -> {
            assertTrue(command.runIfEnabled(), () -> id + " is not enabled");
            return null;
        });
    }

    @SuppressWarnings("unchecked")
    private static TableView<Integer> table(TrafficView view) {
        return (TableView<Integer>) view.lookup("#flows");
    }

    @Test void filtersMarksDeletesAndBringsBack() throws Exception {
        TrafficView view = show();
        assertEquals(500, table(view).getItems().size());
        fx(() -> {
            view.model().filterText().set("method = POST");
            table(view).getSelectionModel().selectIndices(0, 1);
            return null;
        });
        int posts = table(view).getItems().size();
        assertTrue(posts > 10 && posts < 500);
        int first = table(view).getItems().getFirst();
        run(view, "traffic.flow.mark");
        assertEquals(":star:", opened.session().table().mark(first));
        run(view, "traffic.flow.copy");
        assertTrue(ports.copied.getFirst().lines().count() == 3 && ports.copied.getFirst().contains("POST"));
        run(view, "traffic.flow.delete");
        assertEquals(posts - 2, table(view).getItems().size());
        run(view, "traffic.flow.undo");
        assertEquals(posts, table(view).getItems().size());
        assertEquals(first, table(view).getItems().getFirst());
    }

    @Test void whatIsSelectedStaysSelectedWhenSorted() throws Exception {
        TrafficView view = show();
        fx(() -> {
            table(view).getSelectionModel().clearAndSelect(123);
            return null;
        });
        run(view, "traffic.flow.slowest");
        assertEquals(123, table(view).getSelectionModel().getSelectedItem());
        assertEquals(123, view.model().selected().get());
    }

    @Test void whatRestrictsTheListIsSeenAndClearedOneByOne() throws Exception {
        TrafficView view = show();
        assertFalse(view.lookup("#restrictions").isVisible());
        fx(() -> {
            view.model().scope().set(new FlowScope.Host(view.model().table().get().origin(0)));
            view.model().brush().set(new FlowScope.Brushed(0, 2e9, 0, 0.05));
            return null;
        });
        int both = table(view).getItems().size();
        int[] rows = view.model().shown().get().array();
        assertTrue(both > 0 && java.util.Arrays.stream(rows).allMatch(row -> view.model().table().get().duration(row) <= 0.05
                && view.model().table().get().origin(row) == view.model().table().get().origin(0)), "both hold");
        List<String> chips = view.lookupAll("#restrictions .filter-chip .label").stream().map(each -> ((Label) each).getText()).toList();
        assertEquals(2, chips.size(), chips::toString);
        assertEquals("http://shop.test:8000", chips.getFirst());
        fx(() -> {
            ((Button) view.lookup("#restrictions .filter-cross")).fire();
            return null;
        });
        assertTrue(view.model().scope().get() instanceof FlowScope.All);
        assertTrue(table(view).getItems().size() > both);
        fx(() -> {
            ((Button) view.lookup("#restrictions .filter-cross")).fire();
            return null;
        });
        assertEquals(500, table(view).getItems().size());
        assertFalse(view.lookup("#restrictions").isVisible());
    }

    @Test void anEmptyListSaysWhatHidesEverythingAndClearsIt() throws Exception {
        TrafficView view = show();
        fx(() -> {
            view.model().filterText().set("status = 299");
            return null;
        });
        assertEquals(0, table(view).getItems().size());
        assertTrue(((Label) view.lookup("#no-flows .empty-state-text")).getText().contains("500 flows are hidden by: filter status = 299"));
        fx(() -> {
            ((Button) view.lookup("#no-flows .button")).fire();
            return null;
        });
        assertEquals(500, table(view).getItems().size());
    }

    @Test void severalFlowsAreMarkedDeletedBroughtBackAndExported() throws Exception {
        TrafficView view = show();
        fx(() -> {
            table(view).getSelectionModel().selectIndices(3, 5, 9);
            return null;
        });
        run(view, "traffic.flow.mark");
        for (int row : new int[] {3, 5, 9}) assertEquals(":star:", opened.session().table().mark(row));
        run(view, "traffic.flow.undo");
        for (int row : new int[] {3, 5, 9}) assertEquals("", opened.session().table().mark(row));
        run(view, "traffic.flow.delete");
        assertEquals(497, table(view).getItems().size());
        run(view, "traffic.flow.undo");
        assertEquals(500, table(view).getItems().size());
        fx(() -> {
            table(view).getSelectionModel().clearSelection();
            table(view).getSelectionModel().selectIndices(3, 5, 9);
            return null;
        });
        Path out = folder.resolve("three.har");
        ports.save = java.util.Optional.of(out);
        fx(() -> {
            var form = new TrafficExport(view.model().session(), view::selectedRows, new InlineTasks(), ports).form(view.model(), true, () -> { });
            new Scene(form);
            ((Button) form.lookup("#export-save")).fire();
            return null;
        });
        String har = java.nio.file.Files.readString(out);
        assertEquals(3, har.split("\"startedDateTime\"", -1).length - 1);
        assertFalse(har.contains("eyJhbGciOiJIUzI1NiJ9"));
    }

    @Test void relatedFlowsAreGoneToAndBack() throws Exception {
        TrafficView view = show();
        fx(() -> {
            view.model().selected().set(21);
            view.detail().front("summary");
            return null;
        });
        List<Fact> facts = FlowFacts.summary(view.detail().loaded());
        Fact cause = facts.stream().filter(fact -> fact.name().equals("Caused by")).findFirst().orElseThrow();
        assertEquals(20, cause.row());
        assertEquals(List.of(22, 23), facts.stream().filter(fact -> fact.row() >= 0 && fact.row() != 20).map(Fact::row).toList());
        TableView<?> lines = view.detail().node().lookupAll(".fact-table").stream().map(TableView.class::cast)
                .filter(each -> each.getItems().contains(cause)).findFirst().orElseThrow();
        fx(() -> {
            lines.getSelectionModel().clearAndSelect(facts.indexOf(cause));
            javafx.event.Event.fireEvent(lines, new javafx.scene.input.KeyEvent(javafx.scene.input.KeyEvent.KEY_PRESSED, "", "", javafx.scene.input.KeyCode.ENTER,
                    false, false, false, false));
            return null;
        });
        assertEquals(20, view.model().selected().get());
        assertEquals(20, table(view).getSelectionModel().getSelectedItem());
        run(view, "traffic.back");
        assertEquals(21, view.model().selected().get());
        run(view, "traffic.forward");
        assertEquals(20, view.model().selected().get());
    }

    @Test void theSwitchMasksEveryPlaceOfTheWindow() throws Exception {
        TrafficView view = show();
        fx(() -> {
            view.model().selected().set(1);
            view.showView("search");
            view.search().find("authorization: bearer");
            return null;
        });
        assertTrue(seen(view).contains("eyJhbGciOiJIUzI1NiJ9"), "it is there without the mask");
        fx(() -> {
            ((javafx.scene.control.ToggleButton) view.lookup("#mask")).fire();
            return null;
        });
        assertTrue(view.model().masked().get());
        assertTrue(seen(view).contains("Secrets masked"));
        assertFalse(seen(view).contains("eyJhbGciOiJIUzI1NiJ9"), () -> seen(view));
        for (String each : TrafficView.VIEWS) {
            fx(() -> {
                view.showView(each);
                return null;
            });
            assertFalse(seen(view).contains("eyJhbGciOiJIUzI1NiJ9"), each);
        }
    }

    private static String seen(TrafficView view) {
        var seen = new StringBuilder();
        fx(() -> {
            view.applyCss();
            view.layout();
            for (var node : view.lookupAll("*")) {
                if (node instanceof javafx.scene.control.Labeled label) seen.append(label.getText()).append('\n');
                if (node instanceof javafx.scene.text.Text text) seen.append(text.getText()).append('\n');
            }
            return null;
        });
        return seen.toString();
    }

    @Test void theListDoesNotJumpWhileItGrowsAndFollowsItsEnd() throws Exception {
        TrafficView view = show();
        scroll(view, 200);
        int first = firstSeen(view);
        grow(view, 500, 700);
        assertEquals(700, table(view).getItems().size());
        assertEquals(first, firstSeen(view));
        run(view, "traffic.flow.slowest");
        scroll(view, 300);
        first = firstSeen(view);
        grow(view, 700, 900);
        assertEquals(900, table(view).getItems().size());
        assertEquals(first, firstSeen(view), "what is read stays where it is, although others came before it");
        run(view, "traffic.flow.as-begun");
        scroll(view, 899);
        grow(view, 900, 950);
        int last = fx(() -> flow(view).getLastVisibleCell().getIndex());
        assertTrue(last >= 948, () -> "it does not stand at the end but at " + last);
    }

    private static void grow(TrafficView view, int from, int to) throws Exception {
        SampleTraffic.fill((serpentarium.traffic.engine.DiskSession) view.model().session(), from, to);
        fx(() -> {
            view.model().pulse();
            return null;
        });
        pulse(view);
    }

    private static void scroll(TrafficView view, int place) {
        fx(() -> {
            table(view).scrollTo(place);
            return null;
        });
        pulse(view);
    }

    private static void pulse(TrafficView view) {
        for (int i = 0; i < 4; i++)
            fx(() -> {
                view.applyCss();
                view.layout();
                return null;
            });
    }

    private static javafx.scene.control.skin.VirtualFlow<?> flow(TrafficView view) {
        return (javafx.scene.control.skin.VirtualFlow<?>) table(view).lookup(".virtual-flow");
    }

    private static int firstSeen(TrafficView view) {
        return fx(() -> table(view).getItems().get(flow(view).getFirstVisibleCell().getIndex()));
    }

    @Test void columnsAreRememberedOverRestarts() throws Exception {
        TrafficView view = show();
        fx(() -> {
            var columns = table(view).getColumns();
            var comment = columns.stream().filter(column -> "comment".equals(column.getId())).findFirst().orElseThrow();
            comment.setVisible(false);
            columns.remove(comment);
            columns.addFirst(comment);
            var added = (FlowListView) table(view).getParent();
            added.added().add(new serpentarium.traffic.analysis.FlowValue.Header("x-request-id"));
            return null;
        });
        WaitForAsyncUtils.waitFor(10, java.util.concurrent.TimeUnit.SECONDS, () -> settings.texts("traffic.columns").stream().anyMatch(each -> each.startsWith("header")));
        var again = fx(() -> new FlowListView(view.model(), new TrafficPane.Surroundings(new InlineTasks(), ports, settings, new Theme(), new FxThread())));
        assertEquals("comment", again.table().getColumns().getFirst().getId());
        assertFalse(again.table().getColumns().getFirst().isVisible());
        assertEquals("x-request-id", again.table().getColumns().getLast().getText());
    }

    @Test void aHitIsShownWhereItIs() throws Exception {
        TrafficView view = show();
        fx(() -> {
            view.showView("search");
            view.search().find("KeyError");
            return null;
        });
        run(view, "traffic.next-hit");
        pulse(view);
        assertEquals("1 of 1", matches(view));
        fx(() -> {
            view.search().find("tick 3");
            return null;
        });
        run(view, "traffic.next-hit");
        assertEquals(3, view.detail().messages().table().getSelectionModel().getSelectedItem());
    }

    private static String matches(TrafficView view) {
        return view.detail().node().lookupAll(".search-field-matches").stream().map(each -> ((Label) each).getText()).filter(text -> !text.isEmpty()).findFirst().orElse("");
    }

    @Test void theTreeCountsAllFlowsWhateverItIsMadeBy() throws Exception {
        TrafficView view = show();
        fx(() -> {
            ((javafx.scene.control.ComboBox<?>) view.lookup(".flow-tree-view .combo-box")).getSelectionModel().selectLast();
            return null;
        });
        var tree = (javafx.scene.control.TreeView<?>) view.lookup("#flow-tree");
        assertEquals(500, ((serpentarium.traffic.analysis.FlowGroup) tree.getRoot().getValue()).count());
        assertEquals(125, tree.getRoot().getChildren().size());
    }

    @Test void listAndDetailAreReachedByKeys() throws Exception {
        TrafficView view = show();
        run(view, "traffic.show-charts");
        assertFalse(view.lookupAll(".flow-detail").contains(view.detail().node()), "charts have the whole place");
        run(view, "traffic.show-list");
        assertTrue(table(view).isFocused());
        fx(() -> {
            table(view).getSelectionModel().clearAndSelect(4);
            return null;
        });
        run(view, "traffic.show-detail");
        assertTrue(view.detail().node().lookup(".detail-tabs").isFocused());
    }
}
