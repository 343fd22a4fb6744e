package serpentarium.log.format;

import java.util.ArrayList;
import java.util.List;
import serpentarium.log.Level;
import serpentarium.log.LogFormat;

/// Tells for single lines whether a record begins there, and when and how bad it is, so that parts of a file can be looked at apart from one another.
/// It makes no objects; each thread has its own.
public final class RecordStarts {
    private static final PythonReader PYTHON = new PythonReader();

    private final Detection detection;
    private final LineReader[] readers;
    private final Spans spans = new Spans();
    private final Envelope.Opener opener;
    private byte[] opened = new byte[0];
    private LineReader last;

    private RecordStarts(Detection detection, LineReader[] readers, Envelope.Opener opener) {
        this.detection = detection;
        this.readers = readers;
        this.opener = opener;
    }

    /// Looks for records of what was detected.
    ///
    /// @throws IllegalArgumentException where a layout is wrong; its message is the part that is
    public static RecordStarts of(Detection detection, Clock clock) {
        List<LineReader> readers = new ArrayList<>();
        for (LogFormat format : detection.formats()) {
            LineReader reader = LogFormats.reader(format, clock);
            if (reader instanceof LayoutReader layout) {
                if (detection.ownName() != null) layout.ownName(detection.ownName().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
                if (detection.dayFirst()) layout.dayFirst();
            }
            readers.add(reader);
        }
        readers.add(PYTHON);
        return new RecordStarts(detection, readers.toArray(LineReader[]::new), new Envelope.Opener(detection.envelope(), clock));
    }

    /// Another one for another thread.
    public RecordStarts copy(Clock clock) {
        LineReader[] copies = new LineReader[readers.length];
        for (int i = 0; i < copies.length; i++) copies[i] = readers[i].copy(clock);
        return new RecordStarts(detection, copies, new Envelope.Opener(detection.envelope(), clock));
    }

    /// What it looks for.
    public Detection detection() {
        return detection;
    }

    /// Whether a record begins with a line as it stands in the file, without its line feed.
    public boolean starts(byte[] bytes, int from, int to) {
        int end = to;
        while (end > from && bytes[end - 1] == '\r') end--;
        if (detection.envelope() == Envelope.NONE && LineSplit.clean(bytes, from, end)) return read(bytes, from, end);
        int length = clean(bytes, from, to, opened(to - from), 0);
        return length >= 0 && shown(opened, 0, length) >= 0;
    }

    /// Whether each line can be told without those before it.
    public boolean apart() {
        return detection.envelope() == Envelope.NONE && !has(LogFormat.Family.PLAIN) && !has(LogFormat.Family.SYSLOG);
    }

    private boolean has(LogFormat.Family family) {
        return detection.formats().stream().anyMatch(format -> format.family() == family);
    }

    /// From where on lines can be told without those before.
    ///
    /// @param alone whether the line before this one does not go on in it; see [#partial]
    /// @return 0 for this line, 1 for the next one, -1 where it depends on those before
    public int settles(byte[] bytes, int from, int to, boolean alone) {
        boolean plain = has(LogFormat.Family.PLAIN);
        boolean syslog = has(LogFormat.Family.SYSLOG);
        if (partial(bytes, from, to)) return -1;
        if (!plain && !syslog) return 1;
        if (!alone) return -1;
        int length = clean(bytes, from, to, opened(to - from), 0);
        if (plain) return PlainReader.settles(opened, 0, length) ? 1 : -1;
        return read(opened, 0, length) && last instanceof SyslogReader reader && reader.settles() ? 0 : -1;
    }

    /// Whether a line goes on in the next one.
    public boolean partial(byte[] bytes, int from, int to) {
        return detection.envelope() != Envelope.NONE && opener.open(bytes, from, to, opened(to - from), 0) >= 0 && opener.partial();
    }

    private byte[] opened(int length) {
        if (opened.length < length + 1) opened = new byte[Math.max(length + 1, 1024)];
        return opened;
    }

    /// Copies a line without envelope and colours; gives where it ends in `out`.
    int clean(byte[] bytes, int from, int to, byte[] out, int at) {
        if (detection.envelope() == Envelope.NONE) return LineSplit.copy(bytes, from, to, out, at);
        int end = opener.open(bytes, from, to, out, at);
        if (end < 0) return LineSplit.copy(bytes, from, to, out, at);
        return LineSplit.clean(out, at, end) ? end : Colours.strip(out, at, end, out, at);
    }

    /// Where in a clean line a record begins: at its start, or after what a progress bar left on it; -1 where none does.
    int shown(byte[] line, int from, int to) {
        if (read(line, from, to)) return from;
        int shown = LineSplit.shown(line, from, to);
        return shown > from && read(line, shown, to) ? shown : -1;
    }

    private boolean read(byte[] bytes, int from, int to) {
        for (LineReader reader : readers) {
            spans.clear();
            if (!reader.read(bytes, from, to, spans)) continue;
            last = reader;
            return true;
        }
        return false;
    }

    /// The time of the line that was looked at last: nanoseconds since 1970, or [serpentarium.log.RecordView#NO_TIME].
    public long time() {
        return spans.time == serpentarium.log.RecordView.NO_TIME ? opener.time() : spans.time;
    }

    /// Its level on Python's scale, or [Level#UNKNOWN].
    public int severity() {
        return spans.number;
    }

    /// Its level.
    public Level level() {
        return spans.usual ? Level.of(spans.number) : Level.OTHER;
    }

    Envelope.Opener opener() {
        return opener;
    }

    Spans spans() {
        return spans;
    }

    LineReader reader() {
        return last;
    }
}
