package serpentarium.log.engine;

import serpentarium.log.format.Clock;
import serpentarium.log.format.Detection;
import serpentarium.log.format.RecordStarts;

/// How one part of a log is written.
///
/// @param detection what was found out, or what a person has chosen
/// @param starts    never used itself, only copied
/// @param clock     never used itself, only copied
/// @param seen      how many bytes were looked at
record PartFormat(Detection detection, RecordStarts starts, Clock clock, int seen) {
    static PartFormat of(Detection detection, Clock clock, int seen) {
        return new PartFormat(detection, RecordStarts.of(detection, clock), clock, seen);
    }

    /// What looks at lines, for one thread.
    RecordStarts reader() {
        return starts.copy(clock.copy());
    }
}
