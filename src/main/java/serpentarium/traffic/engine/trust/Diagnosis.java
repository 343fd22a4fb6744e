package serpentarium.traffic.engine.trust;

import java.util.List;
import java.util.Optional;

/// What the doctor found.
///
/// @param interpreter what was run, where the client is inside an interpreter that answered
/// @param library     the client
/// @param bundle      what the client should be told to believe
/// @param findings    in the order in which things were looked at
public record Diagnosis(Optional<Interpreter> interpreter, ClientLibrary library, Optional<TrustBundle> bundle, List<Finding> findings) {
    public Diagnosis {
        findings = List.copyOf(findings);
    }

    /// Whether nothing is in the way: the client believes the authority and goes through the proxy.
    public boolean good() {
        return findings.stream().noneMatch(finding -> finding.outcome() == Finding.Outcome.BAD);
    }
}
