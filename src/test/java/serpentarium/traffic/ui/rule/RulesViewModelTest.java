package serpentarium.traffic.ui.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import serpentarium.kit.MemorySettings;
import serpentarium.traffic.Side;
import serpentarium.traffic.analysis.rule.Rule;
import serpentarium.traffic.analysis.rule.RuleAction;

class RulesViewModelTest {
    private final MemorySettings settings = new MemorySettings();
    private final RulesViewModel model = new RulesViewModel(settings);

    private List<Class<?>> actions() {
        return model.rules().stream().<Class<?>>map(rule -> rule.action().getClass()).toList();
    }

    @Test void keepsRulesOverRestarts() {
        model.add(new RuleAction.Block(), "host shop");
        model.add(new RuleAction.Delay(5), "");
        model.replace(0, model.rules().getFirst().switched(false));
        var again = new RulesViewModel(settings);
        assertEquals(model.rules(), again.rules());
        assertFalse(again.rules().getFirst().on());
        settings.put("traffic.rules", List.of("no rule", settings.texts("traffic.rules").get(1)));
        assertEquals(List.of(model.rules().get(1)), new RulesViewModel(settings).rules(), "what cannot be read is left out");
    }

    @Test void ordersAndTakesBack() {
        model.add(new RuleAction.Block(), "");
        model.add(new RuleAction.Delay(5), "");
        model.add(new RuleAction.Throttle(5), "");
        model.move(-1);
        model.move(-1);
        model.move(-1);
        assertEquals(List.of(RuleAction.Throttle.class, RuleAction.Block.class, RuleAction.Delay.class), actions());
        assertEquals(0, model.selected().get());
        model.remove();
        assertEquals(List.of(RuleAction.Block.class, RuleAction.Delay.class), actions());
        model.undo();
        assertEquals(List.of(RuleAction.Throttle.class, RuleAction.Block.class, RuleAction.Delay.class), actions());
        for (int i = 0; i < 5; i++) model.undo();
        assertTrue(model.rules().isEmpty());
        assertFalse(model.undoable().get());
    }

    @Test void typingIsOneChange() {
        model.add(new RuleAction.SetHeader(Side.REQUEST, "X", ""), "");
        for (String filter : List.of("h", "ho", "host", "host shop")) {
            Rule rule = model.rule().orElseThrow();
            model.replace(0, new Rule(rule.name(), rule.on(), filter, rule.action()));
        }
        assertEquals("host shop", model.book().get().rules().getFirst().filter());
        model.undo();
        assertEquals("", model.rule().orElseThrow().filter());
    }
}
