package serpentarium.traffic.engine.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterpretersTest {
    @TempDir Path folder;

    private Path program(String path) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
        assertTrue(file.toFile().setExecutable(true));
        return file;
    }

    @Test void thoseInForceComeFirstAndLinksInAFolderAreOne() throws IOException {
        Path system = program("bin/python3.11");
        Path link = Files.createSymbolicLink(folder.resolve("bin/python3"), system);
        Files.createSymbolicLink(folder.resolve("bin/python"), system);
        Files.createDirectories(folder.resolve("venv/bin"));
        Path virtual = Files.createSymbolicLink(folder.resolve("venv/bin/python"), system);
        Path version = program("home/.pyenv/versions/3.13.0/bin/python");
        program("home/.pyenv/shims/python3");
        Files.writeString(folder.resolve("home/.pyenv/versions/notes"), "");
        var environment = Map.of("VIRTUAL_ENV", folder.resolve("venv").toString(),
                "PATH", folder.resolve("home/.pyenv/shims") + "::" + folder.resolve("bin") + ":/gone:" + folder.resolve("venv/bin"));
        assertEquals(List.of(virtual, link, version), Interpreters.known(environment, folder.resolve("home")));
        assertEquals(List.of(), Interpreters.known(Map.of(), folder.resolve("nobody")));
    }

    @Test void anAnswerIsTakenOnlyWhole() {
        assertEquals(Optional.of(Map.of("a", "b")), Interpreter.answer(List.of("noise", "serpentarium-check:{\"a\": \"b\"}", "noise")));
        for (String line : List.of("", "{}", "serpentarium-check:", "serpentarium-check:{", "serpentarium-check:[1]", "serpentarium-check:{\"a\": 1}", "serpentarium-check:{\"a\": {}}",
                "serpentarium-check:{\"a\": \"b\"", "serpentarium-check:null")) assertEquals(Optional.empty(), Interpreter.answer(List.of(line)), line);
    }
}
