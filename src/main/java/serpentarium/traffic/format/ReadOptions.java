package serpentarium.traffic.format;

import serpentarium.base.Source;

/// What a reader is given besides the file.
///
/// @param keys      a key log in the NSS format (`SSLKEYLOGFILE`), or null; one that goes with a [GrowingSource] need not be there yet
/// @param processes asked when a connection begins; only what is captured now has programs that can be asked for
public record ReadOptions(Source keys, ProcessLookup processes) {
    /// Nothing.
    public static final ReadOptions NONE = new ReadOptions(null);

    /// A key log, or null.
    public ReadOptions(Source keys) {
        this(keys, ProcessLookup.NONE);
    }
}
