package serpentarium.python.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Random;
import serpentarium.python.RootFixture;

/// One seeded case: versions, pins, links and odd files, and the folder and the environment in which pyenv is asked.
final class MadeTree {
    private static final List<String> VERSIONS = List.of("2.7.18", "3.1", "3.6.15", "3.8.1", "3.8.1-debug", "3.8.18", "3.9.18", "3.10.2", "3.10.13", "3.11.7", "3.11.10",
            "3.12.0rc1", "3.12.1", "3.12-dev", "3.13.0", "3.13.0t", "3.13.2t", "3.14.0a1", "3.9.18-src", ".hidden", ".9.1", "pypy3.10-7.3.12", "pypy3.9-7.3.8", "pypy2.7-5.4",
            "pypy-5.7.1", "miniconda3-latest", "miniconda3-3.10-23.1.0", "miniconda3-4.7.12", "python-3.9", "system-ish", "venv", "3.12", "03.12.2", "3.12.1.tar", "a~b", "x-1",
            "x-y-2", "3.x", "V3.8.2", "stackless-3.5.4", "3.10.13-9", "3.10.13t", "é-3");
    private static final List<String> WORDS = List.of("3", "3.1", "3.1*", "3.", "3.8", "3.8.1", "3.9", "3.9.18", "3.10", "3.10.13", "3.11", "3.11.7", "3.12", "3.12.1", "3.13",
            "3.13t", "3.14", "pypy", "pypy3.10", "pypy2.7", "pypy3", "miniconda3", "system", "SYSTEM", "python-3.10", "python-3.9", "python-3.9.18", "python-python-3.9", "python-",
            "cpython-3.10", "v3.10.13", ">=3.10", "3.13+freethreaded", "cpython@3.12", "..", ".", "../x", "/usr", "/3.9.18", "./3.9.18", "3.9.18/", "3.9.18/../3.10.13",
            "3.11.7/envs/web", "link/envs/web", "nope/../3.9.18", "link/..", "link", "link2", "broken", "afile", "web", ".hidden", ".9", "venv", "x", "x-y", "é", "é-3", "3.9.18:3.10",
            ":", "3.12::3.9", "3.9:", ":3.9", "?", "[ab]*", "3.[0-9]*", "3.10.13-9", "3.10.13", "a~b", "~", "3t", "t", "-3", "--help", "[", "3.9]", "^3", "$x", "a\\b", "3.12.", "03.12");
    private static final List<String> BETWEEN = List.of("\n", "\n", "\n", "\r\n", "\n\n", "\n# why\n", " 3.6\n", "\t# x\n", "\r", "\n \t", "\n#", " \r\n");
    private static final List<String> BEFORE = List.of("", "", "", "", "", "\ufeff", " ", "\t", "\r", "\r\n", "# head\n", "#head\r\n", "\0", "\u000b", "\f");
    private final Random random;
    private final RootFixture root;
    final Path dir;
    final Map<String, String> environment;

    MadeTree(long seed, RootFixture root) throws IOException {
        random = new Random(seed);
        this.root = root;
        RootFixture.delete(root.root().resolve("versions"));
        RootFixture.delete(root.root().resolve("versions-elsewhere"));
        RootFixture.delete(root.root().resolve("version"));
        RootFixture.delete(root.work("").normalize());
        RootFixture.delete(root.system());
        Files.createDirectories(root.system());
        versions();
        dir = folders();
        system();
        environment = environment();
    }

    private boolean one(int in) {
        return random.nextInt(in) == 0;
    }

    private String any(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    private void versions() throws IOException {
        if (one(60)) return;
        Path versions = root.root().resolve("versions");
        if (one(25)) {
            Files.createDirectories(root.root().resolve("versions-elsewhere"));
            Files.createSymbolicLink(versions, root.root().resolve("versions-elsewhere"));
        }
        Files.createDirectories(versions);
        int count = random.nextInt(14);
        for (int i = 0; i < count; i++) {
            Path version = Files.createDirectories(versions.resolve(any(VERSIONS)));
            if (!one(8)) program(version.resolve("bin/python"));
            if (!one(5)) program(version.resolve("bin/python3"));
            if (one(6)) program(version.resolve("envs/web/bin/python"));
            if (one(12) && !Files.isRegularFile(version.resolve("envs"))) Files.createDirectories(version.resolve("envs/.dot"));
            if (one(12) && !Files.exists(version.resolve("envs"))) Files.writeString(version.resolve("envs"), "");
        }
        if (one(3)) link(versions.resolve("link"), one(2) ? any(VERSIONS) : versions.resolve("3.11.7").toString());
        if (one(4)) link(versions.resolve("link2"), one(2) ? "3.11.7/envs/web" : "link");
        if (one(4)) link(versions.resolve("broken"), "nowhere");
        if (one(4)) Files.writeString(versions.resolve("afile"), "x");
        if (one(8)) link(versions.resolve(any(VERSIONS) + "x"), "..");
    }

    private static void link(Path link, String target) throws IOException {
        if (!Files.exists(link, java.nio.file.LinkOption.NOFOLLOW_LINKS)) Files.createSymbolicLink(link, Path.of(target));
    }

    private void program(Path file) throws IOException {
        if (Files.exists(file, java.nio.file.LinkOption.NOFOLLOW_LINKS)) return;
        try {
            Files.createDirectories(file.getParent());
        } catch (FileSystemException _) {
            // A file stands where the folder would be: one more odd case.
            return;
        }
        switch (random.nextInt(20)) {
            case 0 -> Files.createDirectories(file);
            case 1 -> Files.createSymbolicLink(file, Path.of("nothing"));
            case 2 -> {
                RootFixture.stub(file);
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            }
            default -> RootFixture.stub(file);
        }
    }

    private Path folders() throws IOException {
        Path top = root.work("");
        Path at = top;
        for (String name : List.of("a", "b b", "c")) {
            if (one(3)) pin(at.resolve(".python-version"));
            at = Files.createDirectories(at.resolve(name));
        }
        if (one(2)) pin(at.resolve(".python-version"));
        Path real = root.work("real/sub");
        if (one(2)) pin(real.resolve(".python-version"));
        if (one(3)) pin(real.resolveSibling(".python-version"));
        Path link = at.resolve("link");
        Files.createSymbolicLink(link, real);
        if (!one(6)) pin(root.root().resolve("version"));
        Path chosen = switch (random.nextInt(4)) {
            case 0 -> link;
            case 1 -> at.getParent();
            default -> at;
        };
        for (String name : List.of("3.10.13", "3.1x", "[", "abc", ".9.1")) if (one(12)) Files.writeString(chosen.resolve(name), "");
        return chosen;
    }

    private void pin(Path file) throws IOException {
        switch (random.nextInt(24)) {
            case 0 -> Files.createDirectories(file);
            case 1 -> Files.createSymbolicLink(file, Path.of("nothing"));
            case 2 -> {
                Path other = file.resolveSibling("pin" + random.nextInt(1000));
                Files.writeString(other, text(), StandardCharsets.UTF_8);
                Files.createSymbolicLink(file, other.getFileName());
            }
            case 3 -> Files.write(file, new byte[0]);
            case 4 -> Files.write(file, bytes());
            default -> Files.writeString(file, text(), StandardCharsets.UTF_8);
        }
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(60)];
        String letters = "3.19\n\r \t#:0\0-tab/";
        for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) letters.charAt(random.nextInt(letters.length()));
        return bytes;
    }

    private String text() {
        var text = new StringBuilder(any(BEFORE));
        if (one(30)) text.append((one(2) ? "#" : "").repeat(1)).append((one(2) ? " " : "0").repeat(1000 + random.nextInt(60)));
        int words = random.nextInt(4) == 0 ? random.nextInt(5) : 1;
        for (int i = 0; i < words; i++) {
            text.append(one(3) ? any(VERSIONS) : any(WORDS));
            if (i < words - 1 || !one(4)) text.append(any(BETWEEN));
        }
        return text.toString();
    }

    private void system() throws IOException {
        for (String command : List.of("python", "python3")) if (one(2)) program(root.system().resolve(command));
        if (one(4)) program(dir.resolve("bin/python"));
        if (one(6)) program(root.home().resolve("more/python"));
        else RootFixture.delete(root.home().resolve("more"));
    }

    private Map<String, String> environment() {
        var environment = root.environment();
        String path = environment.get("PATH");
        if (one(5)) path = "bin:" + path;
        if (one(6)) path = "~/more:" + path;
        if (one(8)) path = path.replace(root.root().resolve("shims") + ":", "");
        if (one(12)) path = root.system() + "::" + path;
        environment.put("PATH", path);
        if (one(5)) environment.put("PYENV_VERSION", one(3) ? any(WORDS) + ":" + any(VERSIONS) : one(2) ? any(VERSIONS) : any(WORDS));
        if (one(20)) environment.put("PYENV_DIR", dir.getParent().toString());
        return environment;
    }
}
