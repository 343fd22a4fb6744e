package serpentarium.profile.ui;

import java.util.Arrays;
import java.util.Optional;

/// The ways to draw a flame graph.
public enum FlameMode {
    /// Across is time; a thread below the other. For profiles that know when what ran.
    TIME("time"),
    /// Callers above callees, the dearest at the left.
    HEAVY("flame"),
    /// Functions by their own cost, their callers below them.
    INVERTED("inverted"),
    /// One function with its callers above and its callees below.
    SANDWICH("sandwich");

    private final String id;

    FlameMode(String id) {
        this.id = id;
    }

    /// The mode of this name.
    static Optional<FlameMode> named(String id) {
        return Arrays.stream(values()).filter(mode -> mode.id.equals(id)).findFirst();
    }

    /// The name of the view, as `render --view` takes it.
    public String id() {
        return id;
    }
}
