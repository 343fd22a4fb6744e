package serpentarium.traffic.analysis;

/// A node of a tree of flows.
///
/// @param scope  the flows that belong to it
/// @param name   for a person
/// @param count  how many flows
/// @param errors how many of them failed or were answered with 400 or more
/// @param more   whether there are nodes below it
public record FlowGroup(FlowScope scope, String name, int count, int errors, boolean more) {}
