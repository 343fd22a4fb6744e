package serpentarium.traffic.ui.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static serpentarium.kit.OnFx.fx;

import java.nio.file.Path;
import java.util.List;
import javafx.scene.Scene;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;
import serpentarium.kit.Look;
import serpentarium.kit.MemorySettings;
import serpentarium.kit.RecordingPorts;
import serpentarium.kit.Shots;
import serpentarium.kit.Tokens;
import serpentarium.traffic.Side;
import serpentarium.traffic.analysis.rule.RuleAction;

/// The rules on a stage: add, fill in, see what is wrong, switch off, remove, undo.
class RulesViewTest {
    private final RecordingPorts ports = new RecordingPorts();
    private final FxRobot robot = new FxRobot();
    private RulesViewModel model;
    private RulesView view;

    @BeforeEach void show() throws Exception {
        Stage stage = FxToolkit.registerPrimaryStage();
        fx(() -> {
            model = new RulesViewModel(new MemorySettings());
            view = new RulesView(model, ports);
            var scene = new Scene(view, 900, 600);
            Look.dress(scene, Tokens.LIGHT, Look.FONT_SIZE);
            stage.setScene(scene);
            stage.show();
            return null;
        });
    }

    @AfterEach void close() throws Exception {
        FxToolkit.cleanupStages();
    }

    private void type(String id, String text) {
        fx(() -> {
            ((TextInputControl) view.lookup("#" + id)).setText(text);
            return null;
        });
    }

    private String wrong() {
        return ((Label) view.lookup("#rule-wrong")).getText();
    }

    private void add(ActionKind kind) {
        fx(() -> {
            ((MenuButton) view.lookup("#rule-add")).getItems().get(kind.ordinal()).fire();
            return null;
        });
    }

    @Test void aRuleIsFilledInAndUsed() {
        add(ActionKind.SET_HEADER);
        type("rule-filter", "host shop.test method = POST");
        type("rule-header", "X-Trace");
        type("rule-value", "yes");
        assertEquals("", wrong());
        assertEquals(new RuleAction.SetHeader(Side.REQUEST, "X-Trace", "yes"), model.book().get().rules().getFirst().action());
        type("rule-header", "X Trace");
        assertFalse(wrong().isEmpty());
        type("rule-header", "X-Trace");
        type("rule-filter", "status >");
        assertTrue(wrong().contains("filter"));
        fx(() -> {
            @SuppressWarnings("unchecked") var kind = (ComboBox<ActionKind>) view.lookup("#rule-kind");
            kind.setValue(ActionKind.DELAY);
            return null;
        });
        type("rule-milliseconds", "soon");
        assertFalse(wrong().isEmpty(), "what is no number is told");
        type("rule-filter", "");
        type("rule-milliseconds", "250");
        assertEquals("", wrong());
        assertEquals(new RuleAction.Delay(250), model.rules().getFirst().action());
    }

    @Test void theKeyboardSwitchesMovesRemovesAndTakesBack() {
        add(ActionKind.BLOCK);
        add(ActionKind.THROTTLE);
        fx(() -> {
            view.lookup("#rules").requestFocus();
            return null;
        });
        robot.push(KeyCode.SPACE);
        WaitForAsyncUtils.waitForFxEvents();
        assertFalse(model.rules().get(1).on());
        robot.push(KeyCode.ALT, KeyCode.UP);
        WaitForAsyncUtils.waitForFxEvents();
        assertEquals(ActionKind.THROTTLE, ActionKind.of(model.rules().getFirst().action()));
        robot.push(KeyCode.DELETE);
        WaitForAsyncUtils.waitForFxEvents();
        assertEquals(1, model.rules().size());
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        WaitForAsyncUtils.waitForFxEvents();
        assertEquals(2, model.rules().size());
        assertEquals(2, ((ListView<?>) view.lookup("#rules")).getItems().size());
    }

    @Test void aFileIsChosen() {
        ports.open = List.of(Path.of("/srv/answers"));
        add(ActionKind.MAP_LOCAL);
        assertFalse(wrong().isEmpty());
        fx(() -> {
            ((javafx.scene.control.Button) view.lookup("#rule-path").getParent().getChildrenUnmodifiable().get(1)).fire();
            return null;
        });
        assertEquals(new RuleAction.MapLocal("/srv/answers"), model.rules().getFirst().action());
        assertEquals("", wrong());
    }

    @Test void everyKindHasItsFields() {
        for (ActionKind kind : ActionKind.values()) {
            add(kind);
            assertEquals(kind, fx(() -> ((ComboBox<?>) view.lookup("#rule-kind")).getValue()));
        }
        fx(() -> {
            model.selected().set(4);
            return null;
        });
        type("rule-filter", "host shop.test path:/api");
        type("rule-body", "{\"error\": \"busy\"}");
        type("rule-name", "Busy shop");
        Shots.write("traffic-rules", _ -> new RulesView(model, ports));
    }
}
