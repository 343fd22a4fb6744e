package serpentarium.profile;

/// A thread, process part or other division of a profile that can be looked at alone.
///
/// @param name    for a person
/// @param total   its cost of the first event
/// @param process the process it belongs to, for a person, where the file tells processes apart; else null
public record ThreadInfo(String name, double total, String process) {
    /// In a file that does not tell processes apart.
    public ThreadInfo(String name, double total) {
        this(name, total, null);
    }
}
