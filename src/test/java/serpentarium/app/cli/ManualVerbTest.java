package serpentarium.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ManualVerbTest {
    private static String manual() {
        var out = new StringWriter();
        var writer = new PrintWriter(out);
        assertEquals(0, new Verbs(writer, writer, new Verbs.Parts(null, null, null, null, java.util.List.of(), null)).run("manual"));
        return out.toString();
    }

    @Test void everyVerbThatIsForPeopleHasItsPart() {
        String page = manual();
        for (String verb : new String[] {"profile", "profile convert", "profile diff", "traffic", "traffic convert", "logs", "proxy", "receive", "versions", "render"}) {
            assertTrue(page.contains(".SS \"" + verb + "\"\n"), verb);
        }
        assertFalse(page.contains("warm"), "what is hidden stays hidden");
        assertFalse(page.contains("${"), "defaults are said");
    }

    @Test void noLineIsTakenForARequestByMistake() {
        for (String line : manual().split("\n")) {
            if (line.startsWith(".")) assertTrue(line.matches("\\.(TH|SH|SS|TP|PP|B|br)( .*)?"), line);
            assertFalse(line.matches(".*[^\\\\]--.*"), line);
        }
    }
}
