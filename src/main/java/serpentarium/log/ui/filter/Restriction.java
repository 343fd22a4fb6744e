package serpentarium.log.ui.filter;

import serpentarium.log.analysis.LogFilter;

/// Something beside the filter that keeps records out of sight.
///
/// @param text   as it would be written in the filter
/// @param filter what it takes
/// @param hides  whether it hides what it takes, instead of showing nothing else
/// @param on     whether it is in force
public record Restriction(String text, LogFilter filter, boolean hides, boolean on) {
    LogFilter asked() {
        return hides ? new LogFilter.Not(filter) : filter;
    }

    Restriction turned() {
        return new Restriction(text, filter, hides, !on);
    }
}
