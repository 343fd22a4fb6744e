package serpentarium.profile.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.testfx.util.WaitForAsyncUtils;
import serpentarium.profile.FrameTable;
import serpentarium.profile.Profile;
import serpentarium.profile.StackTree;

/// The call tree on a stage.
class CallTreeViewTest extends OnStage {
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
}
