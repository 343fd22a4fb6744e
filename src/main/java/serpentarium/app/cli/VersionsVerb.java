package serpentarium.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;
import serpentarium.python.Resolution;
import serpentarium.python.engine.AskedPyenv;
import serpentarium.python.engine.Resolver;
import serpentarium.python.engine.Surroundings;

/// `versions`: the Pythons that are there, and which one applies in a folder and why.
@Command(name = "versions", resourceBundle = "serpentarium.app.cli.strings", mixinStandardHelpOptions = true)
final class VersionsVerb implements Callable<Integer> {
    private static final Strings STRINGS = Strings.of(VersionsVerb.class);

    private final Console console;
    private final Map<String, String> environment;

    @Option(names = "--dir", paramLabel = "DIR", descriptionKey = "versions.dir") private Path dir;
    @Option(names = "--json", descriptionKey = "versions.json") private boolean json;
    @Option(names = "--size", descriptionKey = "versions.size") private boolean size;

    /// Looks at what `environment` says.
    VersionsVerb(Console console, Map<String, String> environment) {
        this.console = console;
        this.environment = environment;
    }

    @Override public Integer call() {
        Path folder = dir == null ? current() : current().resolve(dir);
        if (!Files.isDirectory(folder)) throw new ProblemException(Problem.of(STRINGS, "versions.no-folder", Place.of(folder.toString())));
        VersionsDocument document = console.run(STRINGS.get("task.versions"), context -> {
            var resolver = new Resolver(Surroundings.of(environment));
            Resolution applies = AskedPyenv.resolve(resolver, folder, context);
            return VersionsDocument.of(resolver, applies, environment, folder, size, context);
        });
        console.progressDone();
        if (json) Json.document(console.out(), new VersionsJson(document));
        else new VersionsText(document, console).print();
        return 0;
    }

    /// The current folder by the path that the shell came by, which may lead through links: pyenv walks up that one.
    private Path current() {
        Path physical = Path.of("").toAbsolutePath();
        String logical = environment.getOrDefault("PWD", "");
        try {
            if (logical.startsWith("/") && Files.isSameFile(Path.of(logical), physical)) return Path.of(logical);
        } catch (IOException | java.nio.file.InvalidPathException _) {
            return physical;
        }
        return physical;
    }

}
