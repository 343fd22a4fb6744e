package serpentarium.kit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Listens to what the toolkit logs, which is where it complains about style sheets.
public final class StyleWarnings extends Handler implements AutoCloseable {
    private final List<Logger> loggers = List.of(Logger.getLogger("javafx.css"), Logger.getLogger("javafx"));
    private final List<String> said = new CopyOnWriteArrayList<>();

    /// Listens from now on.
    public StyleWarnings() {
        loggers.forEach(logger -> logger.addHandler(this));
    }

    /// What was logged.
    public List<String> said() {
        return said.stream().distinct().toList();
    }

    @Override public void publish(LogRecord record) {
        said.add(record.getLevel() + " " + record.getMessage());
    }

    @Override public void flush() {}

    @Override public void close() {
        loggers.forEach(logger -> logger.removeHandler(this));
    }
}
