package serpentarium.profile.ui;

import serpentarium.base.Strings;

/// What percentages in tables are of.
sealed interface CostBase {
    /// The whole, as [ProfileViewModel#whole()] says.
    CostBase WHOLE = new Whole();
    /// The row above in a tree; the whole where there is none.
    CostBase PARENT = new Parent();

    /// See [#WHOLE].
    record Whole() implements CostBase {}

    /// See [#PARENT].
    record Parent() implements CostBase {}

    /// The total of one function, which stays the base when another is selected.
    ///
    /// @param function its number
    record Of(int function) implements CostBase {}

    /// What stands after a percent sign: `all`, `parent`, a function's name.
    default String text(ProfileViewModel model, boolean tree) {
        var strings = Strings.of(CostBase.class);
        return switch (this) {
            case Parent _ when tree -> strings.get("base.parent");
            case Of(int function) -> FunctionText.name(model.profile().frames(), function);
            case Whole _, Parent _ -> strings.get(model.filters().active().isEmpty() || model.percentOfAll().get() ? "base.all" : "base.rest");
        };
    }

    /// The number that is 100 %.
    ///
    /// @param parent the cost of the row above; NaN where there is none
    default double of(ProfileViewModel model, double parent) {
        return switch (this) {
            case Parent _ when !Double.isNaN(parent) -> parent;
            case Of(int function) -> model.analysis().get().functions().total(function);
            case Whole _, Parent _ -> model.whole();
        };
    }
}
