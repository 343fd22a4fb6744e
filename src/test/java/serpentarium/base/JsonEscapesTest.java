package serpentarium.base;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonEscapesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '`', value = {"plain ! plain ! plain", "\\u00fc\\/\\\"\\\\ ! ü/\"\\ ! ü/\"\\", "\\ud83d\\ude00 ! 😀 ! 😀", "it\\'s ! it's ! it\\'s",
        "\\u12 ! \\u12 ! \\u12", "\\u12x4 ! \\u12x4 ! \\u12x4", "end\\ ! end\\ ! end\\"})
    void undone(String written, String meant, String kept) {
        assertEquals(meant, JsonEscapes.undone(written, false));
        assertEquals(kept, JsonEscapes.undone(written, true));
        assertEquals("a\tb\r\n\b\f", JsonEscapes.undone("a\\tb\\r\\n\\b\\f", true));
    }
}
