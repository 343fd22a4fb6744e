package serpentarium.profile.ui;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.Callable;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;
import serpentarium.kit.Command;
import serpentarium.kit.Look;
import serpentarium.kit.MemorySettings;
import serpentarium.kit.RecordingPorts;
import serpentarium.kit.Tokens;
import serpentarium.profile.Profile;
import serpentarium.task.InlineTasks;

/// Views on a stage: show, act, see.
abstract class OnStage {
    final SampleProfile sample = new SampleProfile();
    final InlineTasks tasks = new InlineTasks();
    final RecordingPorts ports = new RecordingPorts();
    final MemorySettings settings = new MemorySettings();
    final FxRobot robot = new FxRobot();
    Stage stage;
    ProfileViewModel model;

    @BeforeEach void stage() throws Exception {
        stage = FxToolkit.registerPrimaryStage();
    }

    @AfterEach void close() throws Exception {
        FxToolkit.cleanupStages();
    }

    static <T> T fx(Callable<T> action) {
        T value = WaitForAsyncUtils.waitForAsyncFx(20_000, action);
        WaitForAsyncUtils.waitForFxEvents();
        return value;
    }

    static void act(Runnable action) {
        fx(() -> {
            action.run();
            return null;
        });
    }

    <V extends Region> V show(Profile profile, java.util.function.Function<ProfileViewModel, V> make) {
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

    static void run(List<Command> commands, String id) {
        Command command = commands.stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
        act(() -> {
            assertTrue(command.enabled().get(), () -> id + " is not enabled");
            command.run().run();
        });
    }

    @SuppressWarnings("unchecked")
    static <T extends Node> T find(Node root, String selector) {
        return (T) root.lookup(selector);
    }
}
