package serpentarium.profile.ui;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/// Which parts of a function's name are emphasised because they were searched for.
///
/// A regular expression is never run here, since a bad one could hold up the window's thread: what it matched is emphasised as a whole.
///
/// @param needles texts to look for; capitals matter only in one that has a capital
/// @param whole   functions to emphasise from end to end
record NameHighlight(List<String> needles, BitSet whole) {
    /// Nothing is searched for.
    static final NameHighlight NONE = new NameHighlight(List.of(), new BitSet());

    private static final int MOST = 16;

    /// What the shared search and a view's own filter emphasise.
    static NameHighlight of(ProfileViewModel model, String filter) {
        String query = model.query().get();
        boolean regex = model.regex().get();
        List<String> needles = java.util.stream.Stream.of(regex ? "" : query, filter).filter(text -> !text.isEmpty()).toList();
        return new NameHighlight(needles, regex && !query.isEmpty() ? model.matches().get().functions() : NONE.whole);
    }

    /// The spans of `name` to emphasise: begins and ends in turn, ascending, not touching; empty where there is none.
    int[] spans(int function, String name) {
        if (function >= 0 && whole.get(function)) return new int[] {0, name.length()};
        var marked = new BitSet(name.length());
        for (String needle : needles) mark(marked, name, needle);
        int[] spans = new int[2 * MOST];
        int n = 0;
        for (int at = marked.nextSetBit(0); at >= 0 && n < spans.length; at = marked.nextSetBit(spans[n - 1])) {
            spans[n++] = at;
            spans[n++] = marked.nextClearBit(at);
        }
        return Arrays.copyOf(spans, n);
    }

    private static void mark(BitSet marked, String name, String needle) {
        boolean exact = !needle.equals(needle.toLowerCase(Locale.ROOT));
        String in = exact ? name : name.toLowerCase(Locale.ROOT);
        // Lower case may change the length in a few scripts; then the places would not be those of the name.
        if (in.length() != name.length()) return;
        for (int at = in.indexOf(needle); at >= 0; at = in.indexOf(needle, at + needle.length())) marked.set(at, at + needle.length());
    }
}
