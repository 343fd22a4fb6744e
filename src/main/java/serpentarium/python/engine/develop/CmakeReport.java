package serpentarium.python.engine.develop;

import java.util.List;
import java.util.Map;

/// What CMake found.
///
/// @param found       whether it found all components
/// @param cmake       CMake's own version
/// @param command     the line that asked it, to copy
/// @param values      what it says: `VERSION`, `EXECUTABLE`, `INCLUDE_DIRS`, `LIBRARIES`, `SOABI`
/// @param differences where that is something else than what the files say
/// @param reasons     why it found nothing, in its own words
/// @param log         all that it said
public record CmakeReport(boolean found, String cmake, String command, Map<String, String> values, List<Difference> differences, List<String> reasons,
        List<String> log) {
    public CmakeReport {
        values = Map.copyOf(values);
        differences = List.copyOf(differences);
        reasons = List.copyOf(reasons);
        log = List.copyOf(log);
    }

    /// Something that is told in two ways.
    ///
    /// @param what  CMake's name for it
    /// @param ours  what the files of this Python say; empty for nothing
    /// @param cmake what CMake says
    public record Difference(String what, String ours, String cmake) {}

    /// Whether it found this very Python, and all as we say it.
    public boolean agrees() {
        return found && differences.isEmpty();
    }
}
