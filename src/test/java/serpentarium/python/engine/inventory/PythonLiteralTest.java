package serpentarium.python.engine.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import serpentarium.base.ProblemException;

class PythonLiteralTest {
    private static final String SAMPLE = """
            # system configuration generated and used by the sysconfig module
            build_time_vars = {'ABIFLAGS': '',
             'ALIGNOF_LONG': 8,
             'BLDSHARED': 'gcc -shared '
                          '-Wl,-rpath,/opt/lib',
             'BYTESTR_DEPS': '\\\\',
             'CONFIG_ARGS': "'--prefix=/opt' " # why
                "'--enable-shared'",
             'NEGATIVE': -1, u'OLD': u'x\\x41\\u0042\\'', 'NONE': None, 'YES': True,}
            """;

    @Test void piecesAreOne() {
        Map<String, String> read = PythonLiteral.dictionary("x", SAMPLE, "build_time_vars");
        assertEquals("gcc -shared -Wl,-rpath,/opt/lib", read.get("BLDSHARED"));
        assertEquals("'--prefix=/opt' '--enable-shared'", read.get("CONFIG_ARGS"));
        assertEquals("\\", read.get("BYTESTR_DEPS"));
        assertEquals("xAB'", read.get("OLD"));
        assertEquals("-1", read.get("NEGATIVE"));
        assertEquals("1", read.get("YES"));
        assertEquals(8, read.size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            x = 1                         | literal.none
            a = {'b': print()}            | literal.value
            a = {'b': [1]}                | literal.value
            a = {'b': 'c                  | literal.open
            a = {'b' 1}                   | literal.expected
            a = {'b': 1 'c': 2}           | literal.expected
            a = {b: 1}                    | literal.string
            a = {'b': '\\xZZ'}            | literal.escape
            a = {'b': 1                   | literal.expected
            """)
    void whatIsNoPlainValueIsRefused(String text, String id) {
        assertEquals(id, assertThrows(ProblemException.class, () -> PythonLiteral.dictionary("x", text, "a")).problem().id());
    }

    @Test void whatIsDamagedEndsInAProblem() {
        for (int seed = 0; seed < 10_000; seed++) {
            var random = new Random(seed);
            var text = new StringBuilder(SAMPLE);
            for (int i = random.nextInt(4); i >= 0; i--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, (char) random.nextInt(256));
                    case 1 -> text.setLength(Math.max(1, at));
                    default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(40))));
                }
            }
            try {
                assertTrue(PythonLiteral.dictionary("x", text.toString(), "build_time_vars").size() < 40);
            } catch (ProblemException e) {
                assertTrue(e.problem().id().startsWith("literal."), () -> e.problem().id());
            }
        }
    }

    @Test void wordsOfAShell() {
        assertEquals(List.of("--prefix=/a b", "it's", "CFLAGS=-O2 -g", ""), ShellWords.split(" '--prefix=/a b'  'it'\\''s' CFLAGS=\"-O2 -g\" ''"));
        assertEquals(List.of("open end"), ShellWords.split("'open end"));
    }
}
