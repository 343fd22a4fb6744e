package serpentarium.log.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import serpentarium.base.ProblemException;
import serpentarium.log.TextEncoding;
import serpentarium.task.TaskContext;

class LineSearchTest {
    private static final TaskContext CONTEXT = TaskContext.detached();

    @TempDir Path folder;

    private static LineSearch search(LineQuery query, String text, TextEncoding encoding) throws IOException {
        LogBytes log = LogBytes.of("log", text.getBytes(encoding.charset()));
        var index = new LineIndex(encoding);
        IndexBuild.extend(index, log, CONTEXT);
        var search = new LineSearch(new LinePages(log, index), query);
        search.run(log.size() / 3, CONTEXT);
        return search;
    }

    private static List<Long> lines(LineSet set) {
        var all = new ArrayList<Long>();
        for (long i = 0; i < set.size(); i++) all.add(set.select(i));
        return all;
    }

    /// Lines of words, some of them long, some coloured, some with letters beyond ASCII.
    private static String text(int seed, int lines) {
        var random = new Random(seed);
        String[] words = {"ERROR", "error", "timeout", "größe", "GRÖSSE", "user=17", "a.b", "\t", "Straße", "id-4711", "日本", "x"};
        var text = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            int count = random.nextInt(1500) == 0 ? 30_000 : random.nextInt(9);
            for (int k = 0; k < count; k++) text.append(words[random.nextInt(words.length)]).append(' ');
            if (seed == 3 && random.nextInt(10) == 0) text.append("ti\u001b[31mme\u001b[0mout");
            text.append(random.nextInt(9) == 0 ? "\r\n" : "\n");
        }
        return text.append("the end").toString();
    }

    @Test void theSameLinesAsByLookingAtEach() throws IOException {
        List<LineQuery> queries = new ArrayList<>();
        for (String text : List.of("ERROR", "x", "timeout user=17", "größe", "a.b", "the end", "日本", "absent", "r ", "\t")) {
            queries.add(LineQuery.text(text));
            queries.add(new LineQuery(text, false, true));
        }
        for (String pattern : List.of("ERROR.*timeout", "(error|ERROR) user=\\d+", "^x .*x\\s*$", "id-(47)?11 x+", "gr..e", "[a-c]\\.b x", "(?:user)=1[0-9]", "Straße|größe", "end$", "(?i)error.*user", "(?i)grö"))
            for (boolean ignore : new boolean[] {false, true}) queries.add(new LineQuery(pattern, true, ignore));
        for (int seed = 0; seed < 4; seed++) {
            TextEncoding encoding = seed == 1 ? TextEncoding.utf16(true, 0) : seed == 2 ? TextEncoding.utf16(false, 0) : TextEncoding.UTF_8;
            String text = text(seed, 3_000);
            String[] split = text.replaceAll("\u001b\\[\\d+m", "").split("\r?\n", -1);
            for (LineQuery query : queries) {
                Pattern pattern = Pattern.compile(query.text(), (query.expression() ? 0 : Pattern.LITERAL) | (query.ignoreCase() ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : query.text().startsWith("(?i)") ? Pattern.UNICODE_CASE : 0));
                var expected = new ArrayList<Long>();
                for (int i = 0; i < split.length; i++) if (pattern.matcher(split[i]).find()) expected.add((long) i);
                LineSearch search = search(query, text, encoding);
                assertEquals(expected, lines(search.hits()), query + " " + seed);
                assertTrue(search.trouble().isEmpty());
            }
        }
    }

    @Test void linesOfManyMegabytes() throws IOException {
        String text = "first\n" + "a".repeat(40 << 20) + "needle here\nneedle\n" + "b".repeat(5 << 20) + "\nlast needle";
        assertEquals(List.of(1L, 2L, 4L), lines(search(LineQuery.text("needle"), text, TextEncoding.UTF_8).hits()));
        assertEquals(List.of(2L), lines(search(LineQuery.expression("^needle$"), text, TextEncoding.UTF_8).hits()));
        assertEquals(List.of(0L, 1L, 3L), lines(search(LineQuery.expression("[a-z]{3}st|[ab]{9}"), text, TextEncoding.UTF_8).hits()));
    }

    @Test void anEncodingWhoseLettersHoldOthers() throws IOException {
        TextEncoding japanese = new TextEncoding(Charset.forName("Shift_JIS"), 1, 0);
        // The second byte of 表 is that of a backslash.
        assertEquals(List.of(1L), lines(search(LineQuery.text("\\"), "表示\na\\b\n", japanese).hits()));
        assertEquals(List.of(0L), lines(search(LineQuery.text("示"), "表示\na\\b\n", japanese).hits()));
        assertEquals(List.of(1L), lines(search(LineQuery.text("ö"), "a\ngrö\n", TextEncoding.LATIN_1).hits()));
    }

    @Test void expressionsThatTakeForEverAreStopped() throws IOException {
        String slow = "ab".repeat(3000) + "c!";
        LineQuery query = LineQuery.expression("^()[ab]*[ab]*[ab]*[ab]*[ab]*\\1c$");
        String text = (slow + "\nabc\n").repeat(50);
        LineSearch search = assertTimeout(Duration.ofSeconds(20), () -> search(query, text, TextEncoding.UTF_8));
        assertEquals("search.given-up", search.trouble().orElseThrow().id());
        assertEquals(1, search.trouble().orElseThrow().place().line());
        LineSearch once = search(query, "abc\n".repeat(9) + slow + "\nabc", TextEncoding.UTF_8);
        assertEquals("search.slow", once.trouble().orElseThrow().id());
        assertEquals(10, once.hits().size());
        LineSearch deep = search(LineQuery.expression("^()(a|b)*\\1$"), "ab".repeat(100_000) + "\nabab\n", TextEncoding.UTF_8);
        assertEquals(List.of(1L), lines(deep.hits()));
    }

    @Test void regularExpressionsNeverTakeForEver() throws IOException {
        String slow = "ab".repeat(3000) + "c!";
        LineQuery query = LineQuery.expression("^[ab]*[ab]*[ab]*[ab]*[ab]*c$");
        LineSearch search = assertTimeout(Duration.ofSeconds(10), () -> search(query, (slow + "\nabc\n").repeat(50), TextEncoding.UTF_8));
        assertTrue(search.trouble().isEmpty());
        assertEquals(50, search.hits().size());
        LineSearch deep = search(LineQuery.expression("^(a|b)*$"), "ab".repeat(100_000) + "\nabab\n", TextEncoding.UTF_8);
        assertEquals(List.of(0L, 1L), lines(deep.hits()));
    }

    @Test void aLogThatGrowsIsSearchedOn() throws IOException {
        Path path = Files.writeString(folder.resolve("app.log"), "hit\nmiss\nhit at the end");
        try (LogFile file = LogFile.open(path)) {
            var index = new LineIndex(TextEncoding.UTF_8);
            IndexBuild.extend(index, file, CONTEXT);
            var search = new LineSearch(new LinePages(file, index), LineQuery.expression("hit.*end$|^hit$"));
            search.run(0, CONTEXT);
            assertEquals(List.of(0L, 2L), lines(search.hits()));
            Files.writeString(path, " is not\nhit\n", StandardOpenOption.APPEND);
            IndexBuild.extend(index, file, CONTEXT);
            search.run(0, CONTEXT);
            assertEquals(List.of(0L, 3L), lines(search.hits()));
            assertEquals(Files.size(path), search.searched());
        }
    }

    @Test void theNearestAreFirst() {
        for (int count : new int[] {1, 2, 5, 9}) {
            for (int first = 0; first < count; first++) {
                var seen = new ArrayList<Integer>();
                for (int i = 0; i < count; i++) seen.add(LineSearch.nearest(i, first, count));
                assertEquals(count, new HashSet<>(seen).size(), seen::toString);
                assertEquals(first, seen.getFirst());
                for (int i = 1; i < count; i++) assertTrue(Math.abs(seen.get(i) - first) >= Math.abs(seen.get(i - 1) - first), seen::toString);
            }
        }
    }

    @Test void itCanBeCancelled() throws IOException {
        LogBytes log = LogBytes.of("log", "some line\n".repeat(2_000_000).getBytes(StandardCharsets.UTF_8));
        var index = new LineIndex(TextEncoding.UTF_8);
        IndexBuild.extend(index, log, CONTEXT);
        var search = new LineSearch(new LinePages(log, index), LineQuery.text("line"));
        assertThrows(CancellationException.class, () -> search.run(0, TaskContext.cancelledAfter(20)));
        search.run(0, CONTEXT);
        assertEquals(2_000_000, search.hits().size());
    }

    @Test void whatCannotBeSearchedForIsAProblem() {
        ProblemException problem = assertThrows(ProblemException.class, () -> LineQuery.expression("a(b"));
        assertTrue(problem.problem().detail().contains("▸"), problem.problem()::report);
        assertThrows(ProblemException.class, () -> LineQuery.text(""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = {"error.*timeout timeout", "abc abc", "ab?cdef cdef", "ab*c -", "(abc|abd)xyz xyz", "a|b -", "abc|def -", "ab+cd ab", "a{2}bcd bcd", "a{0,2}bcd bcd",
        "(?:hello)+x hello", "(?<n>hello)? -", "(?=hello)wo wo", "(?!hello)world world", "(?<=hello)world world", "[abc]def def", "[]abc]def def", "[a[bc]]def def", "\\d+foo foo",
        "foo\\.bar foo.bar", "(a(bcd)e)f bcd", "(?i)abc -", "\\x41bc -", "\\Qabc\\E -", "a.b -", "abc??x ab"})
    void theTextThatAnExpressionNeeds(String pattern, String text) {
        Optional<String> found = RequiredText.of(pattern);
        if (text.equals("-")) assertTrue(found.isEmpty() || found.get().length() < 2, found::toString);
        else assertEquals(text, found.orElse("-"));
        assertFalse(Pattern.compile(pattern).pattern().isEmpty());
    }

    @Test void setsOfLinesAreWhatSetsAre() {
        var random = new Random(5);
        for (int round = 0; round < 20; round++) {
            int range = round % 2 == 0 ? 300_000 : 3_000_000;
            var a = new TreeSet<Long>();
            var b = new TreeSet<Long>();
            LineSet left = LineSet.EMPTY;
            LineSet right = LineSet.range(1000, 90_000);
            for (long i = 1000; i < 90_000; i++) b.add(i);
            for (int i = 0; i < 5; i++) {
                long[] some = random.longs(random.nextInt(20_000), 0, range).sorted().toArray();
                left = left.with(some, some.length);
                Arrays.stream(some).forEach(a::add);
            }
            assertEquals(List.copyOf(a), lines(left));
            var and = new TreeSet<>(a);
            and.retainAll(b);
            assertEquals(List.copyOf(and), lines(left.and(right)));
            var or = new TreeSet<>(a);
            or.addAll(b);
            assertEquals(List.copyOf(or), lines(left.or(right)));
            var not = new TreeSet<>(b);
            not.removeAll(a);
            assertEquals(List.copyOf(not), lines(right.andNot(left)));
            for (int i = 0; i < 200; i++) {
                long line = random.nextLong(range + 100);
                assertEquals(a.contains(line), left.contains(line));
                assertEquals(a.headSet(line).size(), left.rank(line));
            }
            if (a.isEmpty()) continue;
            LineSet without = left.without(a.first());
            assertEquals(a.size() - 1, without.size());
            assertFalse(without.contains(a.first()));
        }
        LineSet far = LineSet.EMPTY.with(new long[] {5, 3_000_000_000L}, 2);
        assertEquals(3_000_000_000L, far.select(1));
        assertThrows(IndexOutOfBoundsException.class, () -> far.select(2));
    }
}
