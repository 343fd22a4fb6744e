package serpentarium.traffic.analysis.rule;

/// One change that a person wants made to traffic as it passes.
///
/// @param name   what a person calls it; empty to be called by what it does
/// @param on     whether it is applied
/// @param filter which exchanges it is for, in the language of the filter bar; blank for all
/// @param action what is done
public record Rule(String name, boolean on, String filter, RuleAction action) {
    /// The same rule, applied or not.
    public Rule switched(boolean now) {
        return new Rule(name, now, filter, action);
    }
}
