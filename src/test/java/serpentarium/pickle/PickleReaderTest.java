package serpentarium.pickle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import serpentarium.base.Source;
import serpentarium.pickle.PickleValue.Dict;
import serpentarium.pickle.PickleValue.Global;
import serpentarium.pickle.PickleValue.Items;
import serpentarium.pickle.PickleValue.Made;
import serpentarium.pickle.PickleValue.Text;
import serpentarium.profile.format.FormatSamples;
import serpentarium.task.TaskContext;

/// Pickles that Pythons 2.7 and 3.11 wrote of the same values in every protocol, and pickles that no Python writes.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PickleReaderTest {
    private static final FormatSamples SAMPLES = new FormatSamples("/serpentarium/pickle/values");
    private static final FormatSamples HOSTILE = new FormatSamples("/serpentarium/profile/format/yappi/hostile");
    private static final String PLAIN = "NONE TRUE FALSE 0 255 256 65535 65536 -1 2147483648 -2147483648 9223372036854775807 "
            + "-9223372036854775808 18446744073709551616 -1180591620717411303424 1.5 -0.0 Infinity 'xé中😀\n\\' 'plain'";

    static Stream<String> samples() {
        return SAMPLES.names();
    }

    static Stream<String> hostile() {
        return HOSTILE.names();
    }

    private static PickleReader.Result read(byte[] bytes) {
        try {
            return PickleReader.read(Source.of("some", bytes), TaskContext.detached());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PickleReader.Result read(String latin1) {
        return read(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// Small values only: a value that holds itself is written as such.
    private static String render(PickleValue value, int depth) {
        if (depth > 5) return "…";
        return switch (value) {
            case PickleValue.Atom atom -> atom.name();
            case PickleValue.Whole(long whole) -> Long.toString(whole);
            case PickleValue.Large(var large) -> large.toString();
            case PickleValue.Real(double real) -> Double.toString(real);
            case Text(String text) -> "'" + text + "'";
            case PickleValue.Bytes(byte[] bytes) -> "b" + Arrays.toString(bytes);
            case Global(String module, String name) -> module + "." + name;
            case PickleValue.Outside(var id) -> "@" + render(id, depth + 1);
            case Items(_, var list) -> list.stream().map(v -> render(v, depth + 1)).collect(Collectors.joining(" ", "(", ")"));
            case Dict(var flat) -> flat.stream().map(v -> render(v, depth + 1)).collect(Collectors.joining(" ", "{", "}"));
            case Made made -> made.type().name() + (made.items().list().isEmpty() ? "" : "+" + render(made.items(), depth + 1))
                    + (made.entries().flat().isEmpty() ? "" : "+" + render(made.entries(), depth + 1));
        };
    }

    private static String render(PickleValue value) {
        return render(value, 0);
    }

    @ParameterizedTest @MethodSource("samples") void everyProtocolSaysTheSame(String name) {
        PickleReader.Result result = read(SAMPLES.bytes(name));
        assertNull(result.problem());
        List<PickleValue> values = assertInstanceOf(Items.class, result.value()).list();
        assertEquals(PLAIN, values.subList(0, 20).stream().map(PickleReaderTest::render).collect(Collectors.joining(" ")));
        boolean codecs = name.matches(".*py3-protocol[012].*");
        String bytes = codecs ? "encode" : name.contains("py3") ? "b[98, 121, 0, -1]" : "'by\0ÿ'";
        assertEquals(bytes, render(values.get(20)));
        assertEquals("() (1) (1 2) (1 2 3) (1 2 3 4) () {} " + (name.contains("py2") ? "{'a' (3) 1 2}" : "{1 2 'a' (3)}"),
                values.subList(21, 29).stream().map(PickleReaderTest::render).collect(Collectors.joining(" ")));
        boolean slots = !name.matches(".*protocol[01].*");
        Made object = (Made) values.get(31);
        assertEquals(new Global("__main__", "P"), object.type());
        assertEquals("1", render(object.attribute("a")));
        assertEquals("(2)", render(object.attribute("b")));
        assertNull(object.attribute("c"));
        if (slots) assertEquals("5", render(((Made) values.get(32)).attribute("x")));
        int rest = slots ? 33 : 32;
        Made list = (Made) values.get(rest);
        assertEquals(new Global("__main__", "L"), list.type());
        assertEquals("'z'", render(list.attribute("q")));
        if (slots) assertEquals("L+(1 2)", render(list));
        if (slots) assertEquals("D+{'k' 1}", render(values.get(rest + 1)));
        assertTrue(render(values.get(rest + 2)).startsWith("OrderedDict"));
        assertTrue(render(values.get(rest + 3)).startsWith("timedelta"));
        Items self = (Items) values.get(rest + 4);
        assertSame(self, self.list().getFirst());
    }

    @ParameterizedTest @MethodSource("samples") void cutAnywhereIsAProblem(String name) {
        byte[] bytes = SAMPLES.bytes(name);
        for (int length = 0; length < bytes.length; length++) {
            PickleReader.Result result = read(Arrays.copyOf(bytes, length));
            assertNull(result.value());
            assertNotNull(result.problem(), name + " " + length);
        }
    }

    @Test void tenThousandFlips() {
        List<byte[]> samples = samples().map(SAMPLES::bytes).toList();
        int values = 0;
        for (int i = 0; i < 10_000; i++) {
            PickleReader.Result result = read(FormatSamples.damaged(samples.get(i % samples.size()), i));
            assertTrue(result.value() == null != (result.problem() == null));
            if (result.value() != null) values++;
        }
        assertTrue(values > 1000, "only " + values);
    }

    /// As they are, with a length before them, and without it.
    @ParameterizedTest @MethodSource("hostile") void hostilePicklesRunNothing(String name) throws IOException {
        byte[] bytes = HOSTILE.bytes(name);
        assertNotNull(read(bytes));
        if (bytes.length > 4) assertNotNull(read(Arrays.copyOfRange(bytes, 4, bytes.length)));
        assertFalse(Files.exists(Path.of("/opt/corpus_canary_samples")));
        assertFalse(Files.exists(Path.of("/opt/corpus_canary_logs_samples")));
    }

    @ParameterizedTest @CsvSource({"], LIST", "(l, LIST", "), TUPLE", "(t, TUPLE", "N\u0085, TUPLE", "\u008f, SET", "(\u0091, FROZEN_SET"})
    void howValuesStandTogether(String pickle, PickleValue.Shape shape) {
        assertEquals(shape, ((Items) read(pickle + ".").value()).shape());
    }

    @Test void aBudgetHolds() throws IOException {
        var source = Source.of("some", "}".repeat(1000).getBytes(StandardCharsets.US_ASCII));
        assertEquals("pickle.too-large", PickleReader.read(source, 10_000, true, TaskContext.detached()).problem().id());
    }

    @ParameterizedTest @CsvSource({"U\u0002\u00c3\u00a9, true", "U\u0001\u00ff, false", "'S''\\xff''\n', false"})
    void stringsOfPython2ThatAreNoText(String pickle, boolean text) throws IOException {
        var source = Source.of("some", (pickle + ".").getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(text, PickleReader.read(source, 10_000, true, TaskContext.detached()).value() instanceof Text);
        assertInstanceOf(Text.class, PickleReader.read(source, TaskContext.detached()).value());
    }

    @Test void aCallIsOnlyItsName() {
        Made call = (Made) read("cos\nsystem\n(S'echo \\x41\\102\\q\\n'\ntR.").value();
        assertEquals(new Global("os", "system"), call.type());
        PickleValue three = read("((ios\nsystem\ncbuiltins\neval\nVx\n\u0085R(cm\nn\nK\u0001ot.").value();
        assertEquals("(system eval n)", render(three));
        Made last = (Made) ((Items) three).list().get(2);
        assertEquals(new Global("m", "n"), last.type());
    }

    @Test void textsOfTheOldProtocols() {
        assertEquals("'A\tB\\qéd'", render(read("S'\\x41\\t\\102\\q\\xe9d'\n.").value()));
        assertEquals("'xé😀\\u12 \\'", render(read("Vx\\u00e9\\U0001F600\\u12 \\\n.").value()));
        assertEquals("(TRUE FALSE 7 12345678901234567890 2.5 NaN -Infinity)",
                render(read("(I01\nI00\nI7\nL12345678901234567890L\nF2.5\nFnan\nF-inf\nt.").value()));
        assertEquals("(@'id' @7 @300)", render(read("(Pid\n\u0082\u0007\u0083\u002c\u0001t.").value()));
    }

    @ParameterizedTest @CsvSource({"X\u00ff\u00ff\u00ff\u00ff, truncated", "T\u00ff\u00ff\u00ff\u00ff, length",
            "\u008d\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f, truncated",
            "\u008b\u00ff\u00ff\u00ff\u007f, truncated", "\u0095\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f, truncated",
            "B\u00ff\u00ff\u00ff\u007f, truncated",
            "j\u00ff\u00ff\u00ff\u00ff, memo", "Nr\u00ff\u00ff\u00ff\u00ffNr\u00ff\u00ff\u00ff\u007fhA, memo", "\u0080\u0006N., protocol",
            "0, stack", "(., stack", "Na, stack",
            "]N(Nu, stack", "\u00ff, code", "g1x, truncated"})
    void claimsAndNonsense(String pickle, String problem) {
        assertTrue(read(pickle).problem().id().endsWith("." + problem), () -> read(pickle).problem().id());
    }

    @Test void deepAndManifold() {
        int depth = 1_000_000;
        assertNotNull(read("]".repeat(depth) + "a".repeat(depth - 1) + ".").value());
        assertEquals("pickle.stack", read("(".repeat(depth) + ".").problem().id());
        var bomb = new StringBuilder("]q\0");
        for (int i = 1; i < 100; i++) bomb.append("](").append(("h" + (char) (i - 1)).repeat(10)).append("eq").append((char) i);
        assertNotNull(read(bomb + ".").value());
        assertEquals("pickle.too-large", read("F" + "1".repeat(2 << 20) + "\n.").problem().id());
        assertEquals("pickle.number", read("L" + "1".repeat(5000) + "\n.").problem().id());
    }

    @Test void memoryIsBounded() {
        byte[] bytes = new byte[60 << 20];
        Arrays.fill(bytes, (byte) '}');
        PickleReader.Result result = read(bytes);
        assertEquals("pickle.too-large", result.problem().id());
    }
}
