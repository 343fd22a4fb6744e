package serpentarium.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import serpentarium.shell.Folders;

/// The log file: three files of two megabytes that take turns, in the platform's folder for state. Nothing is logged to the terminal.
///
/// The logging of the JDK asks for this class by name, and makes one, when the first message is logged; so a verb that logs nothing opens no file.
public final class LogFile {
    private static final int LIMIT = 2 << 20;
    private static final int FILES = 3;

    /// Called by the JDK's [LogManager].
    public LogFile() {
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) root.removeHandler(handler);
        root.setLevel(Level.INFO);
        try {
            Path folder = Files.createDirectories(Folders.state());
            var handler = new FileHandler(folder.resolve("serpentarium-%g.log").toString(), LIMIT, FILES, true);
            handler.setEncoding("UTF-8");
            handler.setFormatter(new SimpleFormatter());
            root.addHandler(handler);
        } catch (IOException e) {
            // Without a folder to write to there is no log; the program works all the same.
            root.setLevel(Level.OFF);
        }
    }

    /// Names this class to the JDK's logging. To be called before anything is logged.
    static void install() {
        if (System.getProperty("java.util.logging.config.class") == null)
            System.setProperty("java.util.logging.config.class", LogFile.class.getName());
    }
}
