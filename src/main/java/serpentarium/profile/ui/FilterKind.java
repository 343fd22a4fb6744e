package serpentarium.profile.ui;

import java.util.Optional;
import serpentarium.profile.FrameTable;
import serpentarium.profile.analysis.Filter;
import serpentarium.profile.analysis.FunctionMatch;

/// The kinds of filters that are about functions which a person names.
enum FilterKind {
    /// See [Filter.ShowOnly].
    SHOW("show"),
    /// See [Filter.Hide].
    HIDE("hide"),
    /// See [Filter.MergeIntoCaller].
    MERGE("merge"),
    /// See [Filter.StartAt].
    START("start");

    private final String id;

    FilterKind(String id) {
        this.id = id;
    }

    /// What it is called in the keys of texts and commands.
    String id() {
        return id;
    }

    /// A filter of this kind.
    Filter of(FunctionMatch functions) {
        return switch (this) {
            case SHOW -> new Filter.ShowOnly(functions);
            case HIDE -> new Filter.Hide(functions);
            case MERGE -> new Filter.MergeIntoCaller(functions);
            case START -> new Filter.StartAt(functions);
        };
    }

    /// The kind of a filter; empty where it is about no functions.
    static Optional<FilterKind> of(Filter filter) {
        return switch (filter) {
            case Filter.ShowOnly _ -> Optional.of(SHOW);
            case Filter.Hide _ -> Optional.of(HIDE);
            case Filter.MergeIntoCaller _ -> Optional.of(MERGE);
            case Filter.StartAt _ -> Optional.of(START);
            default -> Optional.empty();
        };
    }

    /// What a filter is about, as a text to be edited.
    static FunctionMatch.Text text(Filter filter, FrameTable frames) {
        FunctionMatch functions = switch (filter) {
            case Filter.ShowOnly(FunctionMatch match) -> match;
            case Filter.Hide(FunctionMatch match) -> match;
            case Filter.MergeIntoCaller(FunctionMatch match) -> match;
            case Filter.StartAt(FunctionMatch match) -> match;
            default -> throw new IllegalArgumentException(filter + " names no functions");
        };
        return switch (functions) {
            case FunctionMatch.One(int function) -> new FunctionMatch.Text(frames.name(function), false);
            case FunctionMatch.Text text -> text;
        };
    }
}
