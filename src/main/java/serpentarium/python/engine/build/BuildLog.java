package serpentarium.python.engine.build;

import java.io.BufferedWriter;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import serpentarium.task.TaskContext;

/// What a build says: all of it in a file, the last lines and those that stand out in memory, and every line to those who follow.
public final class BuildLog implements AutoCloseable {
    private static final int KEPT = 4000;
    private static final int KEPT_MARKED = 500;
    private static final Pattern ERROR = Pattern.compile("\\berror:|^ERROR|\\*\\*\\* |^Traceback |^\\w*Error: |^BUILD FAILED|checksum mismatch|No space left|command not found|: cannot execute");
    private static final Pattern WARNING = Pattern.compile("^WARNING|^configure: WARNING|^checking for stdlib extension module .*\\.\\.\\. missing|^Could not build the |^Failed to build these modules");

    private final Path file;
    /// Made with the first line: a build that is cancelled while it waits leaves no file.
    private Writer out;
    private final ArrayDeque<Line> tail = new ArrayDeque<>();
    private final List<Line> marked = new ArrayList<>();
    private final List<Consumer<Line>> followers = new ArrayList<>();
    private long count;

    /// A line.
    ///
    /// @param number from 1, in the file too
    /// @param kind   what it is
    /// @param text   without its end
    public record Line(long number, Kind kind, String text) {}

    /// What a line is.
    public enum Kind {
        /// configure, make and the compilers.
        LOG,
        /// pyenv itself.
        SAID,
        /// Something will be missing.
        WARNING,
        /// Something went wrong.
        ERROR
    }

    BuildLog(Path file) {
        this.file = file;
    }

    private Writer out() throws IOException {
        if (out == null) {
            Files.createDirectories(file.getParent());
            // A plain stream: a channel would be closed by the interrupt of a cancelled task, and the end of the log with it.
            out = new BufferedWriter(new OutputStreamWriter(new FileOutputStream(file.toFile()), StandardCharsets.UTF_8));
        }
        return out;
    }

    /// Where all of it is.
    public Path file() {
        return file;
    }

    /// Hands over the lines that are kept in memory, then each that comes, on the thread of the build. What takes long there holds the build up.
    ///
    /// @return ends it
    public synchronized TaskContext.Registration follow(Consumer<Line> follower) {
        tail.forEach(follower);
        followers.add(follower);
        return () -> leave(follower);
    }

    private synchronized void leave(Consumer<Line> follower) {
        followers.remove(follower);
    }

    /// The last lines.
    public synchronized List<Line> tail() {
        return List.copyOf(tail);
    }

    /// The first warnings and errors.
    public synchronized List<Line> marked() {
        return List.copyOf(marked);
    }

    /// How many lines there are.
    public synchronized long count() {
        return count;
    }

    /// Adds a line.
    ///
    /// @param said whether pyenv itself says it
    synchronized Line add(String text, boolean said) throws IOException {
        Kind kind = ERROR.matcher(text).find() ? Kind.ERROR : WARNING.matcher(text).find() ? Kind.WARNING : said ? Kind.SAID : Kind.LOG;
        // configure asks the compiler for what it cannot do; what it answers is no error of the build.
        if (kind == Kind.ERROR && text.startsWith("checking ")) kind = Kind.LOG;
        var line = new Line(++count, kind, text);
        out().write(text);
        out().write('\n');
        if (tail.size() == KEPT) tail.removeFirst();
        tail.add(line);
        if ((kind == Kind.ERROR || kind == Kind.WARNING) && marked.size() < KEPT_MARKED) marked.add(line);
        followers.forEach(each -> each.accept(line));
        return line;
    }

    synchronized void flush() throws IOException {
        if (out != null) out.flush();
    }

    @Override public synchronized void close() throws IOException {
        if (out != null) out.close();
    }
}
