package serpentarium.traffic.ui.watch;

import java.util.Optional;
import serpentarium.traffic.engine.proxy.Listener;
import serpentarium.traffic.engine.proxy.ListenerSpec;
import serpentarium.traffic.engine.proxy.ProxyCounts;

/// A listener of the session, running or not.
///
/// @param spec     what it is to do; the port is the one it had last
/// @param listener what runs; empty while it is stopped
/// @param counts   what went through it
/// @param starting whether it is being started or stopped
public record ListenerEntry(ListenerSpec spec, Optional<Listener> listener, ProxyCounts counts, boolean starting) {
    private static final ProxyCounts NOTHING = new ProxyCounts(0, 0, 0, 0);

    /// One that has not been started.
    static ListenerEntry of(ListenerSpec spec) {
        return new ListenerEntry(spec, Optional.empty(), NOTHING, false);
    }

    /// Whether it listens.
    public boolean running() {
        return listener.isPresent() && listener.get().running();
    }

    /// `host:port` as a client names it.
    public String address() {
        String host = spec.host().indexOf(':') >= 0 ? "[" + spec.host() + "]" : spec.host();
        return host + ":" + (running() ? listener.get().port() : spec.port());
    }

    ListenerEntry busy() {
        return new ListenerEntry(spec, listener, counts, true);
    }

    ListenerEntry running(Listener now) {
        ListenerSpec bound = switch (spec) {
            case ListenerSpec.Forward(String host, int _) -> new ListenerSpec.Forward(host, now.port());
            case ListenerSpec.Reverse(String host, int _, var origin, String base, boolean keep) -> new ListenerSpec.Reverse(host, now.port(), origin, base, keep);
        };
        return new ListenerEntry(bound, Optional.of(now), now.counts(), false);
    }

    ListenerEntry stopped() {
        return new ListenerEntry(spec, Optional.empty(), counts, false);
    }

    ListenerEntry counted() {
        return running() ? new ListenerEntry(spec, listener, listener.get().counts(), starting) : this;
    }
}
