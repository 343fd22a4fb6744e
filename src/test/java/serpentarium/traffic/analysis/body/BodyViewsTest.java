package serpentarium.traffic.analysis.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import serpentarium.base.Bid;
import serpentarium.base.ProblemException;
import serpentarium.task.TaskContext;

class BodyViewsTest {
    private static final Path GOLDEN = Path.of("src/test/resources/serpentarium/traffic/analysis/body");

    private final BodyViews views = BodyViews.all();
    private final TaskContext context = TaskContext.detached();

    static Stream<String> ids() {
        return BodySamples.all().keySet().stream();
    }

    private BodyViews.Shown best(String text, String type) {
        return views.best(BodySamples.text(text, type), context);
    }

    private String dump(String id, String text) {
        return BodySamples.dump(views.byId(id).model(BodySamples.text(text, ""), context));
    }

    @ParameterizedTest @MethodSource("ids") void eachSampleIsShownByItsView(String id) throws IOException {
        BodyViews.Shown shown = views.best(BodySamples.all().get(id), context);
        assertEquals(id, shown.view());
        assertFalse(BodyViews.name(id).isEmpty());
        String dump = BodySamples.dump(shown.model());
        Path golden = GOLDEN.resolve(id + ".golden");
        assertTrue(Files.exists(golden), () -> "there is no " + golden + "; it would be:\n" + dump);
        assertEquals(Files.readString(golden), dump);
    }

    @ParameterizedTest @MethodSource("ids") void nothingButProblemsComesOut(String id) {
        BodyInput sample = BodySamples.all().get(id);
        BodyView view = views.byId(id);
        var random = new Random(id.hashCode());
        assertTimeoutPreemptively(Duration.ofSeconds(120), () -> {
            for (int i = 0; i < 10_000; i++) {
                BodyInput changed = new BodyInput(changed(sample.bytes(), random), random.nextBoolean(), sample.contentType());
                view.bid(changed);
                try {
                    BodyModel model = view.model(changed, context);
                    assertTrue(model.note() != null);
                    if (i % 50 == 0) BodySamples.dump(model);
                } catch (ProblemException e) {
                    assertFalse(e.problem().title().isEmpty());
                    assertTrue(e.problem().cause() == null, () -> "not foreseen: " + e.problem().cause());
                }
                if (i % 100 == 0) views.best(changed, context);
            }
        });
    }

    private static byte[] changed(byte[] bytes, Random random) {
        byte[] copy = bytes.clone();
        if (copy.length == 0) return copy;
        switch (random.nextInt(5)) {
            case 0 -> {
                for (int i = random.nextInt(4) + 1; i > 0; i--) copy[random.nextInt(copy.length)] = (byte) random.nextInt(256);
            }
            case 1 -> copy = java.util.Arrays.copyOf(copy, random.nextInt(copy.length));
            case 2 -> {
                int from = random.nextInt(copy.length);
                int length = random.nextInt(copy.length - from) + 1;
                byte[] longer = java.util.Arrays.copyOf(copy, copy.length + length);
                System.arraycopy(copy, from, longer, copy.length, length);
                copy = longer;
            }
            case 3 -> {
                int at = random.nextInt(copy.length);
                for (int i = at; i < Math.min(copy.length, at + 8); i++) copy[i] = (byte) 0xff;
            }
            default -> {
                int at = random.nextInt(copy.length);
                for (int i = at; i < Math.min(copy.length, at + 4); i++) copy[i] = (byte) (i % 2 == 0 ? 0x7f : 0);
            }
        }
        return copy;
    }

    @ParameterizedTest @MethodSource("ids") void aCancelledViewStops(String id) {
        BodyInput sample = BodySamples.all().get(id);
        if (id.equals("hex") || id.equals("picture") || id.equals("token") || id.equals("numpy") || id.equals("json") || id.equals("ndjson") || id.equals("graphql"))
            return;
        try {
            views.byId(id).model(sample, TaskContext.cancelledAfter(0));
        } catch (CancellationException _) {
            return;
        }
        assertTrue(sample.bytes().length < 4096, "a long one looks whether it was cancelled");
    }

    @Test void aHundredThousandLevelsDoNotOverflow() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            for (BodyView view : List.of(JsonView.text(), JsonView.tree(), JsonView.lines()))
                assertEquals("", view.model(BodySamples.text(deep, "application/json"), context).note());
            var tree = ((BodyModel.Tree) JsonView.tree().model(BodySamples.text(deep, ""), context)).tree();
            assertEquals(100_000, tree.size());
            assertEquals(3 * 99_999 + 1, tree.path(99_999).length());
            MarkupView.xml().model(BodySamples.text("<a>".repeat(100_000), "text/xml"), context);
            MarkupView.html().model(BodySamples.text("<a>".repeat(100_000) + "</b>".repeat(100_000), "text/html"), context);
            BraceView.script().model(BodySamples.text("{".repeat(100_000), "text/javascript"), context);
            new MsgpackView().model(BodyInput.of(filled(99_000, 0x91), ""), context);
            new PickleView().model(BodyInput.of(filled(100_000, '('), "application/pickle"), context);
        });
    }

    private static byte[] filled(int size, int with) {
        byte[] bytes = new byte[size];
        java.util.Arrays.fill(bytes, (byte) with);
        return bytes;
    }

    @Test void largeContentsTakeBoundedTime() {
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (BodyView view : views.views())
                for (int with : new int[] {'<', '[', '{', '"', '-', '/', '\\', '\n', 0, 0x0a, 0x91, '(', '&', 'a'}) {
                    var input = BodyInput.of(filled(1 << 20, with), "");
                    try {
                        view.bid(input);
                        view.model(input, context);
                    } catch (ProblemException e) {
                        assertNull(e.problem().cause(), view.id());
                    }
                }
        });
    }

    @Test void aViewThatThrowsIsSkippedAndOneThatFailsIsNamed() {
        BodyView throwing = new BodyView() {
            @Override public String id() {
                return "css";
            }

            @Override public Bid bid(BodyInput in) {
                throw new IllegalStateException();
            }

            @Override public BodyModel model(BodyInput in, TaskContext context) {
                throw new IllegalStateException();
            }
        };
        BodyView failing = new BodyView() {
            @Override public String id() {
                return "xml";
            }

            @Override public Bid bid(BodyInput in) {
                return new Bid.Yes(99);
            }

            @Override public BodyModel model(BodyInput in, TaskContext context) {
                throw new IndexOutOfBoundsException();
            }
        };
        var own = new BodyViews(List.of(throwing, failing, new PlainView(), new HexView()));
        BodyViews.Shown shown = own.best(BodySamples.text("hello", ""), context);
        assertEquals("text", shown.view());
        assertEquals(List.of("Not shown as XML: The view could not read it."), shown.notes());
        assertThrows(ProblemException.class, () -> own.by(failing, BodySamples.text("x", ""), context));
        assertEquals("hex", views.best(BodyInput.of(new byte[] {0, 1, 2, 3}, "application/x-protobuf"), context).view());
    }

    @Test void whatIsNotJsonIsShownFromItsFaultOn() {
        var text = (BodyModel.Text) best("{\"a\": 1,\n \"b\": oops}", "application/json").model();
        assertEquals("{\n  \"a\": 1,\n  \"b\": oops}", text.text());
        assertEquals("This is not valid JSON from line 2 on.", text.note());
        assertEquals("The JSON ends too soon.", best("{\"a\": [1", "application/json").model().note());
        assertEquals("json", best("[{\"a\":1}]", "text/plain").view());
        assertEquals("text", best("[section]\nkey=1", "text/plain").view());
        assertEquals("text", best("{ not json }", "").view());
        assertEquals("ndjson", best("{\"a\":1}\n{\"a\":2}\n", "").view());
        assertEquals("$[0] = OBJECT 1\n$[0].a = 1\n$[1] = oops\n$[2] = OBJECT 1\n$[2]['odd\\'s'] = 2\n", dump("ndjson", "{\"a\":1}\noops\n{\"odd's\":2}\n"));
        assertEquals(")]}'\n[\n  1\n]", dump("json", ")]}'\n[1]"));
    }

    @Test void charactersAreReadInTheirSet() {
        byte[] latin = "Grüße".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        assertEquals("Grüße", BodyInput.of(latin, "text/plain; charset=iso-8859-1").text());
        assertEquals("Grüße", BodyInput.of(latin, "text/plain").text());
        assertEquals("Grüße", BodyInput.of("\ufeffGrüße".getBytes(UTF_8), "text/plain; charset=latin1").text());
        assertEquals("Grüße", BodyInput.of("\ufeffGrüße".getBytes(java.nio.charset.StandardCharsets.UTF_16LE), "").text());
        String declared = "<?xml version='1.0' encoding='windows-1251'?><a>Привет</a>";
        assertEquals(declared, BodyInput.of(declared.getBytes(java.nio.charset.Charset.forName("windows-1251")), "text/xml").text());
        String meta = "<html><meta charset=koi8-r><p>Привет";
        assertEquals(meta, BodyInput.of(meta.getBytes(java.nio.charset.Charset.forName("KOI8-R")), "text/html").text());
        assertEquals(TextCharset.From.GUESS, TextCharset.of(BodyInput.of(latin, "text/plain; charset=no-such")).from());
    }

    @Test void entitiesAreLeftAlone() {
        var laughs = new StringBuilder("<!DOCTYPE x [<!ENTITY a \"ha\">");
        for (char c = 'b'; c < 'z'; c++) laughs.append("<!ENTITY ").append(c).append(" \"").append(("&" + (char) (c - 1) + ";").repeat(10)).append("\">");
        String text = dump("xml", laughs + "]><x>&y;</x>");
        assertTrue(text.length() < 3000 && text.endsWith("<x>&y;</x>"), text);
    }

    @Test void credentialsAreRead() {
        var basic = TokenView.decode("Basic QWxhZGRpbjpvcGVuOnNlc2FtZQ==", context);
        assertNotNull(basic);
        assertEquals("user: Aladdin\npassword: open:sesame", basic.text());
        assertNull(TokenView.decode("Digest username=x", context));
        assertTrue(TokenView.decode("Bearer eyJhIjoxfQ.eyJiIjoyfQ.", context).text().contains("\"b\": 2"));
    }

    @Test void hugePicturesAreNotDrawn() {
        byte[] png = BodySamples.png();
        png[16] = 0x7f;
        var picture = assertInstanceOf(BodyModel.Picture.class, new PictureView().model(BodyInput.of(png, "image/png"), context));
        assertEquals(0, picture.width());
        assertEquals("The picture is too large to be drawn; its header is shown.", picture.note());
    }

    @Test void picklesAreTakenApartAsPythonDoes() throws Exception {
        for (int protocol = 0; protocol <= 5; protocol++) {
            byte[] pickle = BodySamples.resource("protocol" + protocol + ".pickle");
            String own = BodySamples.dump(new PickleView().model(BodyInput.of(pickle, "application/pickle"), context));
            assertEquals(new String(BodySamples.resource("protocol" + protocol + ".dis"), UTF_8), trimmed(own) + "\n");
        }
    }

    /// The real tool's last word, where it is installed.
    @Test void picklesAreTakenApartAsTheInstalledPythonDoes() throws Exception {
        Path python = Stream.of("/usr/bin/python3", "/usr/local/bin/python3").map(Path::of).filter(Files::isExecutable).findFirst().orElse(null);
        org.junit.jupiter.api.Assumptions.assumeTrue(python != null, "there is no python3");
        String program = """
                import pickle, pickletools, random, sys
                r = random.Random(7)
                def make(depth):
                    k = r.randrange(11 if depth < 4 else 7)
                    if k == 0: return r.choice([0, 1, -1, 255, 256, 65535, 65536, 2**31, -2**31, 2**63, -2**70, r.getrandbits(900)])
                    if k == 1: return r.choice([0.0, -0.0, 1e22, 1e-5, 123.456, 1/3, 5e-324, 1.7976931348623157e308])
                    if k == 2: return ''.join(chr(r.choice([10, 39, 34, 92, 65, 127, 228, 0x20ac, 0x1f600, 0x200b])) for _ in range(r.randrange(9)))
                    if k == 3: return bytes(r.randrange(256) for _ in range(r.randrange(9)))
                    if k == 4: return r.choice([None, True, False])
                    if k == 5: return r.choice([print, complex(1, 2), range(3), ValueError('x')])
                    if k == 6: return bytearray(b'ab')
                    if k == 7: return [make(depth + 1) for _ in range(r.randrange(5))]
                    if k == 8: return tuple(make(depth + 1) for _ in range(r.randrange(5)))
                    if k == 9: return {str(i): make(depth + 1) for i in range(r.randrange(5))}
                    return frozenset(range(r.randrange(4)))
                for i in range(120):
                    with open('%s/%d.pickle' % (sys.argv[1], i), 'wb') as f: f.write(pickle.dumps([make(0), make(0)], i % 6))
                    with open('%s/%d.pickle' % (sys.argv[1], i), 'rb') as f:
                        with open('%s/%d.dis' % (sys.argv[1], i), 'w', encoding='utf-8') as o: pickletools.dis(f, o)
                """;
        Path folder = Files.createTempDirectory("pickles");
        Process process = new ProcessBuilder(python.toString(), "-c", program, folder.toString()).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, process.waitFor(), said);
        var wrong = new ArrayList<String>();
        for (int i = 0; i < 120; i++) {
            String own = trimmed(BodySamples.dump(new PickleView().model(BodyInput.of(Files.readAllBytes(folder.resolve(i + ".pickle")), "application/pickle"), context)));
            String theirs = Files.readString(folder.resolve(i + ".dis")).strip();
            if (!own.strip().equals(theirs)) wrong.add(first(own, theirs));
            Files.delete(folder.resolve(i + ".pickle"));
            Files.delete(folder.resolve(i + ".dis"));
        }
        Files.delete(folder);
        assertEquals(List.of(), wrong);
    }

    private static String first(String own, String theirs) {
        String[] a = own.strip().split("\n");
        String[] b = theirs.split("\n");
        return IntStream.range(0, Math.min(a.length, b.length)).filter(i -> !a[i].equals(b[i])).mapToObj(i -> a[i] + " ≠ " + b[i]).findFirst()
                .orElse(a.length + " ≠ " + b.length);
    }

    private static String trimmed(String text) {
        return text.replaceAll("(?m) +$", "");
    }

    @Test void searchesAreBoundedAndCancelled() {
        TextSearch found = TextSearch.find("a".repeat(300_000), "A", false, context);
        assertEquals(TextSearch.MOST, found.size());
        assertTrue(found.more());
        assertEquals(1, TextSearch.find("x.y xzy", "x.y", false, context).size());
        assertEquals(2, TextSearch.find("x.y xzy", "x.y", true, context).size());
        assertThrows(ProblemException.class, () -> TextSearch.find("x", "(", true, context));
        assertThrows(CancellationException.class, () -> TextSearch.find("a".repeat(50_000), "a+?", true, TaskContext.cancelledAfter(1)));
    }
}
