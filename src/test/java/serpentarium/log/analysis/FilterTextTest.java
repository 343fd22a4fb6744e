package serpentarium.log.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import serpentarium.log.Level;
import serpentarium.log.LogRecord;

class FilterTextTest {
    private static LogFilter parsed(String text) {
        return assertInstanceOf(LogFilterParser.Result.Parsed.class, LogFilterParser.parse(text, ZoneOffset.UTC), text).filter();
    }

    @Test void valuesAreReadBack() {
        for (String value : List.of("ana", "a b", "it's", "say \"x\"", "back\\slash", "and", "NOT", "", "/index.html", "a=b", "x|y", "(1)", "has:x", "größe", "two\nlines", "a,b", "!x", "100%")) {
            assertEquals(new LogFilter.TextOf("user", new LogFilter.TextTest.Equals(value)), parsed(FilterText.equal("user", value).orElseThrow()), value);
            if (value.isEmpty()) continue;
            assertEquals(new LogFilter.TextOf(null, new LogFilter.TextTest.Contains(value)), parsed(FilterText.holding(value)), value);
            assertEquals(new LogFilter.Not(new LogFilter.TextOf(null, new LogFilter.TextTest.Contains(value))), parsed(FilterText.not(FilterText.holding(value))), value);
        }
    }

    @Test void numbersThatMayBeWrittenInManyWaysAreCompared() {
        assertEquals("status=200", FilterText.equal("status", 200).orElseThrow());
        assertInstanceOf(LogFilter.And.class, parsed(FilterText.equal("duration", 0.1).orElseThrow()));
        assertEquals(Optional.empty(), FilterText.equal("a b", "x"));
        assertEquals(Optional.empty(), FilterText.equal("a", null));
    }

    @Test void timesAreReadBack() {
        long from = 1_795_000_000_123_456_789L;
        var and = assertInstanceOf(LogFilter.And.class, parsed(FilterText.between(from, from + 1)));
        assertEquals(List.of(new LogFilter.TimeOf(LogFilter.Comparison.AT_LEAST, from), new LogFilter.TimeOf(LogFilter.Comparison.AT_MOST, from + 1)), and.parts());
    }

    @Test void filtersArePutTogether() {
        assertEquals("a", FilterText.both("", "a"));
        assertEquals("a b", FilterText.both("a", "b"));
        assertEquals("(a or b) not c", FilterText.both("a or b", "not c"));
        assertEquals("\"a or b\" c", FilterText.both("\"a or b\"", "c"));
    }

    private static LogRecord record(String message, Map<String, Object> fields) {
        return new LogRecord("a.log", 1, 1, "basic", 0, "INFO", Level.INFO.number(), "app", message, null, -1, null, null, null, fields);
    }

    @Test void requestsAreFoundByTheirIds() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("trace_id", null);
        fields.put("http", Map.of("request_id", "r 1"));
        assertEquals(Optional.of(new SameRequest.Id("http.request_id", "r 1", "http.request_id=\"r 1\"")), SameRequest.of(record("x", fields)));
        assertEquals("abc-1", SameRequest.of(record("done request_id=abc-1 in 3 ms", Map.of())).orElseThrow().value());
        assertEquals("9f31", SameRequest.of(record("{'X-Request-ID': '9f31'}", Map.of())).orElseThrow().filter());
        assertEquals("0f1d7c36-0000-4000-8000-000000000000",
                SameRequest.of(record("Task shop.tasks.add[0f1d7c36-0000-4000-8000-000000000000] succeeded", Map.of())).orElseThrow().value());
        assertTrue(SameRequest.of(record("request 12 failed", Map.of())).isEmpty());
    }
}
