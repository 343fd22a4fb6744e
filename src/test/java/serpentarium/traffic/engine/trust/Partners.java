package serpentarium.traffic.engine.trust;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The programs that the tests shake hands with, where this machine has them.
final class Partners {
    static final Path DEBIAN_PYTHON = Path.of("/usr/bin/python3");

    private Partners() {}

    /// Pythons 3 from the newest versions' folders, and the system's; those without `ssl` too.
    static List<Path> pythons() throws IOException {
        Path versions = Path.of(System.getProperty("user.home"), ".pyenv", "versions");
        Stream<Path> own = Files.isDirectory(versions) ? listed(versions).stream().filter(each -> each.getFileName().toString().startsWith("3."))
                .map(each -> each.resolve("bin").resolve("python")) : Stream.of();
        return Stream.concat(own, Stream.of(DEBIAN_PYTHON)).filter(Files::isExecutable).sorted().toList();
    }

    private static List<Path> listed(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }

    /// A program in the PATH.
    static boolean has(String program) {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /// What a program said.
    record Said(int code, String text) {}

    /// Runs a program for 30 seconds at most.
    static Said run(Map<String, String> environment, List<String> command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectInput(new java.io.File("/dev/null"));
        builder.environment().keySet().removeIf(name -> name.matches("(?i).*_proxy|.*CA_BUNDLE|SSL_CERT_.*|PIP_.*"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(30, TimeUnit.SECONDS), () -> command + " does not end");
            return new Said(process.exitValue(), text);
        } finally {
            process.destroyForcibly();
        }
    }
}
