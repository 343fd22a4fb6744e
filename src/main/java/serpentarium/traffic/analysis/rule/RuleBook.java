package serpentarium.traffic.analysis.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import serpentarium.traffic.Side;
import serpentarium.traffic.analysis.FilterParser;
import serpentarium.traffic.analysis.FlowFilter;

/// Rules in their order, ready to be asked. Does not change: a person's change makes a new one.
public final class RuleBook {
    /// No rule.
    public static final RuleBook EMPTY = new RuleBook(List.of());

    private final List<Rule> rules;
    private final List<Ready> ready = new ArrayList<>();

    private record Ready(Rule rule, FlowFilter filter) {}

    /// Of rules. One that is off or whose filter or action is wrong is never applied; [RuleCheck] says why.
    public RuleBook(List<Rule> rules) {
        this.rules = List.copyOf(rules);
        for (Rule rule : this.rules) {
            if (rule.on() && RuleCheck.of(rule).isEmpty() && FilterParser.parse(rule.filter()) instanceof FilterParser.Result.Parsed(FlowFilter filter))
                ready.add(new Ready(rule, filter));
        }
    }

    /// All rules, those that are off too.
    public List<Rule> rules() {
        return rules;
    }

    /// Whether a rule may have to do with what goes over this connection, so that it has to be taken apart and put together anew.
    public boolean concerns(Passing connection) {
        return ready.stream().anyMatch(one -> new PassingTest(connection).ask(one.filter()) != Answer.NO);
    }

    /// The rules that are for this exchange now, in their order: those that act on the request as soon as it is there, those that act on the
    /// response when that is there.
    public List<Rule> of(Side side, Passing passing) {
        return matching(side, passing).map(Ready::rule).toList();
    }

    /// Whether a whole body of this side may be needed, to match or to act. A connection's facts do; where more is known it is told better.
    public boolean wantsBody(Side side, Passing passing) {
        return ready.stream().anyMatch(one -> {
            boolean asked = one.filter().price() == FlowFilter.Price.BODY && (side == Side.REQUEST || one.rule().action().side() == side);
            boolean acts = one.rule().action().side() == side && one.rule().action().wantsBody();
            return (asked || acts) && (asked || new PassingTest(passing).ask(one.filter()) != Answer.NO);
        });
    }

    private Stream<Ready> matching(Side side, Passing passing) {
        var test = new PassingTest(passing);
        return ready.stream().filter(one -> one.rule().action().side() == side && test.ask(one.filter()) == Answer.YES);
    }
}
