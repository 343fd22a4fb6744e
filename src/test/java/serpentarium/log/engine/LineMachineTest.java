package serpentarium.log.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import serpentarium.log.TextEncoding;

class LineMachineTest {
    private static final String[] PIECES = {"a", "b", "E", "R", "_", "1", "9", " ", ".", "\\d", "\\D", "\\w", "\\W", "\\s", "\\S", "\\.", "[ab]", "[^ab]", "[0-9R-a]", "[^\\d.]", "[\\w-]",
        "^", "$", "\\b", "\\B", "\\A", "\\z", "\\Z", "(a|bE)", "(?:a|)", "(?<n>E+R)", "ab", "ER", "(?=a)", "(a)\\1", "\\t", "[a-c&&b]", "ö", "\\x41", "()"};
    private static final String[] TIMES = {"", "", "", "", "*", "+", "?", "*?", "+?", "??", "{2}", "{1,3}", "{2,}", "++", "{0}"};
    private static final String[] LETTERS = {"a", "b", "c", "E", "R", "e", "r", "_", "1", "9", " ", ".", "-", "\t", "ab", "ER", "bE", "ö", "日", "\u0301", "😀", "\u0085", "\u2028", "\u001b[31m", "\u001b[0m",
        "\u001b", "\r", "\u0000", "A"};

    private static String pattern(Random random) {
        var text = new StringBuilder();
        int count = 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            text.append(PIECES[random.nextInt(PIECES.length)]).append(TIMES[random.nextInt(TIMES.length)]);
            if (random.nextInt(8) == 0) text.append('|');
        }
        return random.nextInt(6) == 0 ? "(" + text + ")" + TIMES[random.nextInt(TIMES.length)] : text.toString();
    }

    private static byte[] line(Random random, Charset charset, int strange) {
        var bytes = new ByteArrayOutputStream();
        int count = random.nextInt(9);
        int letters = random.nextInt(3) == 0 ? LETTERS.length : 18;
        for (int i = 0; i < count; i++) {
            if (random.nextInt(strange) == 0) bytes.write(128 + random.nextInt(128));
            else bytes.writeBytes(LETTERS[random.nextInt(letters)].getBytes(charset));
        }
        return bytes.toByteArray();
    }

    private static boolean slowly(LineMatcher matcher, byte[] line) {
        int end = line.length > 0 && line[line.length - 1] == '\r' ? line.length - 1 : line.length;
        return matcher.answer(line, 0, end) == LineMatcher.Answer.YES;
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "ISO-8859-1", "windows-1252"})
    void aMachineSaysWhatJavasExpressionsSayOrNothing(String charset) {
        var encoding = new TextEncoding(Charset.forName(charset), 1, 0);
        var random = new Random(charset.hashCode());
        int machines = 0;
        int sure = 0;
        int yes = 0;
        int all = 0;
        for (int i = 0; i < 6000; i++) {
            String text = pattern(random);
            try {
                Pattern.compile(text);
            } catch (PatternSyntaxException _) {
                continue;
            }
            var query = new LineQuery(text, true, random.nextBoolean());
            Optional<LineMachine> made = query.parts().flatMap(each -> LineMachine.of(each, encoding));
            if (made.isEmpty()) continue;
            machines++;
            LineMachine machine = made.get();
            var matcher = new LineMatcher(query, encoding, 1_000_000_000);
            for (int k = 0; k < 40; k++) {
                byte[] line = line(random, encoding.charset(), k < 20 ? 1000 : 10);
                int answer = machine.end(machine.run(line, 0, line.length, machine.line()));
                all++;
                if (answer == LineMachine.UNSURE) continue;
                sure++;
                boolean expected = slowly(matcher, line);
                if (expected) yes++;
                assertEquals(expected, answer == LineMachine.YES, () -> query + " on " + encoding.text(line, 0, line.length));
            }
        }
        assertTrue(machines > 1500, machines + " machines");
        assertTrue(sure > all / 2 && yes > sure / 10 && yes < sure * 9 / 10, sure + " of " + all + " sure, " + yes + " yes");
    }

    @Test void aSieveFindsTheLinesThatAMatcherFinds() {
        var random = new Random(7);
        String[] patterns = {"ER[0-9]+", "ab.*9", "\\bab\\b", "ab$", "aE?ab", "9 +ab", "E{2,4}", "[^a]ab", "ER|ab", "(?i)er 1", "ab\\B", "^ab", "ab^", "ab(ab|ER)*1", "(a+)+b$", "(ab) ?\\1|x"};
        int found = 0;
        for (String pattern : patterns) {
            var query = LineQuery.expression(pattern);
            var matcher = new LineMatcher(query, TextEncoding.UTF_8, 1_000_000_000);
            var sieve = new LineSieve(query, TextEncoding.UTF_8, 1_000_000_000, _ -> true);
            for (int k = 0; k < 60; k++) {
                var bytes = new ByteArrayOutputStream();
                int lines = 1 + random.nextInt(40);
                for (int i = 0; i < lines; i++) {
                    byte[] line = line(random, StandardCharsets.UTF_8, k < 30 ? 1000 : 10);
                    if (k % 3 == 0 && new String(line, StandardCharsets.ISO_8859_1).indexOf(0x1b) >= 0) line = new byte[0];
                    bytes.writeBytes(line);
                    if (random.nextInt(4) == 0) bytes.write('\r');
                    if (i < lines - 1 || random.nextBoolean()) bytes.write('\n');
                }
                var hits = new LineSieve.Hits();
                // A carriage return that was drawn and one that was added before the line feed are two.
                byte[] all = new String(bytes.toByteArray(), StandardCharsets.ISO_8859_1).replaceAll("\r+", "\r").getBytes(StandardCharsets.ISO_8859_1);
                var expected = new ArrayList<Long>();
                String[] split = new String(all, StandardCharsets.ISO_8859_1).split("\n", -1);
                for (int i = 0; i < split.length; i++) {
                    boolean there = i < split.length - 1 || !split[i].isEmpty();
                    if (there && slowly(matcher, split[i].getBytes(StandardCharsets.ISO_8859_1))) expected.add(100L + i);
                }
                sieve.sift(all, 0, all.length, 100, hits);
                assertEquals(expected, Arrays.stream(hits.lines(), 0, hits.count()).boxed().toList(), pattern);
                found += hits.count();
            }
        }
        assertTrue(found > 700, found + " lines");
    }

    @Test void whatIsMoreThanRegularIsLeftToOthers() {
        for (String pattern : List.of("(a)\\1", "a(?=b)", "(?<!a)b", "a++", "(?>a|b)", "[a[b]]", "[a&&b]", "\\p{L}", "\\x41", "\\Qa\\E", "ö", "(?x)a b", "a{2}{3}", "(a{1000}){1000}"))
            assertTrue(Expression.of(pattern, false).flatMap(each -> LineMachine.of(each, TextEncoding.UTF_8)).isEmpty(), pattern);
        for (String pattern : List.of("a|b", "(?<name>[a-z]+) took \\d{2,}ms", "[^\\]\\-x]+?$", "^\\[\\w+\\]"))
            assertFalse(Expression.of(pattern, false).flatMap(each -> LineMachine.of(each, TextEncoding.UTF_8)).isEmpty(), pattern);
    }

    @Test void aLongLineFullOfNeedlesIsReadOnce() {
        var query = LineQuery.expression("ab.*[0-9]x");
        var sieve = new LineSieve(query, TextEncoding.UTF_8, 1_000_000_000, _ -> true);
        byte[] line = "ab ".repeat(1_000_000).getBytes(StandardCharsets.US_ASCII);
        var hits = new LineSieve.Hits();
        long before = System.nanoTime();
        sieve.sift(line, 0, line.length, 0, hits);
        assertEquals(0, hits.count());
        // Once for each needle would be an hour.
        assertTrue(System.nanoTime() - before < 10_000_000_000L);
    }
}
