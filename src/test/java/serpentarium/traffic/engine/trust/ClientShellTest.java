package serpentarium.traffic.engine.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.base.ProblemException;
import serpentarium.task.InlineTasks;
import serpentarium.task.TaskState;

@Timeout(60)
class ClientShellTest {
    private static final ClientEnvironment VARIABLES = new ClientEnvironment(new LinkedHashMap<>(Map.of("CHECKED", "it's $HOME", "NO_PROXY", "")));

    @TempDir Path folder;

    private Path executable(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        assertTrue(file.toFile().setExecutable(true));
        return file;
    }

    @Test void aCommandSeesTheVariablesAndItsLinesAreTold() throws Exception {
        var lines = new ArrayList<String>();
        var task = new ClientShell(folder, Map.of()).run("echo \"$CHECKED\"; pwd; echo bad >&2; exit 7", folder, VARIABLES, line -> {
            synchronized (lines) {
                lines.add(line.text());
            }
        });
        var state = new InlineTasks().submit(task).state();
        assertEquals(7, assertInstance(state));
        assertEquals(List.of("bad", folder.toRealPath().toString(), "it's $HOME").stream().sorted().toList(), lines.stream().sorted().toList());
    }

    private static int assertInstance(TaskState<Integer> state) {
        return state instanceof TaskState.Done<Integer>(Integer code) ? code : -1;
    }

    /// A terminal that waits for nothing and runs what it is told.
    @Test void aShellInATerminalSeesTheVariables() throws Exception {
        Path bin = folder.resolve("bin");
        Path seen = folder.resolve("seen.txt");
        executable(bin.resolve("konsole"), "shift; unset CHECKED; exec \"$@\"");
        Path shell = executable(folder.resolve("my shell"), "printf '%s|%s|%s' \"$CHECKED\" \"${NO_PROXY-unset}\" \"$PWD\" > '" + seen + ".new'; mv '" + seen + ".new' '" + seen + "'");
        Path own = folder.resolve("own");
        var client = new ClientShell(own, Map.of("PATH", bin + ":/usr/bin:/bin", "SHELL", shell.toString(), "TERMINAL", bin.resolve("konsole").toString()));
        assertEquals(Optional.of(bin.resolve("konsole").toString()), client.terminal());
        client.open(VARIABLES, folder);
        assertTrue(appears(seen));
        assertEquals("it's $HOME||" + folder.toRealPath(), Files.readString(seen));
        try (var left = Files.list(own)) {
            assertEquals(List.of(), left.toList(), "the script takes itself away");
        }
    }

    private static boolean appears(Path file) throws Exception {
        try (var watch = file.getFileSystem().newWatchService()) {
            file.getParent().register(watch, java.nio.file.StandardWatchEventKinds.ENTRY_CREATE);
            for (long end = System.nanoTime() + Duration.ofSeconds(20).toNanos(); !Files.exists(file) && System.nanoTime() < end; ) {
                var key = watch.poll(1, java.util.concurrent.TimeUnit.SECONDS);
                if (key != null) {
                    key.pollEvents();
                    key.reset();
                }
            }
        }
        return Files.exists(file);
    }

    @Test void withoutATerminalItSaysWhatToDo() {
        var client = new ClientShell(folder, Map.of("PATH", folder.toString()));
        assertEquals(Optional.empty(), client.terminal());
        var problem = assertThrows(ProblemException.class, () -> client.open(VARIABLES, folder)).problem();
        assertEquals("shell.no-terminal", problem.id());
        assertFalse(problem.remedies().isEmpty());
    }
}
