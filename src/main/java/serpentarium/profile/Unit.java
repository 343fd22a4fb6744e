package serpentarium.profile;

import serpentarium.base.Quantity;

/// What the cost of an event is counted in.
public enum Unit {
    /// Seconds.
    SECONDS,
    /// Bytes.
    BYTES,
    /// Samples.
    SAMPLES,
    /// Processor instructions.
    INSTRUCTIONS,
    /// Nanoseconds that the file counts as whole numbers.
    NANOSECONDS,
    /// Microseconds that the file counts as whole numbers.
    MICROSECONDS,
    /// Anything else that is counted.
    COUNT;

    /// The name in JSON documents.
    public String id() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /// The unit of a name in JSON documents, or null.
    public static Unit of(String id) {
        for (Unit unit : values()) if (unit.id().equals(id)) return unit;
        return null;
    }

    /// A cost of this unit for a person.
    public String format(double value) {
        return switch (this) {
            case SECONDS -> Quantity.time(value);
            case NANOSECONDS -> Quantity.time(value * 1e-9);
            case MICROSECONDS -> Quantity.time(value * 1e-6);
            case BYTES -> Quantity.size(value);
            case SAMPLES, INSTRUCTIONS, COUNT -> Quantity.count(value);
        };
    }
}
