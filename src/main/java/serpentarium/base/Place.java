package serpentarium.base;

/// A place in something that was read.
///
/// @param source name of the file or stream, as the person knows it; empty when there is none
/// @param offset byte offset from the start, or -1 when unknown
/// @param line   line number from 1, or -1 when the source has no lines or the line is unknown
public record Place(String source, long offset, long line) {
    /// No place at all.
    public static final Place NOWHERE = new Place("", -1, -1);

    private static final Strings STRINGS = Strings.of(Place.class);

    /// The whole of a source.
    public static Place of(String source) {
        return new Place(source, -1, -1);
    }

    /// A byte of a source, counted from 0.
    public static Place offset(String source, long offset) {
        return new Place(source, offset, -1);
    }

    /// A line of a source, counted from 1.
    public static Place line(String source, long line) {
        return new Place(source, -1, line);
    }

    /// For a person: `FILE, line 12` or `FILE, byte 4,096`.
    public String describe() {
        if (line >= 0) return STRINGS.get("place.line", source, line);
        if (offset >= 0) return STRINGS.get("place.offset", source, offset);
        return source;
    }
}
