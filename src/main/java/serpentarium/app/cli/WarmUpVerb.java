package serpentarium.app.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `warm-up FOLDER`: does once what people do, so that the cache which is made while it runs holds what they need. Used when the program is packaged.
@Command(name = "warm-up", hidden = true)
final class WarmUpVerb implements Callable<Integer> {
    /// Enough for the hot paths to be known as such.
    private static final int EXCHANGES = 4_000;
    private static final int LOOKS = 20;
    private static final int DRAWINGS = 3;

    private final Verbs.Parts parts;

    @Parameters(index = "0") private Path folder;

    WarmUpVerb(Verbs.Parts parts) {
        this.parts = parts;
    }

    @Override public Integer call() throws java.io.IOException {
        Files.createDirectories(folder);
        var nowhere = new PrintWriter(Writer.nullWriter());
        int status = 0;
        for (Path file : parts.demo()) {
            status = Math.max(status, new Verbs(nowhere, nowhere, parts).run("profile", file.toString(), "--json"));
            status = Math.max(status, new Verbs(nowhere, nowhere, parts).run("profile", file.toString()));
        }
        String first = parts.demo().getFirst().toString();
        status = Math.max(status, new Verbs(nowhere, nowhere, parts).run("render", first, "--out", folder.resolve("warm-up.png").toString()));
        Path capture = folder.resolve("warm-up.pcap");
        WarmUpCapture.write(capture, EXCHANGES);
        status = Math.max(status, new Verbs(nowhere, nowhere, parts).run("traffic", capture.toString(), "--json"));
        status = Math.max(status, new Verbs(nowhere, nowhere, parts).run("traffic", capture.toString()));
        // The list of flows grows while the capture is read, as it does in a live session.
        for (int i = 0; i < DRAWINGS; i++) status = Math.max(status, new Verbs(nowhere, nowhere, parts).run("render", capture.toString(), "--out", folder.resolve("warm-up.png").toString()));
        Files.delete(capture);
        String here = folder.toString();
        for (int i = 0; i < LOOKS; i++) {
            status = Math.max(status, new Verbs(nowhere, nowhere, parts).run("versions", "--dir", here, "--json"));
            status = Math.max(status, new Verbs(nowhere, nowhere, parts).run("versions", "--dir", here));
        }
        return Math.max(status, new Verbs(nowhere, nowhere, parts).run("render", here, "--out", folder.resolve("warm-up.png").toString()));
    }
}
