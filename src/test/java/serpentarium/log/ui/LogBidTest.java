package serpentarium.log.ui;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import serpentarium.base.Bid;
import serpentarium.base.Head;

class LogBidTest {
    private static final String PROSE = "It was the best of times,\nit was the worst of times,\nit was the age of wisdom.\n";
    private static final String LOG = "2026-11-28 10:00:00,000 - app - INFO - it began\n2026-11-28 10:00:00,100 - app - ERROR - it broke\n";

    private static Bid bid(String name, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return LogBid.of(new Head(name, bytes, bytes.length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"app.log", "unknown", "notes.txt"})
    void aLogIsOneUnderAnyName(String name) {
        assertInstanceOf(Bid.Yes.class, bid(name, LOG));
    }

    @ParameterizedTest
    @ValueSource(strings = {"app.log", "app.log.1", "service.err"})
    void textThatNothingElseKnowsIsALogByItsName(String name) {
        Bid.Yes prose = assertInstanceOf(Bid.Yes.class, bid(name, PROSE));
        Bid.Yes empty = assertInstanceOf(Bid.Yes.class, bid(name, ""));
        Bid.Yes log = assertInstanceOf(Bid.Yes.class, bid(name, LOG));
        assertTrue(prose.strength() < log.strength() && empty.strength() < log.strength());
    }

    @Test void proseIsNone() {
        assertInstanceOf(Bid.No.class, bid("notes.txt", PROSE));
        assertInstanceOf(Bid.No.class, bid("unknown", ""));
    }

    @Test void bytesThatAreNoTextAreNoneWhateverTheName() {
        assertInstanceOf(Bid.No.class, bid("app.log", "\u0001\u0002\u0003\u0004".repeat(100)));
    }
}
