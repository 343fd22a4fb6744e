package serpentarium.traffic.format.mitm;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a flow keeps of a mitmproxy dump beyond the model.
public final class MitmExtras {
    /// Its name.
    public static final String STATE = MitmState.EXTRA;
    /// The name of the version that the flow was read from.
    public static final String VERSION = MitmState.VERSION;

    private MitmExtras() {}

    /// The rest without what may hold secrets: the flow as it was before a person changed it, what add-ons noted, request and response.
    ///
    /// @return empty where nothing of it can be kept
    public static Optional<byte[]> withoutSecrets(byte[] state) {
        try {
            Map<String, Object> rest = State.map(Tnet.whole(state));
            if (rest == null) return Optional.empty();
            Map<String, Object> kept = new LinkedHashMap<>();
            for (String key : List.of("client_conn", "server_conn", "websocket", "is_replay", "intercepted", "timestamp_created"))
                if (rest.containsKey(key)) kept.put(key, rest.get(key));
            return Optional.of(TnetOutput.bytes(kept));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
