package serpentarium.traffic.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.FlowSource;
import serpentarium.traffic.FlowTable;
import serpentarium.traffic.FlowWriter;
import serpentarium.traffic.Headers;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.engine.DiskSession;
import serpentarium.traffic.engine.SessionLimits;

class FilterCompletionTest {
    @TempDir Path folder;

    private List<String> at(String text) throws IOException {
        try (DiskSession session = DiskSession.create(folder.resolve("s" + System.nanoTime()), SessionLimits.NONE)) {
            try (FlowWriter flow = session.begin("a", FlowKind.HTTP, FlowSource.FILE, 1)) {
                flow.request(new RequestHead("PURGE", "https", "shop.test", 8443, "", "/", "HTTP/1.1", Headers.NONE));
            }
            FlowTable table = session.table();
            return FilterCompletion.at(text, text.length(), table).stream().map(each -> text.substring(0, each.from()) + each.insert()).toList();
        }
    }

    @Test void fieldsByTheirBeginning() throws IOException {
        assertEquals(List.of("status = "), at("st"));
        assertTrue(at("").contains("duration > "));
        assertTrue(at("status = 200 an").contains("status = 200 and "));
        assertFalse(at("a").contains("and "), "nothing stands before it");
        assertEquals(List.of("is:marked"), at("is:mar"));
        assertEquals(List.of("(header:"), at("(hea"));
    }

    @Test void valuesOfThisSession() throws IOException {
        assertEquals("method = PURGE ", at("method = ").getFirst());
        assertEquals("host = shop.test ", at("host = ").getFirst());
        assertEquals(List.of("method = DELETE "), at("method = de"));
        assertEquals(List.of(), at("body ~ \"sta"));
    }

    @Test void everyOperatorOfMitmproxyIsUnderstood() throws IOException {
        assertTrue(at("~").size() > 25);
        assertEquals(List.of("~bq "), at("~bq"));
        for (String offered : at("~"))
            assertInstanceOf(FilterParser.Result.Parsed.class, FilterParser.parse(offered.endsWith(" ") ? offered + (offered.startsWith("~c ") ? "200" : "x") : offered), offered);
    }

    @Test void everyFieldThatIsOfferedIsUnderstood() throws IOException {
        for (String offered : at("")) {
            String value = offered.startsWith("kind") ? "http" : offered.startsWith("source") ? "file" : offered.endsWith(":") ? "x" : "1";
            String filter = offered.startsWith("is:") ? offered : offered + (offered.equals("not ") ? "x" : value);
            assertInstanceOf(FilterParser.Result.Parsed.class, FilterParser.parse(filter), filter);
        }
    }
}
