package serpentarium.profile.ui;

import serpentarium.profile.analysis.Filter;

/// A filter in the list of a profile's filters.
///
/// @param filter what it does
/// @param on     whether it does it now
public record FilterEntry(Filter filter, boolean on) {}
