package serpentarium.python.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static serpentarium.kit.OnFx.fx;
import static serpentarium.kit.OnFx.until;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import serpentarium.python.RootFixture;

/// Which Python applies, asked and answered as a person does it.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class VersionsViewTest {
    @TempDir Path folder;
    private RootFixture root;
    private VersionsStage on;
    private Path project;

    @BeforeEach void make() throws Exception {
        root = new RootFixture(folder).version("3.9.18").version("3.12.1").version("3.12.0").version("3.10.2").global("3.9.18\n");
        RootFixture.stub(root.system().resolve("python3"));
        project = root.work("shop");
        Files.writeString(project.resolve(".python-version"), "# the shop's\n3.12\n");
        on = new VersionsStage(root.environment(), folder.resolve("state"));
    }

    @AfterEach void close() throws Exception {
        on.close();
    }

    private List<String> rules() {
        return fx(() -> on.document.view().lookupAll(".rule-row").stream().map(each -> each.getAccessibleText()).toList());
    }

    private TableView<?> table() {
        return on.find("#installed-table", TableView.class);
    }

    private List<String> names() {
        return fx(() -> table().getItems().stream().map(row -> ((VersionRow) row).name()).filter(name -> !name.startsWith("/")).toList());
    }

    @Test void saysWhatAppliesAndWhy() {
        on.open(project);
        assertEquals("3.12.1", on.text("#answer-version"));
        assertEquals("Because " + project + "/.python-version, line 2, says 3.12, of which 3.12.1 is the newest that is installed.", on.text("#answer-because"));
        assertTrue(on.text("#answer-typing").contains(root.root().resolve("versions/3.12.1/bin/python3").toString()), () -> on.text("#answer-typing"));
        List<String> rules = rules();
        assertEquals(4, rules.size());
        assertTrue(rules.get(0).endsWith("not set"), rules::toString);
        assertTrue(rules.get(1).contains(": wins.") && rules.get(1).endsWith("line 2: 3.12 → 3.12.1"), rules::toString);
        assertTrue(rules.get(2).contains(": shadowed.") && rules.get(2).endsWith("line 1: 3.9.18"), rules::toString);
        assertEquals(List.of("3.9.18", "3.10.2", "3.12.0", "3.12.1"), names());
        assertEquals("3.12.1 · pyenv", on.text("#detail-title"));
    }

    @Test void aMissingPinIsTheLoudestAndLeadsToAnInstall() throws Exception {
        Files.writeString(project.resolve(".python-version"), "3.7.4\n");
        on.open(project);
        assertEquals("3.7.4 is missing", on.text("#answer-version"));
        Label sentence = on.find("#answer-troubles .trouble-loud .trouble-sentence", Label.class);
        assertNotNull(sentence);
        assertEquals(1, fx(() -> on.document.view().lookupAll(".trouble-loud").size()));
        assertTrue(sentence.getText().startsWith("3.7.4 is not installed, and python3 silently starts " + root.system().resolve("python3")), sentence::getText);
        Button copy = fx(() -> on.document.view().lookupAll(".trouble-loud .command-button").stream().map(Button.class::cast)
                .filter(each -> each.getText().contains("pyenv install")).findFirst().orElseThrow());
        on.act(() -> {
            copy.fire();
            return null;
        });
        assertEquals(1, on.ports.copied.size());
        assertTrue(on.ports.copied.getFirst().startsWith("pyenv install"), on.ports.copied::toString);
    }

    @Test void theFolderIsTypedBrowsedAndRemembered() throws Exception {
        on.open(project);
        TextField field = on.find("#folder-field", TextField.class);
        Path below = Files.createDirectories(project.resolve("deep/er"));
        on.act(() -> {
            field.requestFocus();
            field.setText(root.home().toString());
            return null;
        });
        until("the answer follows what is typed", 10, () -> on.text("#answer-version").equals("3.9.18"));
        on.act(() -> {
            field.setText(project + "/nowhere");
            return null;
        });
        assertEquals("There is no folder " + project + "/nowhere.", on.text("#folder-objection"));
        on.ports.folder = Optional.of(below);
        on.press("#folder-browse");
        until("the folder above decides", 10, () -> on.text("#answer-version").equals("3.12.1"));
        assertEquals(below, on.document.file());
        assertEquals("er", on.document.title());
        on.press("#folder-up");
        assertEquals(project.resolve("deep"), on.document.file());
        assertEquals(List.of(project.resolve("deep").toString(), below.toString()), on.settings.texts("versions.folders"));
        assertEquals("", on.text("#folder-objection"));
    }

    @Test void whatIsChangedElsewhereIsSeen() throws Exception {
        on.open(project);
        Files.writeString(project.resolve(".python-version"), "3.10\n");
        until("the answer follows the pin", 15, () -> on.text("#answer-version").equals("3.10.2"));
        root.version("3.10.14");
        until("the answer follows what is installed", 15, () -> on.text("#answer-version").equals("3.10.14") && names().contains("3.10.14"));
        Path other = root.work("other");
        on.act(() -> {
            on.document.model().go(other);
            return null;
        });
        until("the answer is the other folder's", 10, () -> on.text("#answer-version").equals("3.9.18"));
        Files.writeString(other.resolve(".python-version"), "3.12.0\n");
        until("it is watched, too", 15, () -> on.text("#answer-version").equals("3.12.0"));
    }

    @Test void theTableIsFilteredAndCopiesByKeys() {
        on.open(project);
        var robot = new FxRobot();
        on.act(() -> {
            on.find("#installed-filter .text-field", TextField.class).setText("3.12 pyenv");
            return null;
        });
        assertEquals(List.of("3.12.0", "3.12.1"), names());
        on.act(() -> {
            table().getSelectionModel().select(0);
            table().requestFocus();
            return null;
        });
        robot.press(KeyCode.CONTROL, KeyCode.C).release(KeyCode.C, KeyCode.CONTROL);
        until("the prefix was copied", 5, () -> on.ports.copied.equals(List.of(root.root().resolve("versions/3.12.0").toString())));
        on.act(() -> {
            on.find("#installed-filter .text-field", TextField.class).setText("nothing like this");
            return null;
        });
        assertTrue(fx(() -> table().lookup(".empty-state").isVisible()));
    }

    @Test void withoutAnyPythonItSaysWhatToDo() throws Exception {
        RootFixture.delete(root.root());
        on.open(project);
        assertFalse(fx(() -> on.document.view().lookupAll(".trouble").isEmpty()));
        assertTrue(rules().size() >= 3);
    }

    @Test void versionsAreSetInOrderAndTakenBack() throws Exception {
        on.open(project);
        Path pin = project.resolve(".python-version");
        on.act(() -> {
            table().getSelectionModel().select(0);
            return null;
        });
        on.press("#detail-versions-set-local");
        until("the pin was written", 10, () -> Files.readString(pin).equals("# the shop's\n3.9.18\n"));
        until("the answer follows", 10, () -> on.text("#answer-version").equals("3.9.18"));
        on.act(() -> {
            on.ports.offered.getLast().run().run();
            return null;
        });
        until("the pin is as it was", 10, () -> Files.readString(pin).equals("# the shop's\n3.12\n"));
        on.act(() -> {
            on.document.commands().getValue().stream().filter(each -> each.id().equals("versions.choose")).findFirst().orElseThrow().run().run();
            return null;
        });
        on.act(() -> {
            on.find("#choose-add", javafx.scene.control.ComboBox.class).getEditor().setText("3.10.2");
            on.find("#choose-add", javafx.scene.control.ComboBox.class).requestFocus();
            return null;
        });
        new FxRobot().press(KeyCode.ENTER).release(KeyCode.ENTER);
        until("Enter adds the word that was typed", 5, () -> on.find("#choose-words", javafx.scene.control.ListView.class).getItems().equals(List.of("3.12", "3.10.2")));
        on.press("#choose-up");
        on.press("#choose-save");
        until("both versions apply, in their order", 10, () -> on.text("#answer-version").equals("3.10.2, 3.12.1"));
        assertEquals(List.of(), on.ports.problems);
    }

    @Test void pinsBelowAFolderAreFoundBrokenOnesFirst() throws Exception {
        Files.writeString(root.work("zoo").resolve(".python-version"), "3.7.4\n");
        on.open(project.getParent());
        on.act(() -> {
            on.document.showView("pins");
            return null;
        });
        TableView<?> pins = on.find("#pins-table", TableView.class);
        until("both pins were found", 10, () -> pins.getItems().size() == 2);
        assertTrue(on.text("#pins-said").contains("2 pins, 1 of them broken. Nobody here pins: "), on.text("#pins-said"));
        assertEquals(root.work("zoo"), ((serpentarium.python.engine.PinScan.Pin) pins.getItems().getFirst()).folder());
    }
}
