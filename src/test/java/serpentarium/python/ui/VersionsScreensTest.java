package serpentarium.python.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static serpentarium.kit.OnFx.fx;
import static serpentarium.kit.OnFx.until;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javafx.scene.Parent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.kit.Shots;
import serpentarium.kit.StyleWarnings;
import serpentarium.python.ui.install.BuildViewModel;

/// Pictures of the pane, light and dark, to be looked at.
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class VersionsScreensTest {
    @TempDir Path folder;
    private BuildStage stage;

    @AfterEach void close() throws Exception {
        if (stage != null) stage.close();
    }

    private void open(Map<String, String> how) throws Exception {
        stage = new BuildStage(folder, how);
    }

    private void show(String view) {
        stage.on.act(() -> {
            stage.on.document.showView(view);
            return null;
        });
    }

    private void shoot(String name) throws Exception {
        try (var warnings = new StyleWarnings()) {
            Shots.write("versions-" + name, _ -> (Parent) stage.on.document.view());
            assertEquals(List.of(), warnings.said());
        }
        assertTrue(Files.size(Path.of("target/screens", "versions-" + name + "-dark-1600x1000.png")) > 30_000, "an almost empty picture");
    }

    @Test void aPinThatIsMissing() throws Exception {
        open(Map.of());
        Files.writeString(stage.project.resolve(".python-version"), "3.7.4\n");
        stage.open();
        shoot("missing");
    }

    @Test void aPlainFolderAndWhatACompilerNeeds() throws Exception {
        open(Map.of());
        stage.open();
        shoot("plain");
        stage.on.act(() -> {
            stage.on.document.model().rows().stream().filter(row -> row.facts().filter(facts -> facts.compiles()).isPresent()).findFirst()
                    .ifPresent(stage.on.document.model().selected()::set);
            return null;
        });
        show("headers");
        shoot("headers");
        show("packages");
        shoot("packages");
        show("versions");
        stage.on.press("#detail-versions-set-local");
        stage.on.act(() -> {
            stage.on.document.commands().getValue().stream().filter(each -> each.id().equals("versions.choose")).findFirst().orElseThrow().run().run();
            return null;
        });
        shoot("choose");
    }

    @Test void pinsAndWhatWouldMissAVersion() throws Exception {
        open(Map.of());
        for (String name : List.of("zoo", "a/deeper/one", "library"))
            Files.writeString(Files.createDirectories(stage.project.resolve(name)).resolve(".python-version"), name.equals("zoo") ? "3.7.4\n" : "3.9.18\n3.12\n");
        stage.open();
        show("pins");
        until("the pins were found", 20, () -> stage.on.document.view().lookup("#pins-table .table-row-cell:broken") != null);
        shoot("pins");
        show("versions");
        stage.on.press("#detail-versions-remove");
        until("it is asked", 20, () -> stage.on.document.view().lookup("#remove-go") != null);
        shoot("remove");
    }

    @Test void whatIsChosenAndABuildThatRuns() throws Exception {
        open(Map.of("FAKE_WAIT", "compile"));
        stage.open().choose();
        shoot("install");
        BuildViewModel build = stage.start();
        until("it compiles", 60, () -> build.lines().stream().anyMatch(line -> line.text().contains("slow.o")));
        shoot("build");
        fx(() -> {
            build.cancel();
            return null;
        });
        until("it was cancelled", 30, () -> !build.running().get());
    }

    @Test void aBuildThatFailed() throws Exception {
        open(Map.of("FAKE_FAIL", "1"));
        stage.open().choose();
        BuildViewModel build = stage.start();
        until("it failed", 60, () -> !build.running().get());
        shoot("failed");
    }
}
