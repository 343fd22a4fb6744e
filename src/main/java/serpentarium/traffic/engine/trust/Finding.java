package serpentarium.traffic.engine.trust;

import java.util.List;

/// One thing that the doctor looked at.
///
/// @param topic    what it is about
/// @param outcome  how it is
/// @param tried    what was tried or looked at, a short sentence
/// @param why      what was found, in words for a person
/// @param remedies how to put it right, most promising first; none where nothing is wrong
public record Finding(Topic topic, Outcome outcome, String tried, String why, List<Remedy> remedies) {
    public Finding {
        remedies = List.copyOf(remedies);
    }

    /// What a finding is about, in the order in which they are looked at.
    public enum Topic { INTERPRETER, LIBRARY, PROXY, TRUST, LIMITS }

    /// How something is: as it should be, in the way, or good to know.
    public enum Outcome { GOOD, BAD, NOTE }

    /// Something to do.
    ///
    /// @param text what to do, a sentence
    /// @param copy what to paste into a shell or a program for it, or empty
    public record Remedy(String text, String copy) {}
}
