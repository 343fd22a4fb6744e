package serpentarium.traffic.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class ContentEncodingTest {
    private static final byte[] TEXT = "the snake sheds its skin, the snake sheds its skin".getBytes(StandardCharsets.UTF_8);

    private static byte[] gzip(byte[]... members) throws IOException {
        var all = new ByteArrayOutputStream();
        for (byte[] member : members) {
            try (var out = new GZIPOutputStream(all)) {
                out.write(member);
            }
        }
        return all.toByteArray();
    }

    private static byte[] deflate(byte[] bytes, boolean raw) throws IOException {
        var all = new ByteArrayOutputStream();
        try (var out = new DeflaterOutputStream(all, new Deflater(6, raw))) {
            out.write(bytes);
        }
        return all.toByteArray();
    }

    private static byte[] decode(byte[] bytes, String codings) throws IOException {
        return ContentEncoding.decode(new ByteArrayInputStream(bytes), ContentEncoding.parse(codings).orElseThrow(), 1 << 20).readAllBytes();
    }

    @Test void eachCodingIsUndone() throws IOException {
        assertArrayEquals(TEXT, decode(TEXT, "identity"));
        assertArrayEquals((new String(TEXT, StandardCharsets.UTF_8) + "!").getBytes(StandardCharsets.UTF_8), decode(gzip(TEXT, new byte[] {'!'}), "x-gzip"));
        assertArrayEquals(TEXT, decode(deflate(TEXT, false), "deflate"));
        assertArrayEquals(TEXT, decode(deflate(TEXT, true), "deflate"));
        assertArrayEquals(TEXT, decode(Zstd.compress(TEXT), "zstd"));
        assertArrayEquals("hello brotli".getBytes(StandardCharsets.UTF_8), decode(HexFormat.of().parseHex("8b058068656c6c6f2062726f746c6903"), "br"));
    }

    @Test void severalAreUndoneInTurn() throws IOException {
        assertArrayEquals(TEXT, decode(gzip(deflate(TEXT, false)), "deflate, gzip"));
        assertArrayEquals(TEXT, decode(Zstd.compress(gzip(TEXT)), "gzip,zstd"));
    }

    @Test void namesThatAreNotKnownAreNotGuessed() {
        assertEquals(Optional.empty(), ContentEncoding.parse("gzip, rot13"));
        assertEquals(Optional.of(List.of()), ContentEncoding.parse(null));
        assertEquals(Optional.empty(), ContentEncoding.parse("gzip,".repeat(9)));
    }

    @Test void aBombIsCutAtTheLimit() throws IOException {
        byte[] bomb = gzip(gzip(new byte[50 << 20]));
        assertEquals(1 << 20, decode(bomb, "gzip, gzip").length);
    }

    @Test void otherBytesAreAnErrorAndNothingElse() {
        var random = new Random(3);
        for (int i = 0; i < 3000; i++) {
            byte[] bytes = new byte[random.nextInt(60) + 1];
            random.nextBytes(bytes);
            for (String coding : List.of("gzip", "deflate", "br", "zstd")) {
                try {
                    decode(bytes, coding);
                } catch (IOException e) {
                    continue;
                }
            }
        }
        assertThrows(IOException.class, () -> decode(TEXT, "gzip"));
    }
}
