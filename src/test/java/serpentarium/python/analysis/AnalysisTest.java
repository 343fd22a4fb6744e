package serpentarium.python.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnalysisTest {
    private static List<String> words(String text) {
        return PinText.fields(PinText.of(text.getBytes(StandardCharsets.UTF_8)).words()).stream().map(word -> word.text() + "@" + word.line()).toList();
    }

    @Test void eachLineGivesItsFirstWord() {
        assertEquals(List.of("3.10@1"), words("3.10"));
        assertEquals(List.of("3.10@2", "3.9@4"), words("# head\n3.10 # why\n\n\t 3.9 3.8\r\n  #3.7\n"));
        assertEquals(List.of("3.10@1", "3.9@1", "3.8@2"), words("3.10:3.9\r\n\r3.8\r"));
        assertEquals(List.of("3.9@1"), words("3\0.9\n"));
        assertEquals(List.of("a@1", "@1", "@2", "b@2"), words("a:\n:b:\n"));
        assertEquals(List.of(), words("\n \n#x"));
    }

    @Test void aLongLineCountsAsSeveral() {
        var text = PinText.of(("#" + "0".repeat(1023) + "3.9 x\n3.10").getBytes(StandardCharsets.UTF_8));
        assertEquals(List.of(new PinText.Word("3.9", 1), new PinText.Word("3.10", 2)), text.words());
        assertEquals(List.of(1), text.longLines());
        assertTrue(PinText.of("\ufeff3.9".getBytes(StandardCharsets.UTF_8)).bom());
    }

    @Test void theNewestWithPyenvsOddities() {
        List<String> names = List.of("3.8.1", "3.8.1-debug", "3.10.2", "3.10.13", "3.12.0rc1", "3.13.0", "3.13.2t", "3.14-dev", "miniconda3-4.7.12", "miniconda3-3.10-23.1", "pypy3.10-7.3.12");
        assertEquals(Optional.of("3.8.1-debug"), Newest.of("3.8", names));
        assertEquals(Optional.of("3.10.13"), Newest.of("3.10", names));
        assertEquals(Optional.empty(), Newest.of("3.1", names));
        assertEquals(Optional.empty(), Newest.of("3.12", names));
        assertEquals(Optional.of("3.13.0"), Newest.of("3.13", names));
        assertEquals(Optional.of("3.13.2t"), Newest.of("3.13t", names));
        assertEquals(Optional.empty(), Newest.of("3.14", names));
        assertEquals(Optional.of("3.13.0"), Newest.of("3", names));
        assertEquals(Optional.of("miniconda3-4.7.12"), Newest.of("miniconda3", names));
        assertEquals(Optional.of("pypy3.10-7.3.12"), Newest.of("pypy3.10", names));
    }

    @Test void versionsStandInTheOrderOfSort() {
        List<String> sorted = List.of(".hidden", "2.7.18", "3.9.18", "3.10.13", "3.11", "3.11.7", "3.11.7-debug", "3.11.10", "3.12.0rc1", "3.13.0", "3.13.0t", "miniconda3-latest", "pypy3.10-7.3.12");
        List<String> shuffled = new ArrayList<>(sorted);
        Collections.shuffle(shuffled, new Random(3));
        shuffled.sort(VersionOrder.ORDER);
        assertEquals(sorted, shuffled);
    }

    @ParameterizedTest
    @CsvSource({"cpython@3.12,uv,3.12", "cpython-3.12.1-linux-x86_64,uv,3.12.1", "3.13+freethreaded,uv,3.13t", ">=3.10,uv,3.10", "cp312,uv,3.12", "pypy@3.10,uv,pypy3.10",
        "'>=3.12,<3.13',uv,3.12", "<4,uv,", "latest,mise,", "v3.10.13,'',3.10.13", "3.12.x,'',3.12", "3.,'',3", "==3.12.*,uv,3.12"})
    void wordsOfOtherTools(String word, String tool, String instead) {
        assertEquals(Optional.of(new Foreign(tool, Optional.ofNullable(instead))), Foreign.of(word));
    }

    @ParameterizedTest
    @CsvSource({"3.7.4", "3.13t", "webproj", "pypy3.10-7.3.12", "miniconda3-latest", "3.12.0rc1"})
    void wordsThatAreOnlyNotInstalled(String word) {
        assertEquals(Optional.empty(), Foreign.of(word));
    }

    @Test void patternsAreTheShells() {
        List<String> files = List.of("3.10", "3.11", "3.x", ".3.12", "abc");
        assertEquals(List.of("3.10", "3.11"), ShellPattern.of("3.1?").orElseThrow().among(files));
        assertEquals(List.of("3.x"), ShellPattern.of("3.[!0-9]*").orElseThrow().among(files));
        assertEquals(List.of("3.10", "3.11", "3.x", "abc"), ShellPattern.of("*").orElseThrow().among(files));
        assertEquals(Optional.empty(), ShellPattern.of("[3.10"));
        assertEquals(Optional.empty(), ShellPattern.of("3.10"));
    }

    private static String edit(String old, String... words) {
        return new String(PinEdit.replace(old.getBytes(StandardCharsets.UTF_8), List.of(words)), StandardCharsets.UTF_8);
    }

    @Test void anEditKeepsWhatIsNotAVersion() {
        assertEquals("3.12\n", edit("", "3.12"));
        assertEquals("3.12\n3.9\n", edit("", "3.12", "3.9"));
        assertEquals("# é head\n\n3.12 # why\n# tail\n", edit("# é head\n\n3.9 # why\n# tail", "3.12"));
        assertEquals("# a\r\n3.12\r\n3.9\r\n", edit("# a\r\n3.9\r\n", "3.12", "3.9"));
        assertEquals("3.12\n", edit("\ufeff3.9\n", "3.12"));
        assertEquals("# a\n3.9\n# b\n", edit("# a\n3.12\n# b\n3.9\n", "3.9").replace("# b\n", "") + "# b\n");
        assertEquals("3.9 # nine\n3.12 # twelve\n", edit("3.12 # twelve\n3.9 # nine\n", "3.9", "3.12"));
        assertEquals("# only\n3.9\n", edit("# only", "3.9"));
        assertEquals("3.10\n", edit("3.12:3.9\n", "3.10"));
        assertEquals("# a\n", edit("# a\n3.9\n"));
    }

    @Test void whatAnEditWroteIsWhatItReads() {
        var random = new Random(5);
        List<String> pool = List.of("3.9", "3.10.13", "system", "3.12", "pypy3.10", "3.11.7/envs/web");
        String letters = "39.#\r\n \t:ab\u00e9";
        for (int i = 0; i < 3000; i++) {
            var old = new StringBuilder();
            for (int k = random.nextInt(40); k > 0; k--) old.append(random.nextInt(4) == 0 ? pool.get(random.nextInt(pool.size())) : String.valueOf(letters.charAt(random.nextInt(letters.length()))));
            List<String> wanted = new ArrayList<>(pool);
            Collections.shuffle(wanted, random);
            wanted = wanted.subList(0, random.nextInt(pool.size()));
            String edited = edit(old.toString(), wanted.toArray(String[]::new));
            List<String> read = PinText.fields(PinText.of(edited.getBytes(StandardCharsets.UTF_8)).words()).stream().map(PinText.Word::text).toList();
            assertEquals(wanted, read, () -> Arrays.toString(old.toString().getBytes(StandardCharsets.UTF_8)));
        }
    }
}
