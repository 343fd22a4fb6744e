package serpentarium.python.engine.inventory;

import java.time.LocalDate;
import java.util.Optional;

/// The life of one version of Python.
///
/// @param series     such as `3.12`
/// @param first      when its first release came or comes
/// @param endOfFixes until when mistakes other than security's are put right, where it is known
/// @param endOfLife  until when security's are
public record Release(String series, LocalDate first, Optional<LocalDate> endOfFixes, LocalDate endOfLife) {
    /// What is done for a version.
    public enum Support {
        /// There is no first release yet.
        PRERELEASE,
        /// All mistakes are put right.
        FIXES,
        /// Only security's are.
        SECURITY,
        /// Nothing is any more.
        ENDED
    }

    /// What is done for it on a day.
    public Support on(LocalDate day) {
        if (day.isAfter(endOfLife)) return Support.ENDED;
        if (day.isBefore(first)) return Support.PRERELEASE;
        return endOfFixes.filter(day::isAfter).isPresent() ? Support.SECURITY : Support.FIXES;
    }
}
