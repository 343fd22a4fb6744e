package serpentarium.log.ui.format;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import serpentarium.base.Source;
import serpentarium.log.Level;
import serpentarium.log.RecordView;
import serpentarium.log.TextEncoding;
import serpentarium.log.format.Clock;
import serpentarium.log.format.Detection;
import serpentarium.log.format.LogSource;
import serpentarium.log.format.RecordScanner;
import serpentarium.task.TaskContext;

/// What the first bytes of a log look like when they are read in some way.
///
/// @param detection what it was taken for
/// @param charset   how its bytes were read
/// @param lines     how many lines were looked at
/// @param records   how many records they are
/// @param timed     how many of these say when they were written
/// @param levelled  how many say how bad they are
/// @param bad       how many letters the encoding could not read
/// @param shown     the first records
public record Trial(Detection detection, Charset charset, long lines, long records, long timed, long levelled, long bad, List<Shown> shown) {
    private static final int SHOWN = 6;
    private static final int LONGEST = 400;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");

    /// A record as it was taken apart.
    ///
    /// @param time    in the zone that was chosen; empty where it says none
    /// @param level   its level, or empty
    /// @param logger  who wrote it, or empty
    /// @param message the rest
    public record Shown(String time, String level, String logger, String message) {}

    /// Reads a sample.
    ///
    /// @param latest when the log was written last, in seconds since 1970
    /// @throws IOException where the sample cannot be read
    public static Trial of(byte[] sample, ReadAs as, long latest) throws IOException {
        TextEncoding encoding = as.charset().map(charset -> TextEncoding.chosen(charset, sample, sample.length)).orElseGet(() -> TextEncoding.detect(sample, sample.length));
        String text = encoding.text(sample, Math.min(sample.length, encoding.mark()), sample.length);
        long bad = text.chars().filter(c -> c == '\ufffd').count();
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        LogSource source = LogSource.of(Source.of("sample", plain), as.format().orElse(null), new Clock(as.zone(), latest));
        var shown = new ArrayList<Shown>();
        long timed = 0;
        long levelled = 0;
        try (RecordScanner scanner = source.records(TaskContext.detached())) {
            while (scanner.next()) {
                RecordView view = scanner.view();
                if (view.time() != RecordView.NO_TIME) timed++;
                if (view.severity() != Level.UNKNOWN) levelled++;
                if (shown.size() < SHOWN) shown.add(shown(view, as));
            }
            return new Trial(source.detection(), encoding.charset(), scanner.lines(), scanner.records(), timed, levelled, bad, List.copyOf(shown));
        }
    }

    private static Shown shown(RecordView view, ReadAs as) {
        String time = view.time() == RecordView.NO_TIME ? "" : TIME.format(Instant.ofEpochSecond(0, view.time()).atZone(as.zone()));
        return new Shown(time, said(view, "level"), said(view, "logger"), said(view, "message"));
    }

    private static String said(RecordView view, String field) {
        String text = view.text(field);
        if (text == null) return "";
        String first = text.lines().findFirst().orElse("");
        return first.length() > LONGEST ? first.substring(0, LONGEST) : first;
    }
}
