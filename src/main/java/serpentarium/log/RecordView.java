package serpentarium.log;

/// A record while a reader stands on it: nothing of it may be kept after the reader went on. Looking makes no objects, except texts.
public interface RecordView {
    /// The time of a record that says none.
    long NO_TIME = Long.MIN_VALUE;

    /// Nanoseconds since 1970, or [#NO_TIME].
    long time();

    /// Its level on Python's scale, or [Level#UNKNOWN]. What Python itself wrote about a failure counts as an error even though no level stands there.
    int severity();

    /// The level that is written there; [Level#OTHER] for other names and where there is none.
    Level level();

    /// Number of its first line, from 1.
    long line();

    /// How many lines it has.
    int lines();

    /// Number of its last line in the file, from 1: a container's runtime may have cut one of its lines into several.
    long last();

    /// Whether it carries a traceback.
    boolean traceback();

    /// The bytes that hold it, without colours.
    byte[] bytes();

    /// Where it begins in them.
    int from();

    /// Where it ends in them, before the last line's end.
    int to();

    /// How many bytes it takes in the file.
    long size();

    /// Where the message begins in the bytes; [#from()] where it is not told apart.
    int messageFrom();

    /// Where the message's first line ends.
    int messageTo();

    /// A field by its name as text, or null: `logger`, `message`, `level`, `thread`, `process`, `file`, `line`, `function`, and whatever else it names.
    String text(String field);

    /// All its lines as text, without colours.
    String whole();

    /// All of it, for showing.
    LogRecord detached();
}
