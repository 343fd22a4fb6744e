package serpentarium.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import serpentarium.base.Strings;
import serpentarium.log.engine.OutputFile;
import serpentarium.shell.Folders;
import serpentarium.shell.SingleInstance;
import serpentarium.task.InlineTasks;
import serpentarium.task.ServiceThreads;

/// What another program pipes into the window: kept in a file that is opened like any, and that grows as long as the other writes.
final class Piped {
    private static final Strings STRINGS = Strings.of(Piped.class);
    static final String STANDARD_INPUT = "-";

    private final OutputFile file;
    private final CountDownLatch ended = new CountDownLatch(1);

    private Piped(OutputFile file) {
        this.file = file;
    }

    /// Whether standard input is among the names.
    static boolean wanted(String[] names) {
        for (String name : names) if (name.equals(STANDARD_INPUT)) return true;
        return false;
    }

    /// Waits for the first bytes, by which it is told what they are, and takes the rest as it comes.
    static Piped begin(InputStream in, Path folder, PrintWriter err) throws IOException {
        var piped = new Piped(OutputFile.in(folder, STRINGS.get("piped.name")));
        boolean more = piped.file.takeSome(in);
        if (!more) piped.ended.countDown();
        else new ServiceThreads("piped").aside("take", () -> {
            try {
                piped.file.take(in);
            } catch (IOException e) {
                err.println(STRINGS.get("piped.broken", e.getMessage()));
                err.flush();
            } finally {
                piped.ended.countDown();
            }
        });
        return piped;
    }

    /// Opens files in the window that is there, or in one of its own, with what is piped among them. Returns when the window is closed, or when the other
    /// window has it all.
    static int open(String[] names, PrintWriter err) {
        try {
            Piped piped = begin(System.in, Folders.state().resolve("outputs"), err);
            String[] files = piped.named(names);
            List<Path> paths = Stream.of(files).map(name -> Path.of(name).toAbsolutePath()).toList();
            try (var single = new SingleInstance(SingleInstance.folder(System.getenv(), Folders.settings()), new InlineTasks())) {
                if (single.handOver(paths)) {
                    piped.ended.await();
                    return 0;
                }
            }
            int status = Desktop.run(files, err);
            piped.file.delete();
            return status;
        } catch (IOException e) {
            err.println(STRINGS.get("piped.broken", e.getMessage()));
            return 1;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return 130;
        }
    }

    /// The names with that of the file in place of standard input.
    String[] named(String[] names) {
        String[] all = names.clone();
        for (int i = 0; i < all.length; i++) if (all[i].equals(STANDARD_INPUT)) all[i] = file.path().toString();
        return all;
    }
}
