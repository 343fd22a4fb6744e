package serpentarium.traffic.format;

import java.util.Optional;
import serpentarium.traffic.Endpoint;
import serpentarium.traffic.ProcessFacts;

/// Finds the program at an end of a connection while it stands.
@FunctionalInterface
public interface ProcessLookup {
    /// Knows nobody.
    ProcessLookup NONE = (_, _) -> Optional.empty();

    /// The program at the near end; empty where it is not known.
    Optional<ProcessFacts> of(Endpoint near, Endpoint far);
}
