package serpentarium.traffic.ui.rule;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import serpentarium.kit.Settings;
import serpentarium.traffic.analysis.rule.Rule;
import serpentarium.traffic.analysis.rule.RuleAction;
import serpentarium.traffic.analysis.rule.RuleBook;
import serpentarium.traffic.analysis.rule.RuleText;

/// The rules in their order, kept in the settings. Every change makes a new [RuleBook] and can be undone.
public final class RulesViewModel {
    private static final String KEY = "traffic.rules";
    private static final int UNDONE = 100;

    private final Settings settings;
    private final ObservableList<Rule> rules = FXCollections.observableArrayList();
    private final ObservableList<Rule> shown = FXCollections.unmodifiableObservableList(rules);
    private final IntegerProperty selected = new SimpleIntegerProperty(this, "selected", -1);
    private final ReadOnlyObjectWrapper<RuleBook> book = new ReadOnlyObjectWrapper<>(this, "book", RuleBook.EMPTY);
    private final ReadOnlyBooleanWrapper undoable = new ReadOnlyBooleanWrapper(this, "undoable");
    private final Deque<List<Rule>> before = new ArrayDeque<>();
    private int typing = -1;

    /// With the rules that the settings hold; what is no rule there is left out.
    public RulesViewModel(Settings settings) {
        this.settings = settings;
        settings.texts(KEY).forEach(text -> RuleText.read(text).ifPresent(rules::add));
        book.set(new RuleBook(rules));
        if (!rules.isEmpty()) selected.set(0);
    }

    /// The rules in their order.
    public ObservableList<Rule> rules() {
        return shown;
    }

    /// The rules as the proxy asks them.
    public ReadOnlyObjectProperty<RuleBook> book() {
        return book.getReadOnlyProperty();
    }

    /// The place of the rule that is looked at; -1 for none.
    public IntegerProperty selected() {
        return selected;
    }

    /// The rule that is looked at.
    public Optional<Rule> rule() {
        int at = selected.get();
        return at >= 0 && at < rules.size() ? Optional.of(rules.get(at)) : Optional.empty();
    }

    /// Whether there is a change to take back.
    public ReadOnlyBooleanProperty undoable() {
        return undoable.getReadOnlyProperty();
    }

    /// Adds a rule below the selected one and selects it.
    ///
    /// @param filter which exchanges it is for
    public void add(RuleAction action, String filter) {
        int at = Math.clamp(selected.get() + 1, 0, rules.size());
        change(() -> rules.add(at, new Rule("", true, filter, action)));
        selected.set(at);
    }

    /// Takes the selected rule's twin.
    public void duplicate() {
        rule().ifPresent(rule -> {
            int at = selected.get() + 1;
            change(() -> rules.add(at, rule));
            selected.set(at);
        });
    }

    /// Removes the selected rule.
    public void remove() {
        int at = selected.get();
        if (rule().isEmpty()) return;
        change(() -> rules.remove(at));
        selected.set(Math.min(at, rules.size() - 1));
    }

    /// Moves the selected rule up or down.
    public void move(int by) {
        int from = selected.get();
        int to = from + by;
        if (rule().isEmpty() || to < 0 || to >= rules.size()) return;
        change(() -> rules.add(to, rules.remove(from)));
        selected.set(to);
    }

    /// Puts a rule in the place of another. What is typed into one rule is one change.
    public void replace(int at, Rule rule) {
        if (at < 0 || at >= rules.size() || rules.get(at).equals(rule)) return;
        Rule was = rules.get(at);
        boolean typed = was.on() == rule.on() && was.action().getClass() == rule.action().getClass();
        if (typed && at == typing) {
            rules.set(at, rule);
            keep();
            return;
        }
        change(() -> rules.set(at, rule));
        typing = typed ? at : -1;
    }

    /// Takes the last change back.
    public void undo() {
        List<Rule> was = before.pollLast();
        typing = -1;
        undoable.set(!before.isEmpty());
        if (was == null) return;
        int at = selected.get();
        rules.setAll(was);
        keep();
        selected.set(Math.min(Math.max(at, 0), rules.size() - 1));
    }

    private void change(Runnable change) {
        typing = -1;
        before.addLast(new ArrayList<>(rules));
        if (before.size() > UNDONE) before.removeFirst();
        undoable.set(true);
        change.run();
        keep();
    }

    private void keep() {
        book.set(new RuleBook(rules));
        settings.put(KEY, rules.stream().map(RuleText::write).toList());
    }
}
