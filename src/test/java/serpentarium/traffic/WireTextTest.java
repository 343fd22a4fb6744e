package serpentarium.traffic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WireTextTest {
    @Test void anyBytesComeBack() {
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(12)];
            random.nextBytes(bytes);
            assertArrayEquals(bytes, WireText.encode(WireText.decode(bytes)));
        }
    }

    @Test void validTextIsItself() {
        String text = "größe 図表 \uD83D\uDC0D";
        assertEquals(text, WireText.decode(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test void otherBytesAreLoneSurrogates() {
        assertEquals("a\uDCE9b", WireText.decode(new byte[] {'a', (byte) 0xe9, 'b'}));
        assertEquals("\uDCED\uDCA0\uDC80", WireText.decode(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}));
    }
}
