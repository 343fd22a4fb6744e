package serpentarium.profile;

import java.util.List;

/// What a file says of itself.
///
/// @param format   the format's id, such as `pstats`
/// @param creator  the program that wrote it, where the file says so, else null
/// @param command  the command that was profiled, where the file says so, else null
/// @param events   at least one
/// @param threads  at least one; in the order of the profile's parts
/// @param warnings what was repaired or skipped, in the order of the file, at most some hundreds
public record ProfileInfo(String format, String creator, String command, List<Event> events, List<ThreadInfo> threads,
                          List<Warning> warnings) {
    public ProfileInfo {
        events = List.copyOf(events);
        threads = List.copyOf(threads);
        warnings = List.copyOf(warnings);
    }
}
