package serpentarium.task;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/// A child and everything it started.
///
/// Three nets, because each has holes: a signal to the group misses who made a group of their own; the tree of descendants misses who lost
/// their parent; the members of the session, read from `/proc` (fields 5 and 6 of `stat`, see proc(5)), exist on Linux only.
final class ProcessGroup {
    private static final Path PROC = Path.of("/proc");
    private static final int ROUNDS = 3;
    private static final Duration ROUND = Duration.ofSeconds(1);

    private final Process process;
    private final boolean own;
    private final ReentrantLock killing = new ReentrantLock();

    /// @param own whether the process leads a session, and so a group, of its own
    ProcessGroup(Process process, boolean own) {
        this.process = process;
        this.own = own;
    }

    /// Asks all to end, waits up to `grace`, ends what is left. An interrupt cuts the grace short.
    void kill(Duration grace) {
        killing.lock();
        try {
            Set<ProcessHandle> known = members();
            if (known.isEmpty()) return;
            signal("TERM");
            known.forEach(ProcessHandle::destroy);
            await(known, grace);
            for (int round = 0; round < ROUNDS; round++) {
                // Who was started meanwhile is among the members now; who left the tree is among the known.
                known.addAll(members());
                known.removeIf(ProcessGroup::gone);
                if (known.isEmpty()) return;
                signal("KILL");
                known.forEach(ProcessHandle::destroyForcibly);
                await(known, ROUND);
            }
        } finally {
            killing.unlock();
        }
    }

    private Set<ProcessHandle> members() {
        var all = new HashSet<ProcessHandle>();
        if (process.isAlive()) all.add(process.toHandle());
        process.descendants().forEach(all::add);
        if (own && Files.isDirectory(PROC)) addSession(all);
        all.removeIf(ProcessGroup::gone);
        return all;
    }

    private void addSession(Set<ProcessHandle> all) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path entry : entries) {
                List<String> fields = stat(entry);
                String number = Long.toString(process.pid());
                if (fields.size() > 3 && (fields.get(2).equals(number) || fields.get(3).equals(number)))
                    ProcessHandle.of(Long.parseLong(entry.getFileName().toString())).ifPresent(all::add);
            }
        } catch (IOException _) {
            // Without /proc the other two nets remain.
            all.removeIf(ProcessGroup::gone);
        }
    }

    /// What follows the name in `/proc/N/stat`: state, parent, group, session …; empty when the process is gone. The name may
    /// hold anything, so the last parenthesis counts.
    private static List<String> stat(Path entry) {
        try {
            String text = Files.readString(entry.resolve("stat"), java.nio.charset.StandardCharsets.ISO_8859_1);
            return List.of(text.substring(text.lastIndexOf(')') + 1).strip().split(" "));
        } catch (IOException _) {
            return List.of();
        }
    }

    /// Ended, be it that nobody has fetched its exit code yet.
    private static boolean gone(ProcessHandle handle) {
        if (!handle.isAlive()) return true;
        return Files.isDirectory(PROC) && stat(PROC.resolve(Long.toString(handle.pid()))) instanceof List<String> fields
                && !fields.isEmpty() && (fields.getFirst().equals("Z") || fields.getFirst().equals("X"));
    }

    private void signal(String name) {
        if (!own) return;
        try {
            // The shell's own kill, because not every system has the program.
            var kill = new ProcessBuilder("sh", "-c", "kill -s \"$0\" -- \"-$1\"", name, Long.toString(process.pid()))
                    .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            if (!kill.waitFor(1, TimeUnit.SECONDS)) kill.destroyForcibly();
        } catch (IOException _) {
            // No shell: each member gets its signal by itself.
            return;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(Set<ProcessHandle> handles, Duration time) {
        var ends = handles.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(ends).get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException _) {
            // Who is still there is counted by the caller.
            return;
        }
    }
}
