package serpentarium.profile.format;

import serpentarium.base.Strings;
import serpentarium.profile.Event;
import serpentarium.profile.Unit;

/// What a speedscope profile's weights become: an event.
enum SpeedscopeUnit {
    /// Any unit of time, in seconds.
    TIME(Unit.SECONDS),
    /// Bytes.
    BYTES(Unit.BYTES),
    /// Weights without a unit.
    WEIGHT(Unit.COUNT),
    /// Samples without weights.
    SAMPLES(Unit.SAMPLES);

    private final Unit unit;

    SpeedscopeUnit(Unit unit) {
        this.unit = unit;
    }

    /// The event of the file's word for a unit.
    static SpeedscopeUnit of(String word) {
        return switch (word) {
            case "seconds", "milliseconds", "microseconds", "nanoseconds" -> TIME;
            case "bytes" -> BYTES;
            default -> WEIGHT;
        };
    }

    /// What the event is counted in.
    Unit unit() {
        return unit;
    }

    /// What one of the file's unit is in the event's.
    static double scale(String word) {
        return switch (word) {
            case "milliseconds" -> 1e-3;
            case "microseconds" -> 1e-6;
            case "nanoseconds" -> 1e-9;
            default -> 1;
        };
    }

    /// The event, with this total.
    Event event(Strings strings, double total) {
        String id = name().toLowerCase(java.util.Locale.ROOT);
        return new Event(id, strings.get("speedscope.event." + id), unit, total);
    }
}
