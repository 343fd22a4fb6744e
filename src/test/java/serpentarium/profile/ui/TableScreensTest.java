package serpentarium.profile.ui;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.scene.Parent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;
import serpentarium.kit.Command;
import serpentarium.kit.MemorySettings;
import serpentarium.kit.RecordingPorts;
import serpentarium.profile.Profile;
import serpentarium.task.InlineTasks;

/// Pictures of the four views, light and dark, to be looked at.
class TableScreensTest {
    private final SampleProfile sample = new SampleProfile();
    private final InlineTasks tasks = new InlineTasks();

    @BeforeAll static void toolkit() throws Exception {
        FxToolkit.registerPrimaryStage();
    }

    private ProfileViewModel model(Profile profile) {
        return new ProfileViewModel(profile, tasks);
    }

    private static void run(java.util.List<Command> commands, String id) {
        commands.stream().filter(command -> command.id().equals(id)).findFirst().orElseThrow().run().run();
    }

    private static void written(String name) throws IOException {
        assertTrue(Files.size(Path.of("target/screens", name + "-dark-1600x1000.png")) > 20_000, "an almost empty picture");
    }

    @Test void tree() throws Exception {
        Screens.write("tree", () -> {
            ProfileViewModel model = model(sample.graph());
            var view = new CallTreeView(model, new RecordingPorts(), new MemorySettings(), tasks);
            model.query().set("parse");
            for (int function : new int[] {60, 61, 62, 30, 100, 120, 140, sample.walk}) model.selected().set(function);
            run(view.commands(), "profile.tree.expand-hot");
            return view;
        });
        Screens.write("tree-up", () -> {
            ProfileViewModel model = model(sample.stacks());
            var view = new CallTreeView(model, new RecordingPorts(), new MemorySettings(), tasks);
            model.percent().set(false);
            run(view.commands(), "profile.tree.bottom-up");
            run(view.commands(), "profile.tree.expand-hot");
            return view;
        });
        written("tree");
    }

    @Test void functions() throws Exception {
        Screens.write("functions", () -> {
            ProfileViewModel model = model(sample.graph());
            var view = new FunctionTableView(model, new RecordingPorts(), new MemorySettings(), tasks);
            model.query().set("pa");
            model.selected().set(sample.parseRows);
            return view;
        });
        Screens.write("functions-filtered", () -> {
            var view = new FunctionTableView(model(sample.stacks()), new RecordingPorts(), new MemorySettings(), tasks);
            view.filter().set("read");
            return view;
        });
        written("functions");
    }

    @Test void relations() throws Exception {
        Screens.write("relations", () -> relations(sample.walk));
        Screens.write("relations-empty", () -> relations(-1));
        written("relations");
    }

    private Parent relations(int function) {
        ProfileViewModel model = model(sample.graph());
        model.selected().set(function);
        return new RelationsView(model, new RecordingPorts(), new MemorySettings(), tasks);
    }

    @Test void source() throws Exception {
        Path profile = Path.of("src/test/resources/serpentarium/profile/ui/report.prof");
        Screens.write("source", () -> {
            ProfileViewModel model = model(sample.stacks());
            model.selected().set(sample.walk);
            return new SourceView(model, new RecordingPorts(), new MemorySettings(), tasks, profile);
        });
        Screens.write("source-missing", () -> {
            ProfileViewModel model = model(sample.graph());
            model.selected().set(200);
            return new SourceView(model, new RecordingPorts(), new MemorySettings(), tasks, profile);
        });
        written("source");
    }
}
