package serpentarium.log.format.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Ways in which records are sent that no sample has.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WireProtocolsTest {
    private static final Now NOW = () -> 1_795_332_600_250_000_000L;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<Map<String, Object>> fed(Decoder decoder, String text) {
        byte[] bytes = bytes(text);
        var whole = new Arrivals(Via.SYSLOG, "a", -1);
        decoder.feed(bytes, 0, bytes.length, whole);
        decoder.end(whole);
        return WireSamplesTest.lines(whole);
    }

    private static String messages(List<Map<String, Object>> records) {
        return records.stream().map(record -> record.get("levelname") + " " + record.get("message")).collect(Collectors.joining("|"));
    }

    @ParameterizedTest @CsvSource(delimiter = '~', value = {"<134>one\\0<131>two\\nlines\\0~INFO one|ERROR two\\nlines", "<134>one\\n<131>two\\n~INFO one|ERROR two",
            "8 <134>one12 <131>two\\nl <~INFO one|ERROR two\\nl <", "<134>myapp: one<132>myapp: two~INFO one|WARNING two", "8 <134>one\\n8 <134>two~INFO one|INFO two",
            "no priority\\nsecond\\n~null no priority|null second", "<134>one\\nmore\\n~INFO one\\nmore", "<999>x\\n~null <999>x", "<134>ERROR: it\\0~INFO ERROR: it"})
    void howMessagesOfSyslogAreToldApart(String sent, String want) {
        String text = sent.replace("\\0", "\0").replace("\\n", "\n");
        assertEquals(want.replace("\\n", "\n"), messages(fed(new SyslogFrames(NOW), text)));
        for (int seed = 0; seed < 10; seed++)
            assertEquals(want.replace("\\n", "\n"), messages(WireSamplesTest.lines(WireSamplesTest.fed(new SyslogFrames(NOW), Via.SYSLOG, bytes(text), seed))));
    }

    @Test void aMessageThatNothingEndsYet() {
        var frames = new SyslogFrames(NOW);
        var out = new Arrivals(Via.SYSLOG, "a", -1);
        byte[] first = bytes("<134>myapp: one");
        frames.feed(first, 0, first.length, out);
        assertEquals(0, out.records());
        frames.idle(out);
        assertEquals("INFO one", messages(WireSamplesTest.lines(out)));
        assertEquals(0, frames.held());
    }

    @Test void theTwoSyslogs() {
        var old = fed(new SyslogFrames(NOW), "<34>Oct 11 22:14:15 mymachine su[12]: 'su root' failed\n<13>x\n").getFirst();
        assertEquals(Map.of("levelname", "CRITICAL", "levelno", 50, "name", "su", "host", "mymachine", "process", 12, "facility", "auth", "message", "'su root' failed"),
                without(old, "created", "received", "via", "from"));
        var modern = fed(new SyslogFrames(NOW), "<165>1 2003-10-11T22:14:15.003Z mymachine.example.com evntslog 77 ID47 [e@1 iut=\"3\"] An event\n<13>x\n").getFirst();
        assertEquals(1065910455.003, modern.get("created"));
        assertEquals(Map.of("levelname", "NOTICE", "levelno", 25, "name", "evntslog", "host", "mymachine.example.com", "process", 77, "facility", "local4", "message_id", "ID47",
                "data", "[e@1 iut=\"3\"]", "message", "An event"), without(modern, "created", "received", "via", "from"));
    }

    private static Map<String, Object> without(Map<String, Object> map, String... keys) {
        var copy = new java.util.HashMap<>(map);
        copy.keySet().removeAll(Arrays.asList(keys));
        return copy;
    }

    @Test void linesOfJson() {
        var records = fed(new JsonStream(NOW), "{\"level\":\"info\",\"message\":\"ä\\u2028\",\"n\":[1,2.5,null,true,{\"k\":1e400}]}\n\nno json\n{\"from\":1,\"big\":123456789012345678901234567890}");
        assertEquals("ä\u2028", records.get(0).get("message"));
        assertEquals("no json", records.get(1).get("message"));
        assertEquals(1, records.get(2).get("from_"));
        assertEquals("123456789012345678901234567890", String.valueOf(records.get(2).get("big")));
        assertEquals(3, records.size());
        for (int seed = 0; seed < 10; seed++)
            assertEquals(100, WireSamplesTest.fed(new JsonStream(NOW), Via.JSON, bytes("{\"message\":\"some\\n\"}\n".repeat(100)), seed).records());
    }

    private static final String GELF = "{\"version\":\"1.0\",\"host\":\"h\",\"short_message\":\"went\",\"full_message\":\"Traceback (most recent call last):\\nKeyError\",\"timestamp\":1795332600.5,"
            + "\"level\":3,\"facility\":\"svc\",\"file\":\"a.py\",\"line\":3,\"_function\":\"f\",\"_pid\":12,\"_user\":\"u\"}";

    private static void isGelf(Map<String, Object> record) {
        assertEquals(Map.ofEntries(Map.entry("host", "h"), Map.entry("message", "went"), Map.entry("exc_text", "Traceback (most recent call last):\nKeyError"), Map.entry("created", 1795332600.5),
                Map.entry("levelname", "ERROR"), Map.entry("levelno", 40), Map.entry("name", "svc"), Map.entry("pathname", "a.py"), Map.entry("lineno", 3), Map.entry("funcName", "f"),
                Map.entry("process", 12), Map.entry("user", "u")), without(record, "received", "via", "from"));
    }

    private static byte[] packed(byte[] plain, boolean gzip) throws IOException {
        var out = new ByteArrayOutputStream();
        try (OutputStream packing = gzip ? new GZIPOutputStream(out) : new DeflaterOutputStream(out)) {
            packing.write(plain);
        }
        return out.toByteArray();
    }

    private static byte[] piece(int id, int number, int count, byte[] part) {
        byte[] piece = new byte[12 + part.length];
        piece[0] = 0x1e;
        piece[1] = 0x0f;
        piece[9] = (byte) id;
        piece[10] = (byte) number;
        piece[11] = (byte) count;
        System.arraycopy(part, 0, piece, 12, part.length);
        return piece;
    }

    @Test void gelfWholeAndInPieces() throws IOException {
        isGelf(fed(new JsonStream(NOW), GELF + "\0").getFirst());
        var datagrams = new GelfDatagrams(NOW);
        for (byte[] each : List.of(bytes(GELF), packed(bytes(GELF), true), packed(bytes(GELF), false))) {
            var out = new Arrivals(Via.GELF, "a", -1);
            datagrams.datagram(each, 0, each.length, "a", out);
            isGelf(WireSamplesTest.lines(out).getFirst());
        }
        byte[] whole = packed(bytes(GELF), false);
        var out = new Arrivals(Via.GELF, "a", -1);
        for (int number : new int[] {2, 0, 0, 1}) {
            byte[] part = Arrays.copyOfRange(whole, number * 50, number == 2 ? whole.length : number * 50 + 50);
            byte[] piece = piece(7, number, 3, part);
            datagrams.datagram(piece, 0, piece.length, "a", out);
        }
        isGelf(WireSamplesTest.lines(out).getFirst());
    }

    @Test void gelfThatIsHostile() throws IOException {
        var clock = new AtomicLong(1);
        var datagrams = new GelfDatagrams(clock::get);
        var out = new Arrivals(Via.GELF, "a", -1);
        byte[] bomb = packed(new byte[64 << 20], true);
        datagrams.datagram(bomb, 0, bomb.length, "a", out);
        assertEquals(1, out.refused(Refusal.TOO_LARGE));
        for (byte[] each : List.of(piece(1, 3, 3, new byte[1]), piece(1, 0, 200, new byte[1]), piece(1, 0, 0, new byte[1]), new byte[] {0x1e, 0x0f, 1}, new byte[] {0x1f, (byte) 0x8b, 1}, new byte[] {1}))
            datagrams.datagram(each, 0, each.length, "a", out);
        assertEquals(6, out.refused(Refusal.DAMAGED));
        for (int i = 0; i < 5000; i++) {
            byte[] piece = piece(i, 0, 2, new byte[8000]);
            datagrams.datagram(piece, 0, piece.length, "a" + i, out);
        }
        assertTrue(out.refused(Refusal.INCOMPLETE) >= 3900, () -> "" + out.refused(Refusal.INCOMPLETE));
        clock.addAndGet(GelfDatagrams.PATIENCE_NANOS + 1);
        datagrams.tick(out);
        assertEquals(5000, out.refused(Refusal.INCOMPLETE));
        assertEquals(0, out.records());
    }

    /// What Python makes of it.
    static Stream<Arguments> messages() {
        return Stream.of("a %s b ~ ('x',) ~ a x b", "%d %5d|%05d ~ (1, 22, -3) ~ 1    22|-0003", "%d of %5.1f%% ~ (True, 2.25) ~ 1 of   2.2%", "%(k)s %(n)03d ~ {'k': 'v', 'n': 7} ~ v 007",
                "%s ~ {'k': u'v'} ~ {'k': u'v'}", "%r %s ~ (u'\\xe9', [1, 'a, b']) ~ u'\\xe9' [1, 'a, b']", "%s %s ~ (<Foo object at 0x7f, x>, 'b') ~ <Foo object at 0x7f, x> b",
                "%x %X %o %#x ~ (255, 255, 8, 255) ~ ff FF 10 0xff", "%e %g %g %.3g ~ (12345.678, 0.0001, 1e10, 1234567.0) ~ 1.234568e+04 0.0001 1e+10 1.23e+06", "%-5s|%+d ~ ('a', 3) ~ a    |+3",
                "%s ~ (Decimal('1.5'),) ~ Decimal('1.5')", "%s ~ ('it\\'s \"q\"',) ~ it's \"q\"", "%.2s|%c ~ ('abc', 65) ~ ab|A", "100%% ~ (1,) ~ ", "%s %s ~ (None, b'x') ~ None b'x'")
                .map(each -> Arguments.of((Object[]) each.split(" ~ ", -1)));
    }

    @ParameterizedTest @MethodSource("messages") void argumentsArePutIn(String message, String arguments, String want) {
        assertEquals(want.isEmpty() ? Optional.empty() : Optional.of(want), PercentFormat.of(message, arguments));
    }

    @ParameterizedTest @CsvSource(delimiter = '|', value = {"%s %s|('a',)", "%s|('a', 'b')", "%d|('a',)", "%(x)s|{'k': 1}", "%y|(1,)", "%|(1,)", "%s|<Foo>", "%9999999d|(1,)", "%s|(((((1", "%s|('a',"})
    void argumentsThatDoNotFit(String message, String arguments) {
        assertTrue(PercentFormat.of(message, arguments).isEmpty());
    }

    private static String field(int number, String hex) {
        return String.format("%02x%02x", number << 3 | 2, hex.length() / 2) + hex;
    }

    private static String text(int number, String text) {
        return field(number, HexFormat.of().formatHex(bytes(text)));
    }

    private static String pair(String key, String any) {
        return text(1, key) + field(2, any);
    }

    @Test void recordsOfOpenTelemetry() {
        String time = "09" + "00a0724e18090000";
        String log = time + "1011" + text(3, "ERROR") + field(5, text(1, "went")) + field(6, pair("code.line.number", "1803")) + field(6, pair("exception.stacktrace", text(1, "Traceback")))
                + field(9, "0102030405060708090a0b0c0d0e0f10") + field(6, pair("list", field(5, field(1, "1801") + field(1, "1000"))));
        byte[] body = HexFormat.of().parseHex(sized(1, sized(1, field(1, pair("process.pid", "182a"))) + sized(2, sized(1, text(1, "svc")) + sized(2, log))));
        var out = new Arrivals(Via.OTLP, "a", -1);
        new OtlpLogs().write(OtlpLogs.request(body, 0, body.length, false), NOW.nanos(), out);
        isOtlp(WireSamplesTest.lines(out).getFirst());
        assertEquals(42, out.process(0));
        String json = """
                {"resourceLogs":[{"resource":{"attributes":[{"key":"process.pid","value":{"intValue":"42"}}]},"scopeLogs":[{"scope":{"name":"svc"},"logRecords":[{
                "timeUnixNano":"10000000000000","severityNumber":17,"severityText":"ERROR","body":{"stringValue":"went"},"traceId":"0102030405060708090a0b0c0d0e0f10",
                "attributes":[{"key":"code.line.number","value":{"intValue":"3"}},{"key":"exception.stacktrace","value":{"stringValue":"Traceback"}},
                {"key":"list","value":{"arrayValue":{"values":[{"intValue":1},{"boolValue":false}]}}}]}]}]}]}""";
        out.clear();
        new OtlpLogs().write(OtlpLogs.request(bytes(json), 0, bytes(json).length, true), NOW.nanos(), out);
        isOtlp(WireSamplesTest.lines(out).getFirst());
        for (int cut = 1; cut < body.length; cut++) {
            out.clear();
            var part = OtlpLogs.request(body, 0, cut, false);
            if (part != null) new OtlpLogs().write(part, 0, out);
            WireSamplesTest.lines(out);
        }
        assertNull(OtlpLogs.request(bytes("[1]"), 0, 3, true));
    }

    /// Lengths above 127 take two bytes.
    private static String sized(int number, String hex) {
        int length = hex.length() / 2;
        return String.format("%02x", number << 3 | 2) + (length < 128 ? String.format("%02x", length) : String.format("%02x%02x", length & 0x7f | 0x80, length >> 7)) + hex;
    }

    private static void isOtlp(Map<String, Object> record) {
        assertEquals(Map.of("created", 10000, "levelname", "ERROR", "levelno", 40, "name", "svc", "message", "went", "lineno", 3, "exc_text", "Traceback", "list", List.of(1, false),
                "trace_id", "0102030405060708090a0b0c0d0e0f10", "resource", Map.of("process.pid", 42)), without(record, "received", "via", "from"));
    }

    @Test void lengthsThatAreClaimed() {
        var out = new Arrivals(Via.SOCKET, "a", -1);
        byte[] huge = {(byte) 0x7f, -1, -1, -1, 1};
        assertFalse(new PickleFrames(NOW).feed(huge, 0, huge.length, out));
        var slow = new PickleFrames(NOW);
        byte[] large = {0, (byte) 0xff, 0, 0, 1};
        assertTrue(slow.feed(large, 0, large.length, out));
        assertEquals(5, slow.held());
        slow.end(out);
        assertEquals(1, out.refused(Refusal.CUT_OFF));
        assertEquals(1, out.refused(Refusal.TOO_LARGE));
        byte[] counted = bytes("9999999 <1");
        assertFalse(new SyslogFrames(NOW).feed(counted, 0, counted.length, out));
    }

    @ParameterizedTest @CsvSource({"1795332540.8961518, 1795332540.8961518", "0.0, 0.0", "-0.001, -0.001", "1.0E10, 10000000000.0", "1.5E-7, 0.00000015", "1.0E300, 1.0e300", "123456789.125, 123456789.125"})
    void numbersHaveNoExponentWhereTheyAreUsual(double value, String text) {
        assertEquals(text, Decimal.plain(value));
    }
}
