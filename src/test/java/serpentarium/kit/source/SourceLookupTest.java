package serpentarium.kit.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.task.TaskContext;

class SourceLookupTest {
    @TempDir Path folder;

    private SourceText read(SourceLookup lookup, String file) throws IOException {
        return lookup.read(file, TaskContext.detached());
    }

    private SourceLookup lookup() {
        return new SourceLookup(folder.resolve("run.prof"), List.of());
    }

    private String text(String file) throws IOException {
        return assertInstanceOf(SourceText.Found.class, read(lookup(), file)).text();
    }

    @Test void whatHasNoSourceSaysSo() throws IOException {
        for (String file : new String[] {null, "", "~", "<frozen importlib._bootstrap>", "<string>"})
            assertInstanceOf(SourceText.None.class, read(lookup(), file), file);
        assertInstanceOf(SourceText.Missing.class, read(lookup(), "/nowhere/a.py"));
        assertInstanceOf(SourceText.Missing.class, read(lookup(), "a\0b"));
        assertInstanceOf(SourceText.Missing.class, read(lookup(), folder.toString()), "a folder is no file");
        assertInstanceOf(SourceText.Missing.class, read(new SourceLookup(null, List.of()), "a.py"), "relative to nothing");
        assertInstanceOf(SourceText.Remote.class, read(lookup(), "\\\\server\\share\\a.py"));
        assertInstanceOf(SourceText.Remote.class, read(lookup(), "//server/share/a.py"));
    }

    @Test void devicesAreNotOpened() throws IOException {
        assertInstanceOf(SourceText.Missing.class, read(lookup(), "/dev/zero"));
    }

    @Test void relativePathsStartAtTheProfile() throws IOException {
        Files.createDirectories(folder.resolve("src"));
        Files.writeString(folder.resolve("src/a.py"), "x = 1\n");
        assertEquals("x = 1\n", text("src/a.py"));
    }

    @Test void textsOfTheProfileGoFirst() throws IOException {
        Files.writeString(folder.resolve("a.py"), "changed = 1\n");
        var sources = Map.of("a.py", "x = 1\r\ny = 2", "<string>", "z = 3");
        var carried = new SourceLookup(folder.resolve("run.prof"), List.of(), sources);
        var found = assertInstanceOf(SourceText.Found.class, read(carried, "a.py"));
        assertEquals("x = 1\ny = 2", found.text());
        assertNull(found.path());
        assertTrue(found.spans().size() > 0);
        assertEquals("z = 3", assertInstanceOf(SourceText.Found.class, read(carried, "<string>")).text());
        assertInstanceOf(SourceText.None.class, read(carried, "<other>"));
        assertEquals(sources, carried.with("/srv/b.py", folder.resolve("b.py")).carried());
    }

    @Test void textsAreTidied() throws IOException {
        Files.writeString(folder.resolve("a.py"), "\uFEFFa\r\nb\rc\f\n" + "x".repeat(5000) + "\nend");
        assertEquals("a\nb\nc\n" + "x".repeat(2000) + "…\nend", text("a.py"));
        Files.write(folder.resolve("b.py"), "#!/usr/bin/python\n# -*- coding: latin-1 -*-\n# é".getBytes(StandardCharsets.ISO_8859_1));
        assertTrue(text("b.py").endsWith("# é"));
        Files.write(folder.resolve("c.py"), "# coding: no-such\n# \u00e9".getBytes(StandardCharsets.UTF_8));
        assertTrue(text("c.py").endsWith("# é"));
    }

    @Test void sizesAreBounded() throws IOException {
        Files.write(folder.resolve("big.py"), new byte[SourceLookup.LARGEST + 1]);
        assertEquals(SourceLookup.LARGEST + 1, assertInstanceOf(SourceText.TooLarge.class, read(lookup(), "big.py")).size());
        Files.write(folder.resolve("bin.so"), new byte[] {1, 0, 2});
        assertInstanceOf(SourceText.NotText.class, read(lookup(), "bin.so"));
    }

    @Test void onlyPythonIsColoured() throws IOException {
        Files.writeString(folder.resolve("a.py"), "return 1");
        Files.writeString(folder.resolve("a.c"), "return 1");
        assertEquals(2, assertInstanceOf(SourceText.Found.class, read(lookup(), "a.py")).spans().size());
        assertEquals(0, assertInstanceOf(SourceText.Found.class, read(lookup(), "a.c")).spans().size());
    }

    @Test void aFileChangedSinceTheProfileIsSuspect() throws IOException {
        Path source = Files.writeString(folder.resolve("a.py"), "x");
        Path profile = Files.writeString(folder.resolve("run.prof"), "x");
        Files.setLastModifiedTime(profile, FileTime.fromMillis(2_000_000));
        Files.setLastModifiedTime(source, FileTime.fromMillis(1_000_000));
        assertFalse(assertInstanceOf(SourceText.Found.class, read(lookup(), "a.py")).newer());
        Files.setLastModifiedTime(source, FileTime.fromMillis(3_000_000));
        assertTrue(assertInstanceOf(SourceText.Found.class, read(lookup(), "a.py")).newer());
    }

    @Test void aChosenFileMapsItsNeighboursToo() throws IOException {
        Path here = Files.createDirectories(folder.resolve("work/app/pkg"));
        Path chosen = Files.writeString(here.resolve("a.py"), "a");
        Files.writeString(here.resolve("b.py"), "b");
        Files.writeString(folder.resolve("secret.py"), "s");
        SourceLookup mapped = lookup().with("/srv/app/pkg/a.py", chosen);
        assertEquals(List.of("/srv", folder.resolve("work").toString()), mapped.map());
        assertEquals(chosen, mapped.find("/srv/app/pkg/a.py"));
        assertEquals(here.resolve("b.py"), mapped.find("/srv/app/pkg/b.py"));
        assertNull(mapped.find("/srvx/app/pkg/b.py"), "another folder");
        assertNull(mapped.find("/srv/../secret.py"), "not out of the folder");
        SourceLookup windows = lookup().with("C:\\app\\pkg\\a.py", chosen);
        assertEquals(here.resolve("b.py"), windows.find("C:\\app\\pkg\\b.py"));
    }

    @Test void aFileOfAnotherNameIsMappedAlone() throws IOException {
        Path chosen = Files.writeString(folder.resolve("other.py"), "a");
        SourceLookup mapped = lookup().with("/srv/a.py", chosen);
        assertEquals(chosen, mapped.find("/srv/a.py"));
        assertNull(mapped.find("/srv/other.py"));
        SourceLookup many = mapped;
        for (int i = 0; i < 100; i++) many = many.with("/srv/" + i + "/x.py", chosen);
        assertEquals(100, many.map().size(), "50 pairs at most");
    }

    @Test void readingCanBeCancelled() throws IOException {
        Files.writeString(folder.resolve("a.py"), "x");
        assertThrows(CancellationException.class, () -> lookup().read("a.py", TaskContext.cancelledAfter(0)));
    }
}
