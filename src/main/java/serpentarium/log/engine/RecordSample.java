package serpentarium.log.engine;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import serpentarium.log.RecordView;
import serpentarium.log.format.RecordScanner;
import serpentarium.task.TaskContext;

/// What the last records of a log are like: who wrote them, and what they name.
///
/// @param loggers how many records each logger has among them
/// @param fields  names that some of them have
/// @param records how many records were looked at
/// @param whole   whether these are all
public record RecordSample(Map<String, Long> loggers, Set<String> fields, long records, boolean whole) {
    /// Nothing was looked at.
    public static final RecordSample NONE = new RecordSample(Map.of(), Set.of(), 0, false);

    private static final long BYTES = 16L << 20;
    private static final int MOST_NAMES = 5000;
    private static final int DETAILED = 200;

    public RecordSample {
        loggers = Map.copyOf(loggers);
        fields = Set.copyOf(fields);
    }

    /// Looks at the last 16 MiB of a log that are indexed.
    public static RecordSample of(RecordIndexes indexes, TaskContext context) throws IOException {
        var loggers = new HashMap<String, Long>();
        var fields = new HashSet<String>();
        long records = 0;
        long left = BYTES;
        List<LogPart> parts = indexes.log().parts();
        int at = parts.size() - 1;
        boolean whole = true;
        for (; at >= 0 && left > 0; at--) {
            LogPart part = parts.get(at);
            LineIndex.Known known = part.index().known();
            if (known.lines() == 0) continue;
            PartFormat format = indexes.reader().formats().of(part);
            long from = Math.max(0, known.bytes() - left);
            whole &= from == 0;
            left -= known.bytes() - from;
            long line = from == 0 ? 0 : Math.min(known.lines() - 1, part.pages().lineAt(from) + 1);
            try (RecordScanner scanner = RecordRun.from(part, format, line, known.bytes(), true, new Piecework(context))) {
                while (scanner.next()) {
                    RecordView view = scanner.view();
                    records++;
                    String logger = view.text("logger");
                    if (logger != null && (loggers.size() < MOST_NAMES || loggers.containsKey(logger))) loggers.merge(logger, 1L, Long::sum);
                    if (records <= DETAILED && fields.size() < MOST_NAMES) fields.addAll(view.detached().fields().keySet());
                }
            }
        }
        return new RecordSample(loggers, fields, records, whole && at < 0);
    }
}
