package serpentarium.traffic.format;

import serpentarium.base.Source;

/// What a reader is given besides the file.
///
/// @param keys a key log in the NSS format (`SSLKEYLOGFILE`), or null
public record ReadOptions(Source keys) {
    /// Nothing.
    public static final ReadOptions NONE = new ReadOptions(null);
}
