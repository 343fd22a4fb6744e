package serpentarium.python.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static serpentarium.kit.OnFx.fx;
import static serpentarium.kit.OnFx.until;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.python.engine.build.BuildOutcome;
import serpentarium.python.ui.install.BuildViewModel;

/// Installing, removing and checking, through the pane.
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class VersionsActsTest {
    @TempDir Path folder;
    private BuildStage stage;

    @AfterEach void close() throws Exception {
        if (stage != null) stage.close();
    }

    private void open(Map<String, String> how) throws Exception {
        stage = new BuildStage(folder, how).open();
    }

    private List<String> names() {
        return fx(() -> stage.on.document.model().rows().stream().filter(VersionRow::pyenv).map(VersionRow::name).toList());
    }

    private String said(String selector) {
        return fx(() -> stage.on.document.view().lookup(selector).lookupAll(".label").stream().map(each -> ((Label) each).getText()).collect(Collectors.joining("\n")));
    }

    private BuildOutcome build() {
        stage.choose();
        BuildViewModel build = stage.start();
        until("the build ended", 90, () -> !build.running().get());
        return fx(() -> build.outcome().get()).orElseThrow(() -> new AssertionError(stage.on.ports.problems));
    }

    @Test void aVersionIsInstalledAndListed() throws Exception {
        open(Map.of());
        assertInstanceOf(BuildOutcome.Installed.class, build());
        assertTrue(stage.on.text("#build-said").startsWith("Python 3.7.4 is installed; it took "), stage.on.text("#build-said"));
        assertTrue(said("#build-result").contains(stage.pyenv.root().resolve("versions/3.7.4").toString()), said("#build-result"));
        until("it is in the list", 20, () -> names().equals(List.of("3.7.4", "3.9.18", "3.11.7", "3.12.1")));
        assertEquals(List.of(), stage.on.ports.problems);
    }

    @Test void aBuildThatFailsSaysWhyAndWhatHelps() throws Exception {
        open(Map.of("FAKE_FAIL", "1"));
        assertInstanceOf(BuildOutcome.Failed.class, build());
        assertTrue(said("#build-result").contains("ffi.h: No such file or directory"), said("#build-result"));
        assertTrue(fx(() -> stage.on.document.view().lookupAll("#build-result .copy-code").stream().anyMatch(each -> ((Label) each).getText().contains("ffi"))), said("#build-result"));
        assertFalse(names().contains("3.7.4"));
        assertTrue(fx(() -> ((Labeled) stage.on.document.view().lookup("#build-again")).isVisible()));
    }

    @Test void aVersionIsRemovedThroughTheSheetAndPutBack() throws Exception {
        open(Map.of());
        Path prefix = stage.pyenv.root().resolve("versions/3.12.1");
        assertEquals("3.12.1 · pyenv", stage.on.text("#detail-title"));
        stage.on.press("#detail-versions-remove");
        until("it is asked", 20, () -> stage.on.document.view().lookup("#remove-go") != null);
        assertTrue(said(".choose-sheet").contains(stage.project.resolve(".python-version").toString()), said(".choose-sheet"));
        stage.on.press("#remove-keep");
        assertTrue(Files.isDirectory(prefix));
        stage.on.press("#detail-versions-remove");
        until("it is asked again", 20, () -> stage.on.document.view().lookup("#remove-go") != null);
        stage.on.press("#remove-go");
        until("it is gone", 20, () -> names().equals(List.of("3.9.18", "3.11.7")));
        assertFalse(Files.exists(prefix));
        until("the answer follows", 20, () -> stage.on.text("#answer-version").equals("3.12 is missing"));
        stage.on.act(() -> {
            stage.on.ports.offered.getLast().run().run();
            return null;
        });
        until("it is back", 20, () -> names().contains("3.12.1") && stage.on.text("#answer-version").equals("3.12.1"));
        assertTrue(Files.isExecutable(prefix.resolve("bin/python3")));
        assertEquals(List.of(), stage.on.ports.problems);
    }

    @Test void aBuildGoesOnWhenItsTabIsClosed() throws Exception {
        open(Map.of());
        stage.choose();
        BuildViewModel build = fx(() -> {
            ((Button) stage.on.document.view().lookup("#install-start")).fire();
            BuildViewModel begun = stage.on.document.installs().builds().getLast();
            stage.on.document.close();
            return begun;
        });
        until("the build ended", 90, () -> !build.running().get());
        assertTrue(stage.on.ports.said.getFirst().startsWith("The build of 3.7.4 goes on."), stage.on.ports.said::toString);
        assertTrue(stage.on.ports.said.getLast().startsWith("Python 3.7.4 is installed"), stage.on.ports.said::toString);
        assertTrue(Files.isDirectory(stage.pyenv.root().resolve("versions/3.7.4")));
    }

    @Test void theFilterOfThePageInFrontIsGoneTo() throws Exception {
        open(Map.of());
        var filters = Map.of("versions", "#installed-filter", "install", "#install-search", "pins", "#pins-filter");
        filters.forEach((view, field) -> {
            stage.on.act(() -> {
                stage.on.document.showView(view);
                stage.on.document.view().requestFocus();
                stage.on.document.commands().getValue().stream().filter(each -> each.id().equals("versions.filter")).findFirst().orElseThrow().run().run();
                return null;
            });
            assertTrue(fx(() -> stage.on.document.view().lookup(field + " .text-field").isFocused()), view);
        });
        until("the folder was looked through", 20, () -> stage.on.text("#pins-said").startsWith("1 folders have 1 pin"));
        stage.on.act(() -> {
            stage.on.find("#pins-filter .text-field", TextField.class).setText("3.13");
            return null;
        });
        assertEquals(0, fx(() -> stage.on.find("#pins-table", TableView.class).getItems().size()));
        stage.on.act(() -> {
            stage.on.find("#pins-filter .text-field", TextField.class).setText("SHOP");
            return null;
        });
        assertEquals(1, fx(() -> stage.on.find("#pins-table", TableView.class).getItems().size()));
    }

    private static boolean there(String program) {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    @Test void cmakeAndACompiledModuleAgreeWithWhatIsShown() throws Exception {
        open(Map.of());
        assumeTrue(there("cc") && there("cmake"), "no compiler or no CMake here");
        VersionRow real = fx(() -> stage.on.document.model().rows().stream().filter(row -> row.environment().isEmpty() && row.installed().executable().isPresent()
                && row.facts().filter(facts -> facts.compiles() && facts.layout().implementation().equals("cpython")).isPresent()).findFirst().orElse(null));
        assumeTrue(real != null, "no Python with headers here");
        stage.on.act(() -> {
            stage.on.document.model().selected().set(real);
            stage.on.document.showView("headers");
            return null;
        });
        stage.on.press("#develop-cmake");
        until("CMake answered", 60, () -> stage.on.document.view().lookup("#develop-results .check-card") != null);
        assertEquals(1, fx(() -> stage.on.document.view().lookupAll("#develop-results .check-good").size()), said("#develop-results"));
        stage.on.press("#develop-module");
        until("the module was compiled, or not", 60, () -> stage.on.document.view().lookupAll("#develop-results .check-card").size() == 2);
        assertEquals(2, fx(() -> stage.on.document.view().lookupAll("#develop-results .check-good").size()), said("#develop-results"));
        assertEquals(List.of(), stage.on.ports.problems);
    }
}
