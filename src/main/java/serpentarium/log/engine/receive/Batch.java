package serpentarium.log.engine.receive;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import serpentarium.log.format.wire.Arrivals;
import serpentarium.log.format.wire.Sender;

/// Records on their way to disk.
final class Batch {
    final byte[] lines;
    final int records;
    final double[] created;
    final long[] process;
    final Sender[] senders;
    final Map<Sender, int[]> refused;
    final long received;
    final Runnable written;

    /// A copy of what came.
    ///
    /// @param written is run once it is on disk; may be null
    Batch(Arrivals from, long received, Runnable written) {
        lines = Arrays.copyOf(from.bytes(), from.size());
        records = from.records();
        created = new double[records];
        process = new long[records];
        senders = new Sender[records];
        for (int i = 0; i < records; i++) {
            created[i] = from.created(i);
            process[i] = from.process(i);
            senders[i] = from.sender(i);
        }
        refused = from.refused().isEmpty() ? Map.of() : new HashMap<>(from.refused());
        this.received = received;
        this.written = written;
    }
}
