package serpentarium.python.engine.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is missing on a made-up machine is named, with the line that brings it.
class PreflightTest {
    private static final Archive XZ = new Archive("Python-3.13.5", "Python-3.13.5.tar.xz", "https://example.org/Python-3.13.5.tar.xz", "00");
    private static final Archive GZ = new Archive("Python-3.13.5", "Python-3.13.5.tar.gz", "https://example.org/Python-3.13.5.tgz", "11");

    @TempDir Path folder;

    private Path programs(String... names) throws IOException {
        Path programs = Files.createDirectories(folder.resolve("programs"));
        for (String name : names)
            Files.setPosixFilePermissions(Files.writeString(programs.resolve(name), "#!/bin/sh\n"), PosixFilePermissions.fromString("rwxr-xr-x"));
        return programs;
    }

    private void header(String name) throws IOException {
        Path file = folder.resolve("usr/include/x86_64-linux-gnu").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
    }

    private Preflight look(Path programs, String mounts) throws IOException {
        Path root = Files.createDirectories(folder.resolve("root"));
        Path table = Files.writeString(folder.resolve("mounts"), mounts);
        var definition = new Definition("3.13.5", root.resolve("3.13.5"), Definition.Kind.SOURCE, List.of(XZ, GZ), List.of("standard", "verify_py313"), false, true);
        return Preflight.of(new Workshop(root, root.resolve("bin/pyenv"), folder, Map.of("PATH", programs.toString())), definition, BuildOptions.plain(), folder, table);
    }

    @Test void aBareMachineLacksEverything() throws IOException {
        Preflight found = look(programs("apt"), "x / ext4 rw 0 0\n");
        assertTrue(found.stops());
        assertEquals(Set.of(), java.util.EnumSet.complementOf(java.util.EnumSet.copyOf(found.missing())).stream()
                .filter(each -> !Set.of(Requirement.ZSTD, Requirement.GIT, Requirement.BZIP2_PROGRAM).contains(each)).collect(java.util.stream.Collectors.toSet()));
        Map<PackageTool, String> lines = found.lines(Map.of("PATH", folder.resolve("programs").toString()));
        assertEquals("sudo apt install build-essential curl xz-utils patch libssl-dev zlib1g-dev libffi-dev libbz2-dev liblzma-dev libreadline-dev libsqlite3-dev libncurses-dev tk-dev uuid-dev "
                + "libgdbm-dev libgdbm-compat-dev", lines.get(PackageTool.APT));
        assertTrue(lines.get(PackageTool.DNF).startsWith("sudo dnf install gcc make curl xz patch openssl-devel zlib-devel"), lines::toString);
        assertTrue(lines.get(PackageTool.BREW).startsWith("xcode-select --install && brew install curl xz gpatch openssl@3"), lines::toString);
        assertEquals(PackageTool.APT, lines.keySet().iterator().next());
    }

    @Test void oneHeaderIsMissing() throws IOException {
        for (String each : List.of("stdio.h", "openssl/ssl.h", "zlib.h", "bzlib.h", "lzma.h", "readline/readline.h", "sqlite3.h", "ncurses.h", "tcl8.6/tk.h", "uuid/uuid.h", "gdbm.h", "ndbm.h"))
            header(each);
        Path programs = programs("gcc", "make", "curl", "xz", "patch");
        Preflight found = look(programs, "x / ext4 rw 0 0\n");
        assertFalse(found.stops());
        assertEquals(Set.of(Requirement.FFI), found.missing());
        Preflight.Check first = found.checks().getFirst();
        assertEquals("ffi", first.id());
        assertEquals(Preflight.Verdict.LACKS, first.verdict());
        assertTrue(first.sentence().contains("_ctypes"), first.sentence());
        header("ffi.h");
        assertEquals(Set.of(), look(programs, "x / ext4 rw 0 0\n").missing());
        assertEquals(Map.of(), look(programs, "x / ext4 rw 0 0\n").lines(Map.of()));
    }

    @Test void aFolderThatCannotExecuteStops() throws IOException {
        Preflight found = look(programs("gcc"), "x / ext4 rw 0 0\ny " + folder.toRealPath() + " ext4 rw,nosuid,noexec 0 0\n");
        Preflight.Check check = found.checks().stream().filter(each -> each.id().equals("execute")).findFirst().orElseThrow();
        assertEquals(Preflight.Verdict.STOPS, check.verdict());
        assertTrue(check.sentence().contains("noexec"), check.sentence());
    }

    @Test void withoutXzTheOtherArchiveIsTaken() throws IOException {
        Path cache = Files.createDirectories(folder.resolve("root/cache"));
        Files.writeString(cache.resolve(XZ.file()), "");
        Preflight without = look(programs("gcc", "make"), "x / ext4 rw 0 0\n");
        assertTrue(without.missing().containsAll(Set.of(Requirement.XZ, Requirement.DOWNLOADER)), without::toString);
        Preflight with = look(programs("xz"), "x / ext4 rw 0 0\n");
        assertFalse(with.missing().contains(Requirement.DOWNLOADER) || with.missing().contains(Requirement.XZ), with::toString);
    }

    @Test void thisMachineIsLookedAtQuickly() throws IOException {
        try (PyenvCopy pyenv = PyenvCopy.in(folder)) {
            Definition definition = Catalogue.read(pyenv.root(), java.util.Optional.empty(), Map.of()).definition("3.13.5");
            Preflight first = Preflight.of(pyenv.workshop(), definition, BuildOptions.plain());
            assertEquals(first.missing(), Preflight.of(pyenv.workshop(), definition, BuildOptions.plain()).missing());
            assertTrue(first.checks().size() > 12, first.checks()::toString);
        }
    }
}
