package serpentarium.profile.ui;

import serpentarium.base.Strings;
import serpentarium.kit.Elide;
import serpentarium.profile.FrameTable;
import serpentarium.profile.analysis.Filter;
import serpentarium.profile.analysis.FunctionMatch;
import serpentarium.profile.analysis.TimeActivity;

/// What filters are called.
final class FilterText {
    private static final Strings STRINGS = Strings.of(FilterText.class);
    private static final int LONGEST = 48;

    private FilterText() {}

    /// A filter in a few words.
    ///
    /// @param span the profile's time, or null
    static String of(Filter filter, FrameTable frames, TimeActivity.Span span) {
        return switch (filter) {
            case Filter.ShowOnly(FunctionMatch functions) -> STRINGS.get("filter.show", match(functions, frames));
            case Filter.Hide(FunctionMatch functions) -> STRINGS.get("filter.hide", match(functions, frames));
            case Filter.MergeIntoCaller(FunctionMatch functions) -> STRINGS.get("filter.merge", match(functions, frames));
            case Filter.StartAt(FunctionMatch functions) -> STRINGS.get("filter.start", match(functions, frames));
            case Filter.CollapseRecursion(FunctionMatch functions, boolean directOnly) -> functions == null
                    ? STRINGS.get(directOnly ? "filter.collapse-direct" : "filter.collapse")
                    : STRINGS.get("filter.collapse-of", match(functions, frames));
            case Filter.OnlyMine mine -> mine.opened().isEmpty() ? STRINGS.get("filter.mine") : STRINGS.get("filter.mine-opened", mine.opened().size());
            case Filter.WithoutProfiler() -> STRINGS.get("filter.profiler");
            case Filter.TimeRange range -> range(range, span);
            case Filter.ApartByThread() -> STRINGS.get("filter.apart");
        };
    }

    /// A range of time, counted from the profile's begin, with its length.
    static String range(Filter.TimeRange range, TimeActivity.Span span) {
        double begin = span == null ? 0 : span.begin();
        var unit = span == null ? serpentarium.profile.Unit.COUNT : span.unit();
        return STRINGS.get("filter.time", unit.format(range.from() - begin), unit.format(range.to() - begin), unit.format(range.to() - range.from()));
    }

    private static String match(FunctionMatch functions, FrameTable frames) {
        return switch (functions) {
            case FunctionMatch.One(int function) -> Elide.middle(FunctionText.name(frames, function), LONGEST);
            case FunctionMatch.Text(String text, boolean regex) -> STRINGS.get(regex ? "filter.regex" : "filter.text", Elide.middle(FunctionText.line(text), LONGEST));
        };
    }

    /// The icon of a filter's kind.
    static String icon(Class<? extends Filter> kind) {
        if (kind == Filter.ShowOnly.class) return "fth-eye";
        if (kind == Filter.Hide.class) return "fth-eye-off";
        if (kind == Filter.MergeIntoCaller.class) return "fth-corner-left-up";
        if (kind == Filter.StartAt.class) return "fth-target";
        if (kind == Filter.CollapseRecursion.class) return "fth-rotate-ccw";
        if (kind == Filter.OnlyMine.class) return "fth-user";
        if (kind == Filter.TimeRange.class) return "fth-clock";
        if (kind == Filter.ApartByThread.class) return "fth-columns";
        return "fth-activity";
    }
}
