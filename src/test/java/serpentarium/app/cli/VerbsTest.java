package serpentarium.app.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.profile.engine.CsvWriter;
import serpentarium.profile.engine.ProfileExport;
import serpentarium.profile.engine.ProfileReader;
import serpentarium.profile.format.CallgrindFormat;
import serpentarium.profile.format.CallgrindWriter;
import serpentarium.profile.format.CollapsedFormat;
import serpentarium.profile.format.CollapsedWriter;
import serpentarium.profile.format.PprofWriter;
import serpentarium.profile.format.PstatsFormat;
import serpentarium.profile.format.SpeedscopeWriter;

class VerbsTest {
    private static final Path SHOP = Path.of("assets/demo/shop.pstats");
    private static final Path STACKS = Path.of("assets/demo/shop.collapsed");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<Renderer.Picture> pictures = new ArrayList<>();

    private int run(String... arguments) {
        var reader = new ProfileReader(List.of(new PstatsFormat(), new CallgrindFormat(), new CollapsedFormat()));
        var export = new ProfileExport(List.of(new CallgrindWriter(), new SpeedscopeWriter(), new CollapsedWriter(), new PprofWriter(), new CsvWriter()));
        var parts = new Verbs.Parts(reader, reader, export, new serpentarium.traffic.engine.TrafficReader(List.of()), List.of(SHOP), (picture, _) -> pictures.add(picture));
        return new Verbs(new PrintWriter(out), new PrintWriter(err), parts).run(arguments);
    }

    private Map<String, Object> json(String... arguments) throws IOException {
        assertEquals(0, run(arguments), err::toString);
        return JSON.std.mapFrom(out.toString());
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> rows(Object list) {
        return (List<Map<String, Object>>) list;
    }

    @Test void theDocumentOfACallGraphHasEveryFieldThatScriptsRelyOn() throws IOException {
        Map<String, Object> document = json("profile", SHOP.toString(), "--json", "--top", "3");
        assertEquals("pstats", document.get("format"));
        assertEquals("call-graph", document.get("kind"));
        assertEquals("seconds", rows(document.get("events")).getFirst().get("unit"));
        assertEquals(1, rows(document.get("threads")).size());
        Map<String, Object> dearest = rows(document.get("top")).getFirst();
        assertAll(
                () -> assertEquals("same_name", dearest.get("name")),
                () -> assertEquals("shop.py", dearest.get("file")),
                () -> assertEquals(50, dearest.get("line")),
                () -> assertEquals(607197, dearest.get("calls")),
                () -> assertEquals(3, rows(document.get("top")).size()),
                () -> assertEquals("main", rows(document.get("top_total")).getFirst().get("name")),
                () -> assertEquals(List.of(), document.get("warnings")),
                () -> assertTrue(((Number) document.get("calls")).longValue() > ((Number) document.get("primitive_calls")).longValue()));
    }

    @Test void filesOfOneRunAreAddedUp(@TempDir Path folder) throws IOException {
        Path first = Files.writeString(folder.resolve("out.9-01"), "pid: 9\nthread: 1\nevents: Ir\nfn=f\n1 5\n");
        Path second = Files.writeString(folder.resolve("out.9-02"), "pid: 9\nthread: 2\nevents: Ir\nfn=f\n1 7\n");
        Path empty = Files.writeString(folder.resolve("out.9"), "");
        Map<String, Object> document = json("profile", empty.toString(), first.toString(), second.toString(), "--json");
        assertEquals(12, rows(document.get("events")).getFirst().get("total"));
        assertEquals(List.of("thread 1", "thread 2"), rows(document.get("threads")).stream().map(thread -> thread.get("name")).toList());
        assertEquals(12, rows(document.get("top")).getFirst().get("self"));
        assertEquals(1, run("profile", empty.toString()));
        assertTrue(err.toString().contains("out.9-02"), err.toString());
    }

    @Test void aBuiltInHasNeitherFileNorLine() throws IOException {
        Map<String, Object> document = json("profile", SHOP.toString(), "--json", "--function", "casefold");
        Map<String, Object> row = rows(document.get("top")).getFirst();
        assertTrue(row.containsKey("file") && row.containsKey("line"));
        assertNull(row.get("file"));
        assertNull(row.get("line"));
        assertEquals("same_name", rows(row.get("callers")).getFirst().get("name"));
        assertEquals(1214394, rows(row.get("callers")).getFirst().get("calls"));
        assertEquals(List.of(), row.get("callees"));
    }

    @Test void stacksHaveNoCalls() throws IOException {
        Map<String, Object> document = json("profile", STACKS.toString(), "--json");
        assertEquals("stacks", document.get("kind"));
        assertEquals("samples", rows(document.get("events")).getFirst().get("unit"));
        assertNull(document.get("calls"));
        assertNull(rows(document.get("top")).getFirst().get("calls"));
    }

    @Test void thePrintedSummaryNamesTheDearestFunction() {
        assertEquals(0, run("profile", SHOP.toString(), "--top", "2"));
        assertTrue(out.toString().contains("same_name  (shop.py:50)"), out::toString);
        assertTrue(out.toString().contains("a tree made of them is an estimate"), out::toString);
        assertEquals("", err.toString());
    }

    @Test void aFileThatNobodyCanReadSaysWhyForEachFormat(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("letter.prof"), "Dear reader,\nthis is a letter.\n");
        assertEquals(1, run("profile", file.toString()));
        assertEquals("", out.toString());
        assertTrue(err.toString().contains("pstats:") && err.toString().contains("callgrind:") && err.toString().contains("collapsed:"), err::toString);
        assertFalse(err.toString().contains("\tat "), err::toString);
    }

    @Test void aMissingFileAndAnEmptyOneAreToldInALine(@TempDir Path folder) throws IOException {
        assertEquals(1, run("profile", folder.resolve("nowhere").toString()));
        assertTrue(err.toString().contains("nowhere"), err::toString);
        assertEquals(1, run("profile", Files.createFile(folder.resolve("empty")).toString(), "--json"));
        assertEquals("", out.toString());
    }

    @Test void verboseAddsTheStackTrace(@TempDir Path folder) {
        assertEquals(1, run("profile", folder.resolve("nowhere").toString(), "--verbose"));
        assertTrue(err.toString().contains("\tat "), err::toString);
    }

    @Test void aWrongCommandLineEndsWithTwo() {
        assertEquals(2, run("profile"));
        assertEquals(2, run("profile", SHOP.toString(), "--top", "-1"));
        assertEquals(2, run("profile", SHOP.toString(), "--event", "nothing"));
        assertEquals(2, run("profile", SHOP.toString(), "--function", "("));
        assertEquals(2, run("render", SHOP.toString()));
        assertEquals(2, run("render", SHOP.toString(), "--out", "x.png", "--size", "20x20"));
        assertEquals(2, run("render", SHOP.toString(), "--out", "x.png", "--theme", "pink"));
        assertTrue(err.toString().contains("time"), "the events that there are must be named");
    }

    @Test void renderHandsItsWishesOn() {
        assertEquals(0, run("render", SHOP.toString(), "--out", "x.png", "--size", "1100x700", "--theme", "dark", "--view", "tree"), err::toString);
        assertEquals(new Renderer.Picture(SHOP, null, "tree", 1100, 700, true, Path.of("x.png")), pictures.getFirst());
    }

    @Test void helpAndVersionAnswer() {
        assertEquals(0, run("--help"));
        assertTrue(out.toString().contains("profile") && out.toString().contains("render"), out::toString);
        assertFalse(out.toString().contains("warm-up"), "the verb of the packaging is nobody else's");
        assertEquals(0, run("--version"));
        assertTrue(out.toString().contains("Serpentarium "));
        assertEquals(0, run("generate-completion"));
        assertTrue(out.toString().contains("complete"));
    }

    @Test void convertsAndSaysWhatIsAnEstimate(@org.junit.jupiter.api.io.TempDir Path folder) throws IOException {
        Path callgrind = folder.resolve("callgrind.out.shop");
        assertEquals(0, run("profile", "convert", SHOP.toString(), callgrind.toString()), err::toString);
        assertFalse(err.toString().contains("estimate"));
        Map<String, Object> again = json("profile", callgrind.toString(), "--json", "--top", "1");
        assertEquals("callgrind", again.get("format"));
        assertEquals("same_name", rows(again.get("top")).getFirst().get("name"));
        assertEquals(607197, rows(again.get("top")).getFirst().get("calls"));
        assertEquals(0, run("profile", "convert", SHOP.toString(), folder.resolve("shop.collapsed").toString()));
        assertTrue(err.toString().contains("estimate"), err::toString);
        assertTrue(Files.readString(folder.resolve("shop.collapsed")).contains("estimated from callers"));
    }

    @Test void doesNotWriteOverWhatItReads(@org.junit.jupiter.api.io.TempDir Path folder) throws IOException {
        Path file = Files.copy(STACKS, folder.resolve("a.collapsed"));
        assertEquals(2, run("profile", "convert", file.toString(), file.toString()));
        assertEquals(Files.size(STACKS), Files.size(file));
        assertEquals(2, run("profile", "convert", file.toString(), folder.resolve("a.what").toString()));
        assertTrue(err.toString().contains(".callgrind"), err::toString);
        assertEquals(1, run("profile", "convert", file.toString(), folder.resolve("no/such/a.csv").toString()));
        assertEquals(2, run("profile"));
    }

    @Test void theDocumentOfADifferenceHasBothSides() throws IOException {
        Map<String, Object> same = json("profile", "diff", SHOP.toString(), SHOP.toString(), "--json");
        assertTrue(rows(same.get("functions")).stream().allMatch(row -> ((Number) row.get("delta_self")).doubleValue() == 0));
        assertEquals(List.of(), same.get("only_a"));
        assertEquals(List.of(), same.get("only_b"));
        out.getBuffer().setLength(0);
        Map<String, Object> other = json("profile", "diff", SHOP.toString(), STACKS.toString(), "--json");
        assertEquals("total", other.get("normalised"), "seconds and samples are compared as shares");
        assertEquals(1, ((List<?>) other.get("warnings")).size());
        Map<String, Object> row = rows(other.get("functions")).stream().filter(each -> "same_name".equals(each.get("name"))).findFirst().orElseThrow();
        assertTrue(((Number) row.get("a_self")).doubleValue() > 0 && ((Number) row.get("b_self")).doubleValue() > 0);
        assertNull(row.get("b_calls"));
        assertFalse(rows(other.get("only_a")).isEmpty());
        assertEquals(0, run("profile", "diff", SHOP.toString(), STACKS.toString()));
        assertTrue(out.toString().contains("same_name"));
    }
}
