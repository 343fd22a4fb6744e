package serpentarium.traffic;

/// The program at one end of a flow.
///
/// @param pid     its number
/// @param name    for a person, such as `gunicorn: worker [app]`
/// @param command its command line; null where it is not known
public record ProcessFacts(long pid, String name, String command) {}
