package serpentarium.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextEncodingTest {
    @ParameterizedTest
    @CsvSource({"utf-8, UTF-8, 1, 0", "utf-8-sig, UTF-8, 1, 3", "utf-16, UTF-16LE, 2, 2", "latin-1, windows-1252, 1, 0", "cp1252, windows-1252, 1, 0",
        "invalid-utf8, UTF-8, 1, 0", "nul-bytes, UTF-8, 1, 0", "crlf, UTF-8, 1, 0", "only-newlines, UTF-8, 1, 0", "ansi-colours, UTF-8, 1, 0"})
    void filesOfPythonsLogging(String name, String charset, int unit, int mark) throws IOException {
        byte[] bytes = sample(name);
        assertEquals(new TextEncoding(Charset.forName(charset), unit, mark), TextEncoding.detect(bytes, bytes.length));
    }

    @Test void wideLettersWithoutAMark() {
        for (Charset charset : new Charset[] {StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE}) {
            byte[] bytes = "2026-11-28 INFO größe 東 ok\n".repeat(9).getBytes(charset);
            assertEquals(new TextEncoding(charset, 2, 0), TextEncoding.detect(bytes, bytes.length));
        }
    }

    @Test void aHeadThatEndsInsideALetterIsStillUtf8() {
        byte[] bytes = "größe".getBytes(StandardCharsets.UTF_8);
        assertEquals(TextEncoding.UTF_8, TextEncoding.detect(bytes, 4 - 1));
        assertEquals(TextEncoding.UTF_8, TextEncoding.detect(new byte[0], 0));
    }

    @Test void aChosenEncodingKeepsTheMarkThatIsItsOwn() throws IOException {
        byte[] marked = sample("utf-8-sig");
        assertEquals(TextEncoding.UTF_8_MARKED, TextEncoding.chosen(StandardCharsets.UTF_8, marked, marked.length));
        byte[] japanese = sample("shift_jis");
        TextEncoding chosen = TextEncoding.chosen(Charset.forName("Shift_JIS"), japanese, japanese.length);
        assertEquals(0, chosen.mark());
        assertTrue(chosen.text(japanese, 0, japanese.length).codePoints().anyMatch(Character::isIdeographic));
        byte[] wide = sample("utf-16");
        assertEquals(TextEncoding.utf16(true, 2), TextEncoding.chosen(StandardCharsets.UTF_16, wide, wide.length));
    }

    private static byte[] sample(String name) throws IOException {
        try (InputStream in = TextEncodingTest.class.getResourceAsStream("encodings/" + name + ".log")) {
            return in.readAllBytes();
        }
    }
}
