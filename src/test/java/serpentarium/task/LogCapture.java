package serpentarium.task;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/// Takes what the layer logs away from the terminal and keeps it, until closed.
final class LogCapture extends Handler {
    private final Logger logger = Logger.getLogger("serpentarium.task");
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    LogCapture() {
        logger.setUseParentHandlers(false);
        logger.addHandler(this);
    }

    @Override public void publish(LogRecord record) {
        records.add(record);
    }

    /// What was logged so far.
    List<LogRecord> records() {
        return List.copyOf(records);
    }

    /// The texts of what was logged so far.
    List<String> lines() {
        var format = new SimpleFormatter();
        return records.stream().map(format::formatMessage).toList();
    }

    @Override public void flush() {}

    @Override public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
    }
}
