package serpentarium.profile.format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import serpentarium.base.Place;
import serpentarium.base.Strings;
import serpentarium.profile.Warning;

/// What a reader repaired or skipped: the first few of each kind with their places, then only their number.
final class ReadWarnings {
    private static final int EACH = 20;

    private final Strings strings;
    private String source;
    private final List<Warning> list = new ArrayList<>();
    private final Map<String, Long> counts = new LinkedHashMap<>();

    /// @param source the name of what is read
    ReadWarnings(Strings strings, String source) {
        this.strings = strings;
        this.source = source;
    }

    /// Says that warnings are about another source from here on.
    void source(String name) {
        source = name;
    }

    /// Adds the text under `id`, filled with the arguments.
    ///
    /// @param line a line number from 1, or 0 for the whole source
    void add(String id, long line, Object... arguments) {
        addAt(id, line > 0 ? Place.line(source, line) : Place.of(source), arguments);
    }

    /// Adds the text under `id`, filled with the arguments, for a place.
    void addAt(String id, Place place, Object... arguments) {
        if (counts.merge(id, 1L, Long::sum) > EACH) return;
        list.add(new Warning(id, strings.get(id, arguments), place));
    }

    /// Adds it unless one of this kind is there already.
    void once(String id, long line, Object... arguments) {
        if (!counts.containsKey(id)) add(id, line, arguments);
    }

    /// All, those that were only counted as one line a kind at the end.
    ///
    /// @param more the key of the text for those that were only counted; its {0} is their number, {1} the last text
    List<Warning> list(String more) {
        List<Warning> all = new ArrayList<>(list);
        counts.forEach((id, count) -> {
            if (count <= EACH) return;
            String example = list.stream().filter(w -> w.id().equals(id)).map(Warning::text).reduce((_, b) -> b).orElse(id);
            all.add(new Warning(id, strings.get(more, count - EACH, example), Place.of(source)));
        });
        return all;
    }
}
