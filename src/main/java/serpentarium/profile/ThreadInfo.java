package serpentarium.profile;

/// A thread, process part or other division of a profile that can be looked at alone.
///
/// @param name  for a person
/// @param total its cost of the first event
public record ThreadInfo(String name, double total) {}
