package serpentarium.log;

import serpentarium.base.Place;

/// Something about a log that was repaired, skipped, or that nobody can know for certain.
///
/// @param id    stable identifier, such as `follow.truncated`
/// @param text  in words for a person
/// @param place where, or [Place#NOWHERE]
public record Warning(String id, String text, Place place) {
    /// Place and text in one line.
    public String line() {
        return place.equals(Place.NOWHERE) ? text : place.describe() + ": " + text;
    }
}
