package serpentarium.profile.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import javafx.event.EventType;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;
import serpentarium.kit.MemorySettings;
import serpentarium.kit.RecordingPorts;
import serpentarium.kit.Theme;
import serpentarium.profile.analysis.FlameLayout;
import serpentarium.task.InlineTasks;

/// What can be done in each mode of the flame graph.
@ExtendWith(ApplicationExtension.class)
class FlameModesViewTest {
    private final RecordingPorts ports = new RecordingPorts();
    private final MemorySettings settings = new MemorySettings();
    private ProfileViewModel model;
    private FlameView view;

    @Start void start(Stage stage) {
        var tasks = new InlineTasks();
        model = new ProfileViewModel(FlameSamples.timed(3), tasks);
        view = new FlameView(model, new Theme(), ports, settings, tasks);
        stage.setScene(new Scene(view, 900, 600));
        stage.setX(0);
        stage.setY(0);
        stage.show();
    }

    @BeforeEach void focus(FxRobot robot) {
        robot.interact(() -> view.surface().requestFocus());
    }

    @AfterEach void release(FxRobot robot) {
        robot.release(new KeyCode[0]);
        robot.release(new MouseButton[0]);
    }

    private void use(FxRobot robot, FlameMode mode) {
        robot.interact(() -> {
            model.selected().set(dearest());
            view.use(mode);
        });
        WaitForAsyncUtils.waitForFxEvents();
    }

    private int dearest() {
        return model.analysis().get().functions().bySelf()[0];
    }

    /// A box with a function that one can point at.
    private int someBox() {
        FlameLayout layout = view.scene().layout();
        for (int box = 0; box < layout.size(); box++) {
            double y = view.viewport().y(layout.row(box));
            boolean wide = view.viewport().x(layout.right(box)) - view.viewport().x(layout.left(box)) > 20;
            if (wide && box != layout.trunk() && layout.frame(box) >= 0 && y >= 20 && y < 300) return box;
        }
        throw new AssertionError("no box in sight");
    }

    private void moveTo(FxRobot robot, int box) {
        var at = view.viewport();
        double x = Math.clamp((at.x(view.scene().layout().left(box)) + at.x(view.scene().layout().right(box))) / 2, 3, at.width() - 3);
        robot.moveTo(view.surface().localToScreen(x, at.y(view.scene().layout().row(box)) + 8));
    }

    @Test void keysChangeTheMode(FxRobot robot) {
        robot.interact(() -> model.selected().set(dearest()));
        KeyCode[] keys = {KeyCode.DIGIT1, KeyCode.DIGIT2, KeyCode.DIGIT3, KeyCode.DIGIT4};
        for (FlameMode mode : FlameMode.values()) {
            robot.type(keys[mode.ordinal()]);
            assertEquals(mode, view.flame().shown().get().mode());
            assertTrue(robot.lookup("#flame-mode-" + mode.id()).<ToggleButton>query().isSelected());
            assertTrue(view.scene().layout().width() > 0);
        }
        robot.interact(() -> robot.lookup("#flame-mode-inverted").<ToggleButton>query().fire());
        assertEquals(FlameMode.INVERTED, view.flame().shown().get().mode());
        assertEquals(Optional.of("INVERTED"), settings.text("profile.flame.mode"));
    }

    @Test void withoutTimeThereIsNoTimeOrder(FxRobot robot) {
        robot.interact(() -> {
            var tasks = new InlineTasks();
            var plain = new FlameView(new ProfileViewModel(FlameSamples.stacks(3, 0.1), tasks), new Theme(), ports, new MemorySettings(), tasks);
            new Scene(plain, 900, 600).snapshot(null);
            assertTrue(plain.lookup("#flame-mode-time").isDisabled());
            plain.use(FlameMode.TIME);
            assertEquals(FlameMode.HEAVY, plain.flame().shown().get().mode());
        });
    }

    @ParameterizedTest
    @EnumSource(FlameMode.class)
    void aClickSelectsADoubleClickZoomsTheMouseGoesBack(FlameMode mode, FxRobot robot) {
        use(robot, mode);
        int box = someBox();
        moveTo(robot, box);
        robot.clickOn(MouseButton.PRIMARY);
        assertEquals(box, view.selectedBox().get());
        assertEquals(view.scene().layout().frame(box), model.selected().get());
        assertEquals(mode, view.flame().shown().get().mode());
        WaitForAsyncUtils.sleep(600, java.util.concurrent.TimeUnit.MILLISECONDS);
        robot.doubleClickOn(MouseButton.PRIMARY);
        assertEquals(box, view.viewport().focus());
        robot.type(KeyCode.BACK_SPACE);
        assertEquals(1, view.magnification());
        robot.press(KeyCode.SHIFT).type(KeyCode.BACK_SPACE).release(KeyCode.SHIFT);
        assertEquals(box, view.viewport().focus());
        robot.interact(view::back);
        assertEquals(1, view.magnification());
    }

    @ParameterizedTest
    @EnumSource(FlameMode.class)
    void hoveringPaintsTheMarksAlone(FlameMode mode, FxRobot robot) {
        use(robot, mode);
        moveTo(robot, someBox());
        WaitForAsyncUtils.waitForFxEvents();
        int scenes = view.surface().paintedScenes();
        int marks = view.surface().paintedMarks();
        for (int y = 10; y < 200; y += 30) robot.moveTo(view.surface().localToScreen(300 + y, y));
        WaitForAsyncUtils.waitForFxEvents();
        assertEquals(scenes, view.surface().paintedScenes());
        assertTrue(view.surface().paintedMarks() > marks);
    }

    @ParameterizedTest
    @EnumSource(FlameMode.class)
    void arrowsGoUpAndDownAsItIsDrawn(FlameMode mode, FxRobot robot) {
        use(robot, mode);
        int box = someBox();
        robot.interact(() -> view.select(box));
        FlameLayout layout = view.scene().layout();
        robot.type(KeyCode.UP);
        int above = layout.above(box);
        assertEquals(above >= 0 ? above : box, view.selectedBox().get());
        if (above >= 0) {
            assertEquals(layout.row(box) - 1, layout.row(above));
            robot.type(KeyCode.DOWN);
            assertEquals(layout.row(box), layout.row(view.selectedBox().get()));
        }
    }

    @ParameterizedTest
    @EnumSource(FlameMode.class)
    void matchesAreGoneThroughByCostAndByPosition(FlameMode mode, FxRobot robot) {
        use(robot, mode);
        robot.interact(() -> {
            model.regex().set(true);
            model.query().set("^(re|lo)");
        });
        FlameMatches matches = view.flame().matches().get();
        FlameLayout layout = view.scene().layout();
        if (mode == FlameMode.SANDWICH && matches.count() == 0) return;
        assertTrue(matches.count() > 1);
        robot.interact(() -> view.stepMatch(1));
        int first = view.selectedBox().get();
        robot.interact(() -> view.stepMatch(1));
        int second = view.selectedBox().get();
        assertTrue(layout.right(first) - layout.left(first) >= layout.right(second) - layout.left(second));
        assertTrue(robot.lookup("#flame-match-count").<Label>query().getText().startsWith("2 of "));
        robot.interact(() -> view.stepMatch(-1));
        robot.interact(() -> view.stepMatch(-1));
        assertEquals(matches.byCost()[matches.count() - 1], view.selectedBox().get());
        assertTrue(view.viewport().x(layout.left(view.selectedBox().get())) <= view.viewport().width());
        var seen = new HashSet<Integer>();
        robot.interact(() -> {
            view.select(-1);
            view.byPosition().set(true);
            double before = -1;
            for (int i = 0; i < matches.count(); i++) {
                view.stepMatch(1);
                seen.add(view.selectedBox().get());
                assertTrue(layout.left(view.selectedBox().get()) >= before);
                before = layout.left(view.selectedBox().get());
            }
        });
        assertEquals(matches.count(), seen.size());
    }

    @ParameterizedTest
    @EnumSource(FlameMode.class)
    void theMinimapMovesTheViewAndIsPaintedOnce(FlameMode mode, FxRobot robot) {
        use(robot, mode);
        assertFalse(view.minimap().isVisible());
        robot.interact(() -> view.zoomAt(300, 8));
        WaitForAsyncUtils.waitForFxEvents();
        FlameMinimap map = view.minimap();
        assertTrue(map.isVisible());
        int painted = map.painted();
        double width = map.getWidth();
        double left = view.viewport().left();
        double whole = view.scene().layout().width();
        double inside = (view.viewport().left() + view.viewport().right()) / 2 / whole * width;
        robot.interact(() -> {
            for (var type : List.of(MouseEvent.MOUSE_PRESSED, MouseEvent.MOUSE_DRAGGED)) map.fireEvent(mouse(type, inside + (type == MouseEvent.MOUSE_DRAGGED ? 50 : 0)));
            map.fireEvent(mouse(MouseEvent.MOUSE_RELEASED, inside + 50));
        });
        assertEquals(left + 50 / width * whole, view.viewport().left(), whole * 1e-6);
        assertEquals(8, view.magnification(), 1e-6);
        double outside = view.viewport().right() / whole * width + 40;
        robot.interact(() -> {
            map.fireEvent(mouse(MouseEvent.MOUSE_PRESSED, outside));
            map.fireEvent(mouse(MouseEvent.MOUSE_DRAGGED, outside + 30));
            map.fireEvent(mouse(MouseEvent.MOUSE_RELEASED, outside + 30));
        });
        assertEquals(outside / width * whole, view.viewport().left(), whole * 1e-6);
        assertEquals(30 / width * whole, view.viewport().right() - view.viewport().left(), whole * 1e-6);
        WaitForAsyncUtils.waitForFxEvents();
        assertEquals(painted, map.painted());
        robot.interact(view::reset);
        assertFalse(map.isVisible());
    }

    private static MouseEvent mouse(EventType<MouseEvent> type, double x) {
        return new MouseEvent(type, x, 10, x, 10, MouseButton.PRIMARY, 1, false, false, false, false, true, false, false, false, false, false, null);
    }

    @ParameterizedTest
    @EnumSource(FlameMode.class)
    void everyModeIsSavedAndCopied(FlameMode mode, FxRobot robot, @TempDir Path folder) throws IOException {
        use(robot, mode);
        ports.save = Optional.of(folder.resolve("graph.svg"));
        robot.interact(view::exportSvg);
        String svg = Files.readString(ports.save.orElseThrow());
        int box = someBox();
        assertTrue(svg.contains("<rect") && svg.contains("<title>" + view.scene().labels().name(box).replace("<", "&lt;").replace(">", "&gt;")), svg.substring(0, 400));
        ports.save = Optional.of(folder.resolve("graph.png"));
        robot.interact(view::exportPng);
        assertEquals(2400, ImageIO.read(ports.save.orElseThrow().toFile()).getWidth());
        var menu = new FlameMenu(view, view.flame(), model, ports);
        for (String id : List.of("copy-stack", "copy-text", "copy-markdown"))
            robot.interact(() -> menu.items(box).stream().filter(item -> ("flame-menu-" + id).equals(item.getId())).forEach(javafx.scene.control.MenuItem::fire));
        String name = view.scene().labels().name(box);
        assertTrue(List.of(ports.copied.get(0).split("\n")).getLast().startsWith(name));
        assertTrue(ports.copied.get(1).lines().findFirst().orElseThrow().endsWith(view.scene().labels().label(box)));
        assertTrue(ports.copied.get(2).startsWith("- ") && ports.copied.get(2).contains("`" + name + "`"));
        assertTrue(ports.problems.isEmpty());
    }

    @Test void theMenuDrawsTheSandwichOfAFunction(FxRobot robot) {
        int box = someBox();
        int function = view.scene().layout().frame(box);
        var menu = new FlameMenu(view, view.flame(), model, ports);
        robot.interact(() -> menu.items(box).stream().filter(item -> "flame-menu-sandwich".equals(item.getId())).forEach(javafx.scene.control.MenuItem::fire));
        FlameLayout layout = view.scene().layout();
        assertEquals(FlameMode.SANDWICH, view.flame().shown().get().mode());
        assertEquals(function, layout.frame(layout.trunk()));
        int other = someBox();
        robot.interact(() -> view.select(other));
        assertEquals(function, view.scene().layout().frame(view.scene().layout().trunk()), "a click in it draws no other");
        robot.interact(() -> model.selected().set(function));
        int elsewhere = model.analysis().get().functions().bySelf()[1];
        robot.interact(() -> model.selected().set(elsewhere));
        assertEquals(elsewhere, view.scene().layout().frame(view.scene().layout().trunk()));
    }

    @Test void coloursTellWhatIsChosenAndAreRemembered(FxRobot robot) {
        int box = someBox();
        var fills = new HashSet<Integer>();
        var legends = new HashSet<String>();
        for (FlameColoring coloring : FlameColoring.values()) {
            robot.interact(() -> view.flame().coloring().set(coloring));
            fills.add(view.scene().fill(box));
            legends.add(robot.lookup(".flame-legend .label").<Label>queryAll().stream().map(Label::getText).toList().toString());
            if (coloring != FlameColoring.ORIGIN) assertEquals(Optional.of(coloring.name()), settings.text("profile.flame.coloring"));
        }
        assertTrue(fills.size() >= 3);
        assertEquals(FlameColoring.values().length, legends.size());
        robot.interact(() -> {
            var again = new FlameView(model, new Theme(), ports, settings, new InlineTasks());
            assertEquals(FlameColoring.SELF, again.flame().coloring().get());
        });
    }

    @Test void pickedThreadsAreTheLanes(FxRobot robot) {
        use(robot, FlameMode.TIME);
        assertEquals(3, view.scene().layout().lanes());
        robot.interact(() -> model.threads().set(java.util.Set.of(0, 2)));
        assertEquals(2, view.scene().layout().lanes());
        assertNotEquals(-1, view.scene().layout().lane(view.scene().layout().at(1, view.scene().layout().width() / 2)));
        robot.interact(() -> model.threads().set(java.util.Set.of(1)));
        assertEquals(0, view.scene().layout().lanes());
        assertTrue(view.scene().labels().name(0).startsWith("Worker-1"));
    }
}
