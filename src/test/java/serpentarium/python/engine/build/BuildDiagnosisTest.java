package serpentarium.python.engine.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import serpentarium.base.Strings;

/// What real builds wrote when they failed is explained: the cause, the line, what to do.
class BuildDiagnosisTest {
    private static final String SUM = "795c34f44df45a0e9b9710c8c71c15c671871524cd412ca14def212e8ccb155d";

    @TempDir Path folder;

    static Definition definition(String name) {
        return new Definition(name, Path.of(name), Definition.Kind.SOURCE,
                List.of(new Archive("Python-" + name, "Python-" + name + ".tar.xz", "https://www.python.org/ftp/python/" + name + "/Python-" + name + ".tar.xz", SUM),
                        new Archive("Python-" + name, "Python-" + name + ".tar.gz", "https://www.python.org/ftp/python/" + name + "/Python-" + name + ".tgz", "11")),
                List.of("standard", "verify_py313"), false, false);
    }

    static List<String> lines(String name) throws IOException {
        InputStream in = BuildDiagnosisTest.class.getResourceAsStream("transcripts/" + name + ".gz");
        if (in == null) return List.of();
        try (var reader = new BufferedReader(new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        }
    }

    private record Read(DiagnosisReader signs, BuildLog log, List<String> all) {
        BuildDiagnosis diagnose(int code, boolean early, Catalogue near) {
            return signs.diagnose(code, early, Path.of("/home/dev/.pyenv/cache"), near, Map.of("PATH", "/usr/bin"));
        }
    }

    private Read read(String version, List<String> logged, List<String> said) throws IOException {
        var signs = new DiagnosisReader(definition(version));
        var log = new BuildLog(folder.resolve("kept.log"));
        try (log) {
            for (String each : logged) signs.take(log.add(each, false), false);
            for (String each : said) signs.take(log.add(each, true), true);
        }
        return new Read(signs, log, Files.readAllLines(folder.resolve("kept.log")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            fail-no-network         | 3.12.0 | 1 | OFFLINE           | Could not resolve host
            fail-bad-cache-checksum | 3.12.0 | 1 | BAD_CACHE         | checksum mismatch: /home/dev/tmp/cache_bad/Python-3.12.0.tar.xz
            fail-mirror-checksum    | 3.12.0 | 1 | BAD_DOWNLOAD      | checksum mismatch: Python-3.12.0.tar.xz
            fail-no-compiler        | 3.13.5 | 1 | NO_COMPILER       | no acceptable C compiler found in $PATH
            fail-missing-libssl     | 3.13.5 | 1 | MISSING_SSL       | _ssl... missing
            fail-no-xz              | 3.13.5 | 1 | NO_XZ             | Downloading Python-3.13.5.tar.gz...
            fail-noexec-tmp         | 3.13.5 | 1 | NO_EXECUTION      | cannot hold executables
            fail-nearmiss-version   | 3.7.44 | 2 | NO_DEFINITION     | definition not found: 3.7.44
            fail-unknown-version    | 3.99.1 | 2 | NO_DEFINITION     | definition not found: 3.99.1
            fail-already-installed-noninteractive | 3.9.2 | 1 | ALREADY_INSTALLED | /home/dev/.pyenv/versions/3.9.2 already exists
            fake-3.7.4-cache-fail   | 3.7.4  | 1 | MISSING_HEADER    | ffi.h: No such file or directory
            fake-3.7.4-cache-nocc   | 3.7.4  | 1 | NO_COMPILER       | no acceptable C compiler found
            own-broken-compiler     | 3.13.5 | 1 | BROKEN_COMPILER   | C compiler cannot create executables
            own-disk-full           | 3.13.5 | 1 | DISK_FULL         | No space left on device
            """)
    void realTranscripts(String file, String version, int code, BuildCause cause, String line) throws IOException {
        List<String> logged = lines(file + ".log");
        List<String> said = lines(file + ".stderr");
        assertFalse(logged.isEmpty() && said.isEmpty(), file);
        Read read = read(version, logged, said);
        BuildDiagnosis found = read.diagnose(code, false, null);
        assertEquals(cause, found.cause());
        assertTrue(found.line().contains(line), found.line());
        assertEquals(found.line(), read.all.get((int) found.number() - 1).strip());
        assertFalse(found.remedies().isEmpty());
        assertFalse(found.title().contains("{") || found.remedies().toString().contains("{0}"), found::toString);
    }

    @Test void remediesNameWhatIsNeeded() throws IOException {
        BuildDiagnosis offline = read("3.12.0", lines("fail-no-network.log"), lines("fail-no-network.stderr")).diagnose(1, false, null);
        String first = offline.remedies().getFirst().text();
        assertTrue(first.contains("Python-3.12.0.tar.xz") && first.contains(SUM) && first.contains("/home/dev/.pyenv/cache"), first);
        BuildDiagnosis ssl = read("3.13.5", lines("fail-missing-libssl.log"), lines("fail-missing-libssl.stderr")).diagnose(1, false, null);
        assertEquals("sudo apt install libssl-dev", ssl.remedies().getFirst().command());
        assertEquals(List.of("sudo apt install libssl-dev", "sudo dnf install openssl-devel", "brew install openssl@3"), ssl.lines(Map.of()));
        BuildDiagnosis cache = read("3.12.0", lines("fail-bad-cache-checksum.log"), lines("fail-bad-cache-checksum.stderr")).diagnose(1, false, null);
        assertEquals("rm '/home/dev/tmp/cache_bad/Python-3.12.0.tar.xz'", cache.remedies().getFirst().command());
        assertEquals("sudo apt install xz-utils", read("3.13.5", lines("fail-no-xz.log"), lines("fail-no-xz.stderr")).diagnose(1, false, null).remedies().getFirst().command());
        assertEquals(Set.of(Requirement.FFI), read("3.7.4", lines("fake-3.7.4-cache-fail.log"), List.of()).diagnose(1, false, null).missing());
    }

    @Test void aTypoIsToldWhatWasMeant() throws IOException {
        Path definitions = Files.createDirectories(folder.resolve("plugins/python-build/share/python-build"));
        for (String each : List.of("3.7.4", "3.7.17", "3.12.1")) Files.writeString(definitions.resolve(each), "");
        Catalogue catalogue = Catalogue.read(folder, Optional.empty(), Map.of());
        BuildDiagnosis found = read("3.7.44", List.of(), lines("fail-nearmiss-version.stderr")).diagnose(2, false, catalogue);
        assertTrue(found.remedies().getFirst().text().contains("3.7.4, 3.7.17"), found::toString);
        assertEquals("git -C \"$PYENV_ROOT\" pull", found.remedies().get(1).command());
    }

    @Test void theMissingSslIsKnownLongBeforeTheEnd() throws IOException {
        var signs = new DiagnosisReader(definition("3.13.5"));
        int at = 0;
        List<String> logged = lines("fail-missing-libssl.log");
        try (var log = new BuildLog(folder.resolve("kept.log"))) {
            while (!signs.hopeless()) signs.take(log.add(logged.get(at++), false), false);
        }
        assertEquals("checking for stdlib extension module _ssl... missing", logged.get(at - 1));
        assertTrue(at < logged.size() / 5, "line " + at + " of " + logged.size());
        Read good = read("3.13.5", lines("ok-3.13.5-cache.log"), lines("ok-3.13.5-cache.stderr"));
        assertFalse(good.signs.hopeless());
        assertEquals(List.of("_dbm", "_gdbm"), good.signs.missing().stream().map(MissingModules.Module::name).toList());
        assertEquals(List.of("_dbm", "_gdbm"), read("3.10.12", lines("ok-3.10.12-static-cache.log"), List.of()).signs.missing().stream().map(MissingModules.Module::name).toList());
    }

    /// Symptoms that no transcript is kept of, as they were written.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            NO_DOWNLOADER       | error: please install `aria2c`, `curl`, or `wget` and try again
            MISSING_ZLIB        | zipimport.ZipImportError: can't decompress data; zlib not available
            MISSING_ZLIB        | checking for stdlib extension module zlib... missing
            MISSING_SSL         | ERROR: The Python ssl extension was not compiled. Missing the OpenSSL lib?
            DISK_FULL           | tar: Python-3.13.5/Lib/x.py: Cannot write: No space left on device
            NO_MAKE             | /home/dev/.pyenv/plugins/python-build/bin/python-build: line 1012: make: command not found
            NO_PATCH            | /home/dev/.pyenv/plugins/python-build/bin/python-build: line 2047: patch: command not found
            OUT_OF_MEMORY       | gcc: fatal error: Killed signal terminated program cc1
            MISSING_LIBRARY     | /usr/bin/ld: cannot find -lffi: No such file or directory
            PERMISSION          | mkdir: cannot create directory '/home/dev/.pyenv/versions/3.13.5': Permission denied
            CONFIGURE           | configure: error: Unexpected output of 'arch' on macOS
            COMPILE             | ./Modules/_ctypes/cfield.c:12:5: error: unknown type name 'foo'
            CERTIFICATE         | curl: (60) SSL certificate problem: unable to get local issuer certificate
            NOT_ON_SERVER       | curl: (22) The requested URL returned error: 404
            NO_GIT              | error: please install `git` and try again
            NO_TEMPORARY_FOLDER | python-build: TMPDIR=/nowhere is set to a non-accessible location
            UNKNOWN             | something that nobody has seen before
            """)
    void otherSymptoms(BuildCause cause, String line) throws IOException {
        BuildDiagnosis found = read("3.13.5", List.of("checking for gcc... gcc", line, "make: *** [Makefile:5: all] Error 1"), List.of("BUILD FAILED (Debian 12 using python-build 2.6.30)")).diagnose(1, false, null);
        assertEquals(cause, found.cause());
        if (cause != BuildCause.UNKNOWN) assertEquals(line, found.line());
    }

    @Test void thoseThatAreHarmlessExplainNothing() throws IOException {
        // setup.py goes on after a module that does not compile; what ended the build came later.
        Read read = read("3.10.12", List.of("Modules/_ctypes/_ctypes.c:107:10: fatal error: ffi.h: No such file or directory", "Could not build the ssl module!"), List.of());
        assertEquals(BuildCause.MISSING_SSL, read.diagnose(1, false, null).cause());
        assertEquals(BuildCause.ENDED, read("3.13.5", List.of("checking for gcc... gcc"), List.of()).diagnose(143, false, null).cause());
        // What pyenv repeats at the end is no second sign.
        assertEquals(BuildCause.UNKNOWN, read("3.13.5", List.of("x"), List.of("Last 10 log lines:", "curl: (6) Could not resolve host")).diagnose(1, false, null).cause());
    }

    @ParameterizedTest
    @EnumSource
    void everyCauseHasItsWords(BuildCause cause) {
        Strings strings = Strings.of(DiagnosisReader.class);
        assertFalse(strings.get("diagnosis." + cause + ".title", "A", "B", "C", "D", "E", "F").isBlank());
    }

    @Test void oddLinesDoNoHarm() throws IOException {
        List<String> logged = lines("fail-missing-libssl.log").subList(0, 1400);
        var random = new Random(7);
        for (int round = 0; round < 200; round++) {
            var changed = new ArrayList<String>();
            for (int i = 0; i < 60; i++) {
                char[] line = logged.get(random.nextInt(logged.size())).toCharArray();
                if (line.length > 0) line[random.nextInt(line.length)] = (char) random.nextInt(0x3000);
                changed.add(new String(line, 0, line.length == 0 ? 0 : random.nextInt(line.length + 1)));
            }
            assertFalse(read("3.13.5", changed, changed).diagnose(random.nextInt(256), random.nextBoolean(), null).title().isEmpty());
        }
    }
}
