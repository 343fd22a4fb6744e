package serpentarium.traffic.format.wire;

import java.util.HashSet;
import java.util.Set;
import serpentarium.base.Strings;
import serpentarium.traffic.FlowSink;
import serpentarium.traffic.FlowSource;

/// What all connections of one source share: where their flows go, and the keys that are known.
public final class Recording {
    static final Strings STRINGS = Strings.of(Recording.class);

    final FlowSink sink;
    final FlowSource source;
    final KeyLog keys;
    final boolean live;
    final Names names = new Names();
    private final Set<String> warned = new HashSet<>();

    /// Records into `sink`.
    ///
    /// @param keys the secrets of TLS connections that are known; more may be added later
    /// @param live whether flows are looked at while they grow
    public Recording(FlowSink sink, FlowSource source, KeyLog keys, boolean live) {
        this.sink = sink;
        this.source = source;
        this.keys = keys;
        this.live = live;
    }

    /// Where flows go.
    public FlowSink sink() {
        return sink;
    }

    /// Warns once of each kind.
    public void warnOnce(String text) {
        if (warned.size() < 100 && warned.add(text)) sink.warn("", text);
    }
}
