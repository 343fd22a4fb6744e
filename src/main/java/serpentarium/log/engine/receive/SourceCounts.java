package serpentarium.log.engine.receive;

import serpentarium.log.format.wire.Via;

/// What came from one program, as of a moment. Only records that are on disk are counted.
///
/// @param via       by which way
/// @param host      the machine's address
/// @param process   the program's number there, or -1 where it does not say
/// @param records   how many records
/// @param rate      records a second in the last seconds
/// @param first     when the first came, in seconds since 1970
/// @param last      when the last came
/// @param skew      how many seconds its clock is behind ours at most (negative: ahead), by the record that took the least time; NaN where records say no time
/// @param gap       the longest time without a record between two, in seconds
/// @param refused   what came and was no record
public record SourceCounts(Via via, String host, long process, long records, double rate, double first, double last, double skew, double gap, long refused) {}
