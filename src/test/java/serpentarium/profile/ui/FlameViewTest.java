package serpentarium.profile.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.MenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.ScrollEvent;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;
import serpentarium.kit.MemorySettings;
import serpentarium.kit.RecordingPorts;
import serpentarium.kit.Theme;
import serpentarium.profile.Profile;
import serpentarium.task.InlineTasks;

@ExtendWith(ApplicationExtension.class)
class FlameViewTest {
    private final RecordingPorts ports = new RecordingPorts();
    private ProfileViewModel model;
    private FlameView view;

    @Start void start(Stage stage) {
        var tasks = new InlineTasks();
        model = new ProfileViewModel(FlameSamples.stacks(3, 0.02), tasks);
        view = new FlameView(model, new Theme(), ports, new MemorySettings(), tasks);
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

    private int widest(int depth) {
        return view.scene().layout().at(depth, 1e-9);
    }

    private void moveTo(FxRobot robot, int node) {
        var viewport = view.viewport();
        double x = Math.clamp((viewport.x(view.scene().layout().left(node)) + viewport.x(view.scene().layout().right(node))) / 2, 3,
                viewport.width() - 3);
        var point = view.surface().localToScreen(x, viewport.y(view.scene().layout().row(node)) + 8);
        robot.moveTo(point);
    }

    @Test void aClickSelectsInAllViews(FxRobot robot) {
        int node = widest(3);
        moveTo(robot, node);
        robot.clickOn(MouseButton.PRIMARY);
        assertEquals(node, view.selectedBox().get());
        assertEquals(view.scene().layout().frame(node), model.selected().get());
        robot.interact(() -> model.selected().set(view.scene().layout().frame(widest(1))));
        assertEquals(-1, view.selectedBox().get());
    }

    @Test void keysZoomAndReset(FxRobot robot) {
        robot.type(KeyCode.W);
        assertTrue(view.magnification() > 1.3);
        robot.type(KeyCode.MINUS);
        assertEquals(1, view.magnification(), 1e-9);
        robot.type(KeyCode.W, KeyCode.W, KeyCode.D);
        assertTrue(view.viewport().left() > 0);
        robot.type(KeyCode.DIGIT0);
        assertEquals(1, view.magnification());
        robot.type(KeyCode.DOWN, KeyCode.DOWN, KeyCode.DOWN, KeyCode.DOWN);
        int node = view.selectedBox().get();
        assertEquals(3, view.scene().layout().row(node));
        robot.type(KeyCode.ENTER);
        assertEquals(node, view.viewport().focus());
        robot.type(KeyCode.ESCAPE);
        assertEquals(1, view.magnification());
        assertEquals(node, view.selectedBox().get());
        robot.type(KeyCode.ESCAPE);
        assertEquals(-1, view.selectedBox().get());
    }

    @Test void arrowsWalkFromBoxToBox(FxRobot robot) {
        robot.type(KeyCode.DOWN, KeyCode.DOWN, KeyCode.DOWN, KeyCode.DOWN, KeyCode.DOWN);
        int node = view.selectedBox().get();
        assertEquals(widest(4), node);
        robot.type(KeyCode.RIGHT);
        assertEquals(view.scene().layout().neighbour(node, 1), view.selectedBox().get());
        assertEquals(view.scene().layout().row(node), view.scene().layout().row(view.selectedBox().get()));
        robot.type(KeyCode.LEFT);
        assertEquals(node, view.selectedBox().get());
        robot.type(KeyCode.UP);
        assertEquals(view.scene().layout().parent(node), view.selectedBox().get());
    }

    @Test void aDoubleClickZoomsAndTheWayBackIsAButton(FxRobot robot) {
        int node = widest(4);
        int wanted = view.scene().layout().neighbour(node, 1);
        moveTo(robot, wanted);
        robot.doubleClickOn(MouseButton.PRIMARY);
        assertEquals(wanted, view.viewport().focus());
        assertTrue(view.magnification() > 1);
        Button root = robot.lookup(".flame-crumb").query();
        robot.interact(root::fire);
        assertEquals(1, view.magnification());
    }

    @Test void theWheelZoomsAtThePointerAndDraggingMoves(FxRobot robot) {
        var viewport = view.viewport();
        double at = viewport.cost(400);
        robot.interact(() -> view.surface().fireEvent(wheel(400, 120, false)));
        assertTrue(view.magnification() > 1.5);
        assertEquals(at, viewport.cost(400), 1e-9 * view.scene().layout().width());
        double left = viewport.left();
        robot.interact(() -> view.surface().fireEvent(wheel(400, -40, true)));
        assertTrue(viewport.left() > left);
        double before = viewport.left();
        robot.moveTo(view.surface().localToScreen(500, 300)).press(MouseButton.PRIMARY).moveBy(-60, 0).release(MouseButton.PRIMARY);
        assertEquals(before + 60 * viewport.pixel(), viewport.left(), 8 * viewport.pixel());
        assertEquals(-1, view.selectedBox().get());
    }

    private static ScrollEvent wheel(double x, double delta, boolean shift) {
        return new ScrollEvent(ScrollEvent.SCROLL, x, 100, x, 100, shift, false, false, false, false, false, 0, delta, 0, delta,
                ScrollEvent.HorizontalTextScrollUnits.NONE, 0, ScrollEvent.VerticalTextScrollUnits.NONE, 0, 0, null);
    }

    @Test void movingThePointerPaintsTheMarksAlone(FxRobot robot) {
        moveTo(robot, widest(2));
        WaitForAsyncUtils.waitForFxEvents();
        int scenes = view.surface().paintedScenes();
        int marks = view.surface().paintedMarks();
        moveTo(robot, widest(5));
        moveTo(robot, widest(6));
        WaitForAsyncUtils.waitForFxEvents();
        assertEquals(scenes, view.surface().paintedScenes());
        assertTrue(view.surface().paintedMarks() > marks);
    }

    @Test void aSearchStandsOut(FxRobot robot) {
        robot.interact(() -> model.query().set("recommend"));
        assertNotNull(view.scene().matches());
        assertTrue(view.scene().matches().size() > 0);
        robot.interact(() -> model.query().set(""));
        assertEquals(null, view.scene().matches());
    }

    @Test void theCardTellsWhatIsKnown(FxRobot robot) {
        int node = widest(3);
        robot.interact(() -> view.showCard(node, 200, 80));
        assertTrue(robot.lookup(".flame-card").query().isVisible());
        assertTrue(robot.lookup(".flame-card .label").<javafx.scene.control.Label>queryAll().stream()
                .anyMatch(label -> label.getText().equals(view.scene().labels().name(node))));
        robot.interact(() -> view.dismissCard());
        assertFalse(robot.lookup(".flame-card").query().isVisible());
    }

    @Test void theMenuCopiesAndSearches(FxRobot robot) {
        int node = widest(3);
        String name = view.scene().labels().name(node);
        var menu = new FlameMenu(view, view.flame(), model, ports);
        for (String id : List.of("copy-name", "copy-details", "copy-text", "search", "select", "zoom"))
            robot.interact(() -> menu.items(node).stream().filter(i -> ("flame-menu-" + id).equals(i.getId())).forEach(MenuItem::fire));
        assertEquals(name, ports.copied.get(0));
        assertTrue(ports.copied.get(1).startsWith(name + "\n"));
        assertTrue(ports.copied.get(2).lines().count() > 5);
        assertEquals(name, model.query().get());
        assertEquals(node, view.selectedBox().get());
        assertEquals(node, view.viewport().focus());
    }

    @Test void picturesAreSaved(FxRobot robot, @TempDir Path folder) throws IOException {
        ports.save = Optional.of(folder.resolve("graph.svg"));
        robot.interact(() -> view.exportSvg());
        assertTrue(Files.readString(ports.save.orElseThrow()).contains("serve_forever"));
        ports.save = Optional.of(folder.resolve("graph.png"));
        robot.interact(() -> view.exportPng());
        var image = ImageIO.read(ports.save.orElseThrow().toFile());
        assertEquals(2 * 1200, image.getWidth());
        assertEquals(2, ports.said.size());
        ports.save = Optional.of(folder.resolve("graph.svg").resolve("within-a-file.png"));
        robot.interact(() -> view.exportPng());
        assertEquals(1, ports.problems.size());
        try (var files = Files.list(folder)) {
            assertEquals(2, files.count());
        }
    }

    @Test void commandsRunWithoutADialog(FxRobot robot) {
        robot.interact(() -> view.commands().stream().filter(command -> !command.id().contains("mode-")).forEach(command -> {
            if (command.enabled().get()) command.run().run();
        }));
        assertTrue(view.commands().stream().anyMatch(command -> command.id().equals("profile.flame.reset-zoom")));
        assertEquals(1, view.magnification());
    }

    @Test void anEmptyProfileSaysSo(FxRobot robot) {
        Profile.Stacks like = FlameSamples.stacks(3, 1);
        var nothing = new Profile.Stacks(like.info(), like.frames(), like.lines(),
                List.of(new serpentarium.profile.StackTree.Builder(1).build()));
        robot.interact(() -> {
            var tasks = new InlineTasks();
            var empty = new FlameView(new ProfileViewModel(nothing, tasks), new Theme(), ports, new MemorySettings(), tasks);
            var scene = new Scene(empty, 500, 300);
            scene.snapshot(null);
            empty.zoom(2);
            empty.walkTo(0);
            empty.zoomTo(0);
            scene.snapshot(null);
        });
        assertTrue(ports.problems.isEmpty());
    }
}
