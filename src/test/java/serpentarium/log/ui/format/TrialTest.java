package serpentarium.log.ui.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import serpentarium.log.format.PythonFormat;

/// A log's first lines, read as a person says.
class TrialTest {
    private static final ZoneId UTC = ZoneId.of("UTC");

    @Test void whatIsFoundOutIsShownTakenApart() throws Exception {
        String text = "2026-11-28 09:00:00,250 - app.db - ERROR - no such table\nTraceback (most recent call last):\nKeyError: 1\n2026-11-28 09:00:01,000 - app.web - INFO - fine\n";
        Trial trial = Trial.of(text.getBytes(StandardCharsets.UTF_8), new ReadAs(Optional.empty(), Optional.empty(), UTC), 1_800_000_000);
        assertEquals(2, trial.records());
        assertEquals(4, trial.lines());
        assertEquals(2, trial.timed());
        assertEquals(new Trial.Shown("2026-11-28 09:00:00.250", "ERROR", "app.db", "no such table"), trial.shown().getFirst());
    }

    @Test void aFormatStringAnEncodingAndAZoneChangeWhatIsSeen() throws Exception {
        var format = PythonFormat.of("%(levelname)s|%(asctime)s|%(message)s", null);
        byte[] text = "ERROR|2026-11-28 09:00:00,000|Gr\u00fc\u00dfe\nINFO|2026-11-28 09:00:01,000|\u00e4\n".getBytes(StandardCharsets.ISO_8859_1);
        Trial trial = Trial.of(text, new ReadAs(Optional.of(format), Optional.of(StandardCharsets.ISO_8859_1), UTC), 1_800_000_000);
        assertEquals("Gr\u00fc\u00dfe", trial.shown().getFirst().message());
        assertEquals("2026-11-28 09:00:00.000", trial.shown().getFirst().time());
        assertEquals(0, trial.bad());
        Trial wrong = Trial.of(text, new ReadAs(Optional.of(format), Optional.of(Charset.forName("UTF-8")), UTC), 1_800_000_000);
        assertTrue(wrong.bad() > 0, "what the encoding cannot read is counted");
    }
}
