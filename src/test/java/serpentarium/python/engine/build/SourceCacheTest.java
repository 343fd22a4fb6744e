package serpentarium.python.engine.build;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.base.ProblemException;
import serpentarium.task.TaskContext;

/// What is dropped gets into the cache when a definition asks for exactly these bytes.
class SourceCacheTest {
    private static final byte[] BYTES = "the source of a Python".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    @TempDir Path folder;
    private Catalogue catalogue;
    private SourceCache cache;
    private Path dropped;

    @BeforeEach void make() throws IOException, NoSuchAlgorithmException {
        String sum = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(BYTES));
        Path definitions = Files.createDirectories(folder.resolve("plugins/python-build/share/python-build"));
        Files.writeString(definitions.resolve("3.7.4"), "  install_package \"Python-3.7.4\" \"https://example.org/Python-3.7.4.tar.xz#" + sum + "\" standard verify_py37\n");
        Files.writeString(definitions.resolve("3.7.4t"), "source \"$(dirname \"${BASH_SOURCE[0]}\")\"/3.7.4\n");
        catalogue = Catalogue.read(folder, Optional.empty(), Map.of());
        cache = new SourceCache(folder.resolve("cache"));
        dropped = Files.write(folder.resolve("python3.7_3.7.4.orig.tar.xz"), BYTES);
    }

    @Test void takenUnderTheNameThatPyenvLooksFor() throws IOException {
        assertFalse(cache.exists());
        SourceCache.Taken taken = cache.take(dropped, catalogue, TaskContext.detached());
        assertEquals("3.7.4", taken.definition());
        assertEquals(folder.resolve("cache/Python-3.7.4.tar.xz"), taken.file());
        assertArrayEquals(BYTES, Files.readAllBytes(taken.file()));
        assertEquals(List.of("Python-3.7.4.tar.xz"), cache.names());
        assertTrue(cache.has(catalogue.definition("3.7.4t")) && cache.intact(taken.archive(), TaskContext.detached()) && !taken.already());
        assertTrue(cache.take(dropped, catalogue, TaskContext.detached()).already());
    }

    @Test void aDamagedArchiveStaysOutside() throws IOException {
        Path damaged = Files.writeString(folder.resolve("Python-3.7.4.tar.xz"), "something else");
        var problem = assertThrows(ProblemException.class, () -> cache.take(damaged, catalogue, TaskContext.detached())).problem();
        assertEquals("cache.damaged", problem.id());
        assertEquals("cache.nobody", assertThrows(ProblemException.class, () -> cache.take(Files.writeString(folder.resolve("notes.txt"), "x"), catalogue, TaskContext.detached())).problem().id());
        assertEquals("cache.no-file", assertThrows(ProblemException.class, () -> cache.take(folder, catalogue, TaskContext.detached())).problem().id());
        assertEquals(List.of(), cache.names());
    }

    @Test void cancelledNothingIsLeft() throws IOException {
        assertThrows(CancellationException.class, () -> cache.take(dropped, catalogue, TaskContext.cancelledAfter(0)));
        assertEquals(List.of(), cache.names());
    }
}
