package serpentarium.log.engine;

import serpentarium.log.RecordView;

/// Failures that are the same: the same exceptions out of the same functions, whatever the values and line numbers.
///
/// @param fingerprint what they have in common; see [serpentarium.log.Traceback#fingerprint()]
/// @param title       type and message of the one seen last
/// @param place       file, line and function of the innermost frame that is the program's own, where one is; else of the innermost
/// @param count       how often
/// @param first       where it was seen first
/// @param last        where it was seen last
/// @param from        when it was seen first, in nanoseconds since 1970, or [RecordView#NO_TIME]
/// @param to          when it was seen last, or [RecordView#NO_TIME]
public record FailureGroup(long fingerprint, String title, String place, long count, LogLines.Spot first, LogLines.Spot last, long from, long to) {}
