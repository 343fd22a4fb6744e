package serpentarium.log.format;

import java.util.Arrays;
import serpentarium.log.Level;
import serpentarium.log.RecordView;

/// Where the parts of a line stand, as a reader found them. It is used again for each line.
final class Spans {
    static final int LOGGER = 0;
    static final int MESSAGE = 1;
    static final int LEVEL = 2;
    static final int FILE = 3;
    static final int LINE = 4;
    static final int FUNCTION = 5;
    static final int THREAD = 6;
    static final int PROCESS = 7;
    static final int EXCEPTION = 8;
    /// The first of those that only a format knows.
    static final int MORE = 9;
    static final int MOST = 40;

    final int[] from = new int[MOST];
    final int[] to = new int[MOST];
    long time;
    int number;
    /// Whether the level is one of Python's five, whose names may stand for it.
    boolean usual;
    /// Whether the line itself says that something failed (JSON), or a failure is named in it.
    boolean failed;

    void clear() {
        Arrays.fill(from, -1);
        time = RecordView.NO_TIME;
        number = Level.UNKNOWN;
        usual = true;
        failed = false;
    }

    void set(int field, int begin, int end) {
        from[field] = begin;
        to[field] = end;
    }

    boolean has(int field) {
        return from[field] >= 0;
    }

    void copy(Spans other) {
        System.arraycopy(other.from, 0, from, 0, MOST);
        System.arraycopy(other.to, 0, to, 0, MOST);
        time = other.time;
        number = other.number;
        usual = other.usual;
        failed = other.failed;
    }
}
