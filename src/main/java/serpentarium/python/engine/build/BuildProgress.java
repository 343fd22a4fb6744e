package serpentarium.python.engine.build;

import java.time.Duration;
import java.util.Optional;

/// How far a build is.
///
/// @param phase     what it does
/// @param inPhase   the share of the phase that is done, 0…1, or -1 where nothing is counted
/// @param overall   the share of the whole that is done, 0…1; never goes back
/// @param elapsed   since the start
/// @param remaining what is left, once there is something to tell it from
public record BuildProgress(BuildPhase phase, double inPhase, double overall, Duration elapsed, Optional<Duration> remaining) {}
