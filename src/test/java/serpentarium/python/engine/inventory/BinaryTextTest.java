package serpentarium.python.engine.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinaryTextTest {
    private static final Pattern WORDS = Pattern.compile("(OpenSSL \\d\\.\\d)\0");
    private static final int PIECE = 256 << 10;

    @TempDir Path folder;

    private Optional<String> found(int at, String text, int size) throws IOException {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) 0xf3);
        System.arraycopy(text.getBytes(StandardCharsets.ISO_8859_1), 0, bytes, at, text.length());
        return BinaryText.find(Files.write(folder.resolve("library"), bytes), "OpenSSL ", WORDS);
    }

    @Test void aTextIsFoundWhereverItStands() throws IOException {
        for (int at : new int[] {0, 1, 7, 8, 9, PIECE - 12, PIECE - 5, PIECE, PIECE + 190, PIECE + 199, PIECE + 200, 2 * PIECE - 3, 3 * PIECE})
            assertEquals(Optional.of("OpenSSL 3.0"), found(at, "OpenSSL 3.0\0", 3 * PIECE + 12), "at " + at);
    }

    @Test void whatOnlyBeginsLikeItIsPassedBy() throws IOException {
        assertEquals(Optional.of("OpenSSL 1.1"), found(100, "OpenSSL OpenSSL x OpenOpenSSL 1.1\0OpenSSL 3.0\0", 1000));
        assertEquals(Optional.empty(), found(993, "OpenSSL", 1000));
        assertEquals(Optional.empty(), found(0, "OpenSSL", 7));
    }
}
