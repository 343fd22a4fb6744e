package serpentarium.pack;

/// How much may come out of a compressed file: a few bytes can unpack to more than any disk holds.
///
/// @param ratio how many times the packed size, once more than `free` came out
/// @param free  how many bytes may come out at whatever ratio
/// @param total how many bytes may come out at all
public record Limits(long ratio, long free, long total) {
    /// Samples that repeat themselves pack a thousand to one and more: what came out before the limit is shown, and only a file of over a
    /// gigabyte meets it.
    public static final Limits USUAL = new Limits(1000, 1L << 30, 1L << 40);

    /// Whether so much may come out of so little.
    boolean allow(long packed, long unpacked) {
        return unpacked <= total && (unpacked <= free || unpacked / ratio <= packed);
    }
}
