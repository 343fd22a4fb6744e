package serpentarium.log.format.wire;

/// Why something that came did not become a record.
public enum Refusal {
    /// It is not written as its protocol says.
    DAMAGED,
    /// It claims or has more bytes than a record may.
    TOO_LARGE,
    /// Its sender went away before it was complete.
    CUT_OFF,
    /// Parts of it did not come in time.
    INCOMPLETE
}
