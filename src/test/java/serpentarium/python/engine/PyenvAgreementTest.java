package serpentarium.python.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.python.Because;
import serpentarium.python.Launch;
import serpentarium.python.Resolution;
import serpentarium.python.RootFixture;

/// The resolver agrees with the real pyenv on seeded trees of pins, links, environments and odd files. The environment variables
/// `SERPENTARIUM_PYENV_CASES` and `SERPENTARIUM_PYENV_SEED` ask for more than the ordinary run has.
class PyenvAgreementTest {
    private static final Pattern MISSING = Pattern.compile("pyenv: version `(.*)' is not installed \\(set by");
    private static final String PART = "\n=====\n";
    private static final String SCRIPT = """
            cd "$1" || exit 9
            pyenv version-name; printf '\\n=====\\n'
            pyenv version-origin 2>/dev/null; printf '\\n=====\\n'
            pyenv versions --bare 2>/dev/null; printf '\\n=====\\n'
            pyenv which python 2>/dev/null; printf '\\n=====\\n'
            pyenv which python3 2>/dev/null; printf '\\n=====\\n'
            pyenv exec python 2>/dev/null </dev/null
            exit 0
            """;

    private record Said(String name, List<String> missing, String origin, List<String> versions, String python, String python3, String started) {}

    @Test void aThousandTreesAndMore(@TempDir Path folder) throws IOException, InterruptedException {
        assumeTrue(RootFixture.real().isPresent(), "there is no pyenv on this machine to compare with");
        var root = new RootFixture(folder).withScripts();
        int cases = Integer.parseInt(System.getenv().getOrDefault("SERPENTARIUM_PYENV_CASES", "12"));
        long seed = Long.parseLong(System.getenv().getOrDefault("SERPENTARIUM_PYENV_SEED", "1"));
        var differences = new ArrayList<String>();
        for (int i = 0; i < cases && differences.size() < 20; i++) {
            var tree = new MadeTree(seed + i, root);
            Said said = ask(tree, folder);
            for (String difference : compare(tree, root, said)) differences.add("seed " + (seed + i) + ": " + difference);
        }
        assertEquals("", String.join("\n", differences));
    }

    private static Said ask(MadeTree tree, Path folder) throws IOException, InterruptedException {
        Path script = folder.resolve("ask.sh");
        Path errors = folder.resolve("errors");
        Path output = folder.resolve("output");
        Files.writeString(script, SCRIPT);
        var builder = new ProcessBuilder("timeout", "60", "bash", script.toString(), tree.dir.toString()).redirectError(errors.toFile()).redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(tree.environment);
        builder.environment().put("PATH", tree.environment.get("PATH") + ":" + tree.environment.get("PYENV_ROOT") + "/bin");
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        assertTrue(process.waitFor(70, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), () -> tree.dir.toString());
        String[] parts = Files.readString(output, StandardCharsets.UTF_8).split(PART, -1);
        List<String> missing = new ArrayList<>();
        MISSING.matcher(Files.readString(errors, StandardCharsets.UTF_8)).results().forEach(match -> missing.add(match.group(1)));
        return new Said(parts[0].strip(), missing, parts[1].strip(), Arrays.stream(parts[2].split("\n")).filter(line -> !line.isEmpty()).toList(), parts[3].strip(), parts[4].strip(),
                parts[5].strip());
    }

    private static List<String> compare(MadeTree tree, RootFixture root, Said said) {
        var differences = new ArrayList<String>();
        var environment = new java.util.TreeMap<>(tree.environment);
        environment.put("PATH", environment.get("PATH") + ":" + environment.get("PYENV_ROOT") + "/bin");
        var resolver = new Resolver(Surroundings.of(environment));
        Resolution found = resolver.resolve(tree.dir);
        List<String> names = Arrays.stream(said.name.split(":")).filter(name -> !name.isEmpty()).toList();
        if (names.isEmpty() && said.missing.isEmpty()) names = List.of("system");
        check("version-name", names, found.names(), differences);
        check("missing", said.missing, found.missing(), differences);
        String origin = found.winner().because() == Because.PYENV_VERSION ? "PYENV_VERSION environment variable"
                : found.winner().file().orElse(root.root().resolve("version")).toString();
        check("version-origin", said.origin, origin, differences);
        // Of a linked folder of versions pyenv lists environments by their whole path, which is no name that it would take.
        String elsewhere = root.root().resolve("versions-elsewhere") + "/";
        check("versions", said.versions.stream().map(name -> name.replace(elsewhere, "")).toList(), resolver.root().versions().stream().map(PyenvRoot.Version::name).toList(),
                differences);
        boolean raw = tree.environment.getOrDefault("PYENV_VERSION", "").contains("python-");
        if (!raw) {
            check("which python", place(said.python, tree.dir), place(found, "python"), differences);
            check("which python3", place(said.python3, tree.dir), place(found, "python3"), differences);
        }
        String started = place(found, "python");
        if (!Files.isDirectory(Path.of(started.isEmpty() ? "/nothing" : started))) check("exec python", place(said.started, tree.dir), started, differences);
        return differences;
    }

    private static void check(String what, Object theirs, Object ours, List<String> differences) {
        if (!theirs.equals(ours)) differences.add(what + ": pyenv says " + theirs + ", we say " + ours);
    }

    private static String place(String said, Path dir) {
        return said.isEmpty() ? "" : dir.resolve(said.replaceAll("(?<!^)/+", "/")).toString().replace("/./", "/");
    }

    private static String place(Resolution found, String command) {
        return Optional.ofNullable(found.launches().get(command)).flatMap(Launch::executable).map(path -> path.toString().replace("/./", "/")).orElse("");
    }
}
