package serpentarium.python.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.base.ProblemException;

class PinWriterTest {
    @TempDir Path folder;

    private String problem(Runnable work) {
        return assertThrows(ProblemException.class, work::run).problem().id();
    }

    @Test void aPinIsWrittenWithItsCommentsAndTakenBack() throws IOException {
        Path file = folder.resolve(".python-version");
        Files.writeString(file, "# why\n3.9 # old\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
        var change = PinWriter.write(PinWriter.look(file), List.of("3.12", "3.9"));
        assertEquals("# why\n3.12\n3.9 # old\n", Files.readString(file));
        assertEquals("rw-rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        PinWriter.undo(change);
        assertEquals("# why\n3.9 # old\n", Files.readString(file));
        try (var files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test void aNewPinIsMadeAndTakenBack() throws IOException {
        Path file = folder.resolve(".python-version");
        var change = PinWriter.write(PinWriter.look(file), List.of("3.12"));
        assertEquals("3.12\n", Files.readString(file));
        PinWriter.undo(change);
        assertFalse(Files.exists(file));
        PinWriter.undo(PinWriter.remove(PinWriter.look(file)));
        assertFalse(Files.exists(file));
    }

    @Test void aLinkStaysALink() throws IOException {
        Path real = Files.writeString(folder.resolve("pin"), "3.9\n");
        Path link = Files.createSymbolicLink(folder.resolve(".python-version"), Path.of("pin"));
        PinWriter.write(PinWriter.look(link), List.of("3.12"));
        assertTrue(Files.isSymbolicLink(link));
        assertEquals("3.12\n", Files.readString(real));
        var removed = PinWriter.remove(PinWriter.look(link));
        assertFalse(Files.exists(link));
        assertEquals("3.12\n", Files.readString(real));
        PinWriter.undo(removed);
        assertTrue(Files.isSymbolicLink(link));
        assertEquals("3.12\n", Files.readString(link));
        Files.delete(real);
        PinWriter.write(PinWriter.look(link), List.of("3.11"));
        assertEquals("3.11\n", Files.readString(real));
    }

    @Test void whatSomebodyElseWroteIsNotOverwritten() throws IOException {
        Path file = Files.writeString(folder.resolve("version"), "3.9\n");
        var seen = PinWriter.look(file);
        Files.writeString(file, "3.10\n");
        assertEquals("pin.changed", problem(() -> PinWriter.write(seen, List.of("3.12"))));
        assertEquals("3.10\n", Files.readString(file));
        Files.delete(file);
        assertEquals("pin.changed", problem(() -> PinWriter.remove(seen)));
        var none = PinWriter.look(file);
        Files.writeString(file, "3.10\n");
        assertEquals("pin.changed", problem(() -> PinWriter.write(none, List.of("3.12"))));
    }

    @Test void whatCannotBeAPinIsRefused() throws IOException {
        var seen = PinWriter.look(folder.resolve(".python-version"));
        assertEquals("pin.no-word", problem(() -> PinWriter.write(seen, List.of())));
        for (String word : List.of("", "a b", "#x", "a:b", "3.9\n", "\ufeff3.9")) assertEquals("pin.bad-word", problem(() -> PinWriter.write(seen, List.of(word))), word);
        Files.createDirectory(folder.resolve(".python-version"));
        assertEquals("pin.not-a-file", problem(() -> PinWriter.look(folder.resolve(".python-version"))));
        Files.write(folder.resolve("version"), new byte[1 << 19]);
        assertEquals("pin.too-large", problem(() -> PinWriter.look(folder.resolve("version"))));
        assertEquals("pin.unwritable", problem(() -> PinWriter.write(PinWriter.look(folder.resolve("none/.python-version")), List.of("3.9"))));
    }
}
