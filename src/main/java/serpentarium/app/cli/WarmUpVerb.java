package serpentarium.app.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import serpentarium.app.Demo;

/// `warm-up FOLDER`: does once what people do, so that the cache which is made while it runs holds what they need. Used when the program is packaged.
@Command(name = "warm-up", hidden = true)
final class WarmUpVerb implements Callable<Integer> {
    @Parameters(index = "0") private Path folder;

    @Override public Integer call() throws java.io.IOException {
        Files.createDirectories(folder);
        var nowhere = new PrintWriter(Writer.nullWriter());
        List<Path> files = Demo.files();
        int status = 0;
        for (Path file : files) {
            status = Math.max(status, new Verbs(nowhere, nowhere).run("profile", file.toString(), "--json"));
            status = Math.max(status, new Verbs(nowhere, nowhere).run("profile", file.toString()));
        }
        return status;
    }
}
