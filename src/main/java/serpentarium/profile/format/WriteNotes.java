package serpentarium.profile.format;

import java.util.ArrayList;
import java.util.List;
import serpentarium.base.Place;
import serpentarium.base.Strings;
import serpentarium.profile.Warning;

/// What a written file does not say, each said once.
final class WriteNotes {
    private final Strings strings;
    private final List<Warning> list = new ArrayList<>();

    WriteNotes(Strings strings) {
        this.strings = strings;
    }

    /// Adds the text under `id`, filled with the arguments, unless one of this kind is there already.
    void once(String id, Object... arguments) {
        if (list.stream().noneMatch(note -> note.id().equals(id))) list.add(new Warning(id, strings.get(id, arguments), Place.NOWHERE));
    }

    /// All.
    List<Warning> list() {
        return List.copyOf(list);
    }
}
