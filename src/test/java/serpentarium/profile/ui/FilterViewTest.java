package serpentarium.profile.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;
import serpentarium.kit.Command;
import serpentarium.kit.FxThread;
import serpentarium.kit.Look;
import serpentarium.kit.MemorySettings;
import serpentarium.kit.RecordingPorts;
import serpentarium.kit.Theme;
import serpentarium.kit.Tokens;
import serpentarium.profile.Profile;
import serpentarium.profile.analysis.CallTree;
import serpentarium.profile.analysis.EstimateMode;
import serpentarium.profile.analysis.Filter;
import serpentarium.profile.analysis.FunctionMatch;
import serpentarium.task.InlineTasks;

/// The bars above the views on a stage: chips, the thread picker, the strip of time, the modes of an estimate; and pictures of them.
class FilterViewTest {
    private final SampleProfile sample = new SampleProfile();
    private final MemorySettings settings = new MemorySettings();
    private final FxRobot robot = new FxRobot();
    private Stage stage;
    private ProfileView view;

    @BeforeEach void stage() throws Exception {
        stage = FxToolkit.registerPrimaryStage();
    }

    private static <T> T fx(Callable<T> action) {
        return WaitForAsyncUtils.waitForAsyncFx(10_000, action);
    }

    private ProfileView view(Profile profile, Tokens tokens) {
        var theme = new Theme();
        theme.use(tokens);
        return new ProfileView(Path.of("x.prof"), profile, new ProfilePane.Surroundings(new InlineTasks(), new RecordingPorts(), settings, theme, new FxThread()));
    }

    private ProfileViewModel show(Profile profile) {
        view = fx(() -> {
            ProfileView made = view(profile, Tokens.LIGHT);
            var scene = new Scene(new StackPane(made), 1200, 760);
            Look.dress(scene, Tokens.LIGHT, Look.FONT_SIZE);
            stage.setScene(scene);
            stage.show();
            return made;
        });
        WaitForAsyncUtils.waitForFxEvents();
        return view.model();
    }

    private <N extends Node> List<N> all(String selector, Class<N> type) {
        return fx(() -> view.lookupAll(selector).stream().filter(type::isInstance).map(type::cast).toList());
    }

    private void press(Node node, KeyCode code) {
        robot.interact(() -> node.fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false)));
        WaitForAsyncUtils.waitForFxEvents();
    }

    private static void run(List<Command> commands, String id) {
        assertTrue(commands.stream().filter(command -> command.id().equals(id)).findFirst().orElseThrow().runIfEnabled(), id);
    }

    @Test void chipsAreMadeEditedSwitchedAndRemovedByKeys() {
        ProfileViewModel model = show(TimedSample.profile(3));
        MenuButton add = all(".filter-add", MenuButton.class).getFirst();
        MenuItem hide = add.getItems().stream().filter(item -> "filter-new-hide".equals(item.getId())).findFirst().orElseThrow();
        robot.interact(hide::fire);
        WaitForAsyncUtils.waitForFxEvents();
        TextField field = all(".filter-editor .text-field", TextField.class).getFirst();
        robot.interact(() -> field.setText("json"));
        press(field, KeyCode.ENTER);
        assertEquals(List.of(new Filter.Hide(new FunctionMatch.Text("json", false))), model.filters().active());

        FilterChip chip = all(".filter-chip", FilterChip.class).getFirst();
        press(chip, KeyCode.ENTER);
        TextField again = all(".filter-editor .text-field", TextField.class).getFirst();
        ToggleButton regex = all(".filter-editor .toggle-button", ToggleButton.class).getFirst();
        robot.interact(() -> {
            regex.setSelected(true);
            again.setText("(");
        });
        press(again, KeyCode.ENTER);
        assertEquals(List.of(new Filter.Hide(new FunctionMatch.Text("json", false))), model.filters().active(), "no filter by half an expression");
        robot.interact(() -> again.setText("^lo"));
        press(again, KeyCode.ENTER);
        assertEquals(List.of(new Filter.Hide(new FunctionMatch.Text("^lo", true))), model.filters().active());

        robot.interact(() -> all(".filter-chip", FilterChip.class).getFirst().requestFocus());
        press(all(".filter-chip", FilterChip.class).getFirst(), KeyCode.SPACE);
        assertTrue(model.filters().active().isEmpty());
        assertEquals(1, model.filters().entries().size());
        assertTrue(fx(() -> all(".filter-chip", FilterChip.class).getFirst().isFocused()), "the focus stays");
        press(all(".filter-chip", FilterChip.class).getFirst(), KeyCode.DELETE);
        assertTrue(model.filters().entries().isEmpty());
        assertTrue(all(".filter-bar", FilterBar.class).stream().noneMatch(Node::isVisible), "no bar without filters");
        robot.interact(() -> run(view.commands(), "profile.filter.undo"));
        assertEquals(1, model.filters().entries().size());
    }

    @Test void escapeLeavesADraft() {
        ProfileViewModel model = show(TimedSample.profile(1));
        robot.interact(() -> ((MenuButton) view.lookup(".filter-add")).getItems().getFirst().fire());
        WaitForAsyncUtils.waitForFxEvents();
        press(all(".filter-editor .text-field", TextField.class).getFirst(), KeyCode.ESCAPE);
        assertTrue(all(".filter-editor", FilterEditor.class).isEmpty());
        assertTrue(model.filters().entries().isEmpty());
    }

    @Test void commandsFilterBySelectedFunctionAndNothingLeftIsSaid() {
        ProfileViewModel model = show(TimedSample.profile(2));
        robot.interact(() -> {
            model.selected().set(4);
            run(view.commands(), "profile.filter.show");
            run(view.commands(), "profile.filter.hide");
        });
        assertEquals(List.of(new Filter.ShowOnly(new FunctionMatch.One(4)), new Filter.Hide(new FunctionMatch.One(4))), model.filters().active());
        assertTrue(fx(() -> view.lookup(".nothing-left").isVisible()));
        Button clear = fx(() -> (Button) view.lookup(".nothing-left .accent"));
        robot.interact(clear::fire);
        assertFalse(fx(() -> view.lookup(".nothing-left").isVisible()));
        assertTrue(model.filters().entries().isEmpty());
        robot.interact(() -> {
            run(view.commands(), "profile.filter.mine");
            run(view.commands(), "profile.filter.mine");
        });
        assertTrue(model.filters().entries().isEmpty(), "the second time takes it away");
        robot.interact(() -> model.threads().set(Set.of()));
        assertTrue(fx(() -> view.lookup(".nothing-left").isVisible()), "no thread is said too");
    }

    @Test void theFlameGraphsMenuFiltersByItsBox() {
        ProfileViewModel model = show(TimedSample.profile(1));
        var flame = all(".flame-view", FlameView.class).getFirst();
        int node = fx(() -> {
            CallTree tree = model.analysis().get().tree();
            for (int n = 1; n < tree.size(); n++) if (tree.frame(n) == 4) return n;
            return -1;
        });
        robot.interact(() -> new FlameMenu(flame, flame.flame(), model, new RecordingPorts()).items(node).stream()
                .filter(item -> "profile.filter.start".equals(item.getId())).findFirst().orElseThrow().fire());
        assertEquals(List.of(new Filter.StartAt(new FunctionMatch.One(4))), model.filters().active());
        robot.interact(() -> {
            model.filters().clear();
            model.filters().add(Filter.OnlyMine.PROJECT);
        });
        CallTree folded = model.analysis().get().tree();
        int fold = java.util.stream.IntStream.range(0, folded.size()).filter(n -> folded.kind(n) == CallTree.FOLDED).findFirst().orElseThrow();
        robot.interact(() -> new FlameMenu(flame, flame.flame(), model, new RecordingPorts()).items(fold).stream()
                .filter(item -> "profile.filter.open-fold".equals(item.getId())).findFirst().orElseThrow().fire());
        assertEquals(1, model.filters().find(Filter.OnlyMine.class).orElseThrow().opened().size());
        robot.interact(() -> {
            model.filters().clear();
            model.filters().add(Filter.OnlyMine.PROJECT);
        });
        robot.interact(() -> {
            var menu = new FlameMenu(flame, flame.flame(), model, new RecordingPorts());
            assertFalse(menu.openFold(0), "the root is no fold");
            assertTrue(menu.openFold(fold), "what a double click does");
        });
        assertEquals(1, model.filters().find(Filter.OnlyMine.class).orElseThrow().opened().size());
    }

    @Test void threadsArePickedByKeys() {
        ProfileViewModel model = show(TimedSample.profile(12));
        ThreadPicker picker = all(".thread-picker", ThreadPicker.class).getFirst();
        assertEquals("All 12 threads", picker.getText());
        robot.interact(picker::open);
        WaitForAsyncUtils.waitForFxEvents();
        var list = picker.list();
        assertEquals(14, list.getItems().size(), "two processes and their threads");
        robot.interact(() -> list.getSelectionModel().select(0));
        press(list, KeyCode.SPACE);
        assertEquals(4, model.threads().get().size());
        press(list, KeyCode.SPACE);
        robot.interact(() -> list.getSelectionModel().select(1));
        press(list, KeyCode.ENTER);
        assertEquals(Set.of(0), model.threads().get());
        assertEquals("MainThread", picker.getText());
        robot.interact(() -> list.getSelectionModel().select(2));
        press(list, KeyCode.SPACE);
        assertEquals("2 of 12 threads", picker.getText());
        robot.interact(picker::open);
    }

    @Test void theStripSetsTheRange() {
        ProfileViewModel model = show(TimedSample.profile(3));
        TimeStrip strip = all(".time-strip", TimeStrip.class).getFirst();
        double width = fx(strip::getWidth);
        drag(strip, width * 0.25, width * 0.5);
        Filter.TimeRange range = model.timeRange();
        assertEquals(model.timeSpan().begin() + 0.25 * model.timeSpan().length(), range.from(), 0.02);
        assertEquals(model.timeSpan().begin() + 0.5 * model.timeSpan().length(), range.to(), 0.02);
        drag(strip, width * 0.5, width * 0.75);
        assertEquals(model.timeSpan().begin() + 0.75 * model.timeSpan().length(), model.timeRange().to(), 0.02);
        assertEquals(range.from(), model.timeRange().from(), 1e-9, "its edge was moved");
        press(strip, KeyCode.RIGHT);
        assertTrue(model.timeRange().from() > range.from());
        robot.interact(() -> model.filters().undo());
        press(strip, KeyCode.ESCAPE);
        assertNull(model.timeRange());
        robot.interact(() -> run(view.commands(), "profile.time"));
        assertFalse(fx(strip::isVisible));
        assertEquals("true", settings.text("profile.time.hidden").orElseThrow());
    }

    private void drag(TimeStrip strip, double from, double to) {
        robot.interact(() -> {
            strip.fireEvent(mouse(MouseEvent.MOUSE_PRESSED, from, 1));
            strip.fireEvent(mouse(MouseEvent.MOUSE_DRAGGED, (from + to) / 2, 1));
            strip.fireEvent(mouse(MouseEvent.MOUSE_DRAGGED, to, 1));
            strip.fireEvent(mouse(MouseEvent.MOUSE_RELEASED, to, 1));
        });
        WaitForAsyncUtils.waitForFxEvents();
    }

    private static MouseEvent mouse(javafx.event.EventType<MouseEvent> type, double x, int clicks) {
        return new MouseEvent(type, x, 20, x, 20, MouseButton.PRIMARY, clicks, false, false, false, false, true, false, false, true, false, true, null);
    }

    @Test void estimatesHaveThreeModes() {
        ProfileViewModel model = show(sample.graph());
        robot.interact(() -> {
            model.selected().set(sample.parseRows);
            ((ToggleButton) view.lookup("#estimate-edges")).fire();
        });
        assertEquals(new EstimateMode.EdgesOf(sample.parseRows), model.estimateMode().get());
        var callers = fx(() -> view.lookupAll(".banner .hyperlink").stream().map(javafx.scene.control.Hyperlink.class::cast).filter(link -> link.getText().startsWith("gather"))
                .toList());
        assertEquals(1, callers.size(), "who calls it is listed above");
        robot.interact(callers.getFirst()::fire);
        assertEquals("gather", model.analysis().get().frames().name(model.analysis().get().tree().frame(1)));
        robot.interact(() -> ((ToggleButton) view.lookup("#estimate-exact")).fire());
        assertEquals(EstimateMode.EXACT_ONLY, model.estimateMode().get());
        assertTrue(fx(() -> view.lookupAll(".banner .label").stream().map(Label.class::cast).anyMatch(label -> label.getText().contains("only what it proves"))));
    }

    @Test void pictures() throws Exception {
        Screens.write("filters", tokens -> {
            ProfileView made = view(TimedSample.profile(20), tokens);
            made.model().filters().add(Filter.OnlyMine.PROJECT);
            made.model().filters().add(new Filter.ShowOnly(new FunctionMatch.One(1)));
            made.model().filters().add(new Filter.Hide(new FunctionMatch.Text("json", false)));
            made.model().filters().add(new Filter.TimeRange(2.2, 6.4));
            made.model().filters().toggle(2);
            return made;
        });
        Screens.write("filters-apart", tokens -> {
            ProfileView made = view(TimedSample.profile(4), tokens);
            made.model().filters().add(new Filter.ApartByThread());
            made.model().filters().add(Filter.CollapseRecursion.ALL);
            made.model().percentOfAll().set(true);
            made.showView("tree");
            return made;
        });
        Screens.write("filters-nothing", tokens -> {
            ProfileView made = view(TimedSample.profile(2), tokens);
            made.model().filters().add(new Filter.ShowOnly(new FunctionMatch.Text("no such function", false)));
            return made;
        });
        Screens.write("estimate-exact", tokens -> {
            ProfileView made = view(sample.graph(), tokens);
            made.model().estimateMode().set(EstimateMode.EXACT_ONLY);
            return made;
        });
        Screens.write("estimate-edges", tokens -> {
            ProfileView made = view(sample.graph(), tokens);
            made.model().selected().set(sample.parseRows);
            made.model().estimateMode().set(new EstimateMode.EdgesOf(sample.parseRows));
            return made;
        });
        Screens.write("threads", _ -> {
            var model = new ProfileViewModel(TimedSample.profile(20), new InlineTasks());
            model.threads().set(Set.of(0, 1, 2, 8, 9));
            Parent content = new ThreadPicker(model).content();
            content.setStyle("-fx-max-width: 460; -fx-max-height: 460;");
            return new StackPane(content);
        });
        for (String name : List.of("filters", "filters-apart", "filters-nothing", "estimate-exact", "estimate-edges", "threads"))
            assertTrue(Files.size(Path.of("target/screens", name + "-dark-1600x1000.png")) > 15_000, name + " is almost empty");
    }
}
