package serpentarium.profile.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static serpentarium.kit.OnFx.fx;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.scene.Scene;
import javafx.scene.control.ComboBox;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;
import serpentarium.kit.Command;
import serpentarium.kit.Look;
import serpentarium.kit.MemorySettings;
import serpentarium.kit.RecordingPorts;
import serpentarium.kit.Theme;
import serpentarium.kit.Tokens;
import serpentarium.profile.Profile;
import serpentarium.task.InlineTasks;

/// The call graph on a stage: show, act, see.
class GraphViewTest {
    private final SampleProfile sample = new SampleProfile();
    private final RecordingPorts ports = new RecordingPorts();
    private final MemorySettings settings = new MemorySettings();
    private final Theme theme = new Theme();
    private Stage stage;
    private ProfileViewModel model;
    private GraphView view;

    @BeforeEach void stage() throws Exception {
        stage = FxToolkit.registerPrimaryStage();
    }

    @AfterEach void close() throws Exception {
        FxToolkit.cleanupStages();
    }

    private static void act(Runnable action) {
        fx(() -> {
            action.run();
            return null;
        });
    }

    private void show(Profile profile) {
        view = fx(() -> {
            model = new ProfileViewModel(profile, new InlineTasks());
            var made = new GraphView(model, theme, ports, settings, new InlineTasks());
            var scene = new Scene(made, 990, 700);
            Look.dress(scene, Tokens.LIGHT, Look.FONT_SIZE);
            stage.setScene(scene);
            stage.show();
            return made;
        });
    }

    private void click(int box, int times) {
        act(() -> {
            double[] local = view.surface().centre(box);
            javafx.geometry.Point2D point = view.surface().localToScene(local[0], local[1]);
            double[] at = {point.getX(), point.getY()};
            view.surface().fireEvent(mouse(MouseEvent.MOUSE_PRESSED, at, times));
            view.surface().fireEvent(mouse(MouseEvent.MOUSE_RELEASED, at, times));
        });
    }

    private static MouseEvent mouse(javafx.event.EventType<MouseEvent> type, double[] at, int times) {
        return new MouseEvent(type, at[0], at[1], at[0], at[1], MouseButton.PRIMARY, times, false, false, false, false, true, false, false, false,
                false, true, null);
    }

    private void key(KeyCode code) {
        act(() -> view.surface().fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false)));
    }

    @Test void aClickSelectsEverywhereAndADoubleClickPutsInTheMiddle() {
        show(sample.graph());
        assertNull(view.scene());
        assertFalse(fx(() -> view.commands().getFirst().enabled().get()));
        act(() -> model.selected().set(sample.walk));
        assertEquals(sample.walk, view.scene().function(0));
        int main = view.scene().shown().box(sample.main);
        assertTrue(main > 0, "its caller is there");
        click(main, 1);
        assertEquals(sample.main, model.selected().get());
        assertEquals(sample.walk, view.scene().function(0), "the middle stays");
        assertEquals(main, view.surface().selected());
        click(main, 2);
        assertEquals(sample.main, view.scene().function(0));
        act(model::back);
        assertEquals(sample.walk, view.scene().function(0), "the history of the selection brings the graph back");
    }

    @Test void keysWalkZoomAndCentre() {
        show(sample.stacks());
        act(() -> model.selected().set(sample.parseRows));
        int caller = view.scene().neighbour(0, true);
        key(KeyCode.LEFT);
        assertEquals(view.scene().function(caller), model.selected().get());
        key(KeyCode.RIGHT);
        double scale = view.surface().scale();
        key(KeyCode.PLUS);
        assertTrue(view.surface().scale() > scale);
        key(KeyCode.DIGIT0);
        key(KeyCode.LEFT);
        int function = model.selected().get();
        key(KeyCode.ENTER);
        assertEquals(function, view.scene().function(0));
    }

    @Test @SuppressWarnings("unchecked") void howMuchIsDrawnIsChosenAndRemembered() {
        show(sample.graph());
        act(() -> model.selected().set(sample.walk));
        int before = view.scene().shown().boxes().size();
        act(() -> ((ComboBox<Integer>) view.lookup("#graph-callees")).setValue(0));
        assertTrue(view.scene().shown().boxes().size() < before);
        assertTrue(view.scene().shown().boxes().stream().allMatch(box -> box.layer() <= 0));
        assertEquals(Optional.of(0.0), settings.number("profile.graph.callees"));
        show(sample.graph());
        assertEquals(0, ((ComboBox<Integer>) fx(() -> view.lookup("#graph-callees"))).getValue());
    }

    @Test void nothingIsComputedWhileNobodyLooks() {
        show(sample.graph());
        act(() -> view.active().set(false));
        act(() -> model.selected().set(sample.walk));
        assertNull(view.scene());
        act(() -> view.active().set(true));
        assertEquals(sample.walk, view.scene().function(0));
    }

    @Test void picturesAreSavedAndTheMenuCopies(@TempDir Path folder) throws Exception {
        show(sample.stacks());
        act(() -> model.selected().set(sample.walk));
        ports.save = Optional.of(folder.resolve("a.svg"));
        run("profile.graph.export-svg");
        String svg = Files.readString(folder.resolve("a.svg"));
        assertTrue(svg.contains("walk") && svg.contains("</svg>"), svg);
        ports.save = Optional.of(folder.resolve("a.png"));
        run("profile.graph.export-png");
        assertTrue(Files.size(folder.resolve("a.png")) > 5_000);
        assertEquals(2, ports.said.size());
        act(() -> view.menuItems(0).stream().filter(item -> "graph-menu-copy-details".equals(item.getId())).findFirst().orElseThrow().fire());
        assertTrue(ports.copied.getLast().startsWith("walk\nreport.py:52\n"), ports.copied.getLast());
        act(() -> view.menuItems(0).stream().filter(item -> "graph-menu-search".equals(item.getId())).findFirst().orElseThrow().fire());
        assertEquals("walk", model.query().get());
        assertTrue(view.scene().found(0));
    }

    private void run(String id) {
        Command command = view.commands().stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
        act(command.run());
    }

    @Test void pictures() throws Exception {
        Screens.write("graph", () -> {
            var shown = new ProfileViewModel(sample.graph(), new InlineTasks());
            var look = new Theme();
            var made = new GraphView(shown, look, ports, new MemorySettings(), new InlineTasks());
            made.sceneProperty().addListener((_, _, scene) -> look.use(Screens.tokens(scene)));
            shown.selected().set(sample.walk);
            shown.query().set("parse");
            return made;
        });
        assertTrue(Files.size(Path.of("target/screens/graph-dark-1600x1000.png")) > 20_000);
        assertEquals(List.of(), ports.problems);
    }
}
