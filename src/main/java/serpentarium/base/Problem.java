package serpentarium.base;

import java.util.List;
import java.util.Objects;

/// What went wrong, in words for the person who has to act on it.
///
/// @param id       stable identifier, such as `pstats.truncated`; searchable in the documentation, never translated
/// @param title    one short sentence: what happened
/// @param detail   what exactly was found, may be empty, may span several lines
/// @param place    where it happened, or [Place#NOWHERE]
/// @param remedies what the person can do, most promising first; may be empty
/// @param cause    the throwable behind it for the log file, or null; never shown to a person as it is
public record Problem(String id, String title, String detail, Place place, List<String> remedies, Throwable cause) {
    public Problem {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(title, "title");
        detail = detail == null ? "" : detail;
        place = place == null ? Place.NOWHERE : place;
        remedies = List.copyOf(remedies);
    }

    /// Makes a problem from the texts `ID.title`, `ID.detail` and `ID.remedy` of a bundle; the last two may be
    /// missing. The arguments fill all three.
    public static Problem of(Strings strings, String id, Place place, Object... arguments) {
        String detail = strings.has(id + ".detail") ? strings.get(id + ".detail", arguments) : "";
        List<String> remedies = strings.has(id + ".remedy") ? List.of(strings.get(id + ".remedy", arguments)) : List.of();
        return new Problem(id, strings.get(id + ".title", arguments), detail, place, remedies, null);
    }

    /// The same problem with the throwable that led to it.
    public Problem causedBy(Throwable throwable) {
        return new Problem(id, title, detail, place, remedies, throwable);
    }

    /// The same problem at another place.
    public Problem at(Place other) {
        return new Problem(id, title, detail, other, remedies, cause);
    }

    /// One line for a terminal: place, title and detail.
    public String line() {
        var out = new StringBuilder();
        if (!place.equals(Place.NOWHERE)) out.append(place.describe()).append(": ");
        out.append(title);
        if (!detail.isEmpty()) out.append(" ").append(detail);
        return out.toString().replace('\n', ' ');
    }

    /// Everything a person may want to paste into a report.
    public String report() {
        var out = new StringBuilder(title).append('\n');
        if (!detail.isEmpty()) out.append(detail).append('\n');
        if (!place.equals(Place.NOWHERE)) out.append(place.describe()).append('\n');
        remedies.forEach(remedy -> out.append("→ ").append(remedy).append('\n'));
        return out.append('[').append(id).append(']').toString();
    }
}
