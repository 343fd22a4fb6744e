package serpentarium.profile;

import serpentarium.base.Place;

/// Something in a file that was repaired, skipped or is to be taken with care.
///
/// @param id    stable identifier, such as `callgrind.undefined-id`
/// @param text  in words for a person
/// @param place where in the file, or [Place#NOWHERE]
public record Warning(String id, String text, Place place) {
    /// Place and text in one line.
    public String line() {
        return place.equals(Place.NOWHERE) ? text : place.describe() + ": " + text;
    }
}
