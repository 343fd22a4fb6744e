package serpentarium.python.engine.build;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Assumptions;

/// A definition of 3.7.4 that is built in a second: its configure and make write what real ones write, and what it installs hands on to the system's Python.
/// Variables make it fail or wait: `FAKE_NO_CC`, `FAKE_FAIL`, `FAKE_SSL`, `FAKE_LACKS` (a module), `FAKE_WAIT` (a phase).
public final class MadeUpPython {
    private static final String CONFIGURE = """
            #!/bin/sh
            for a in "$@"; do case $a in --prefix=*) P=${a#--prefix=};; esac; done
            echo "options: $*"
            echo "checking build system type... x86_64-pc-linux-gnu"
            for i in $(seq 1 40); do echo "checking for fake feature $i... yes"; sleep 0.003; done
            [ -n "$FAKE_NO_CC" ] && { echo "configure: error: in \\`$PWD':"; echo "configure: error: no acceptable C compiler found in \\$PATH"; exit 77; }
            [ -n "$FAKE_SSL" ] && echo "checking for stdlib extension module _ssl... missing"
            if [ "$FAKE_WAIT" = configure ]; then echo "checking for patience... "; (sleep 300 & sleep 300); fi
            sed "s#@P@#$P#" Makefile.in > Makefile
            echo "configure: creating ./config.status"; echo "config.status: creating Makefile.pre"
            """;
    private static final String MAKEFILE = """
            P=@P@
            all:
            \t@for i in $$(seq 1 60); do echo "gcc -pthread -c -O3 -o Objects/f$$i.o Objects/f$$i.c"; sleep 0.003; done
            \t@if [ "$$FAKE_WAIT" = compile ]; then echo "gcc -c -o Objects/slow.o Objects/slow.c"; (sleep 300 & sleep 300); fi
            \t@if [ -n "$$FAKE_FAIL" ]; then echo "Objects/f60.c:1:10: fatal error: ffi.h: No such file or directory"; exit 1; fi
            \t@echo "Python build finished successfully!"
            \t@echo "The necessary bits to build these optional modules were not found:"
            \t@echo "_dbm                  $$FAKE_LACKS"
            \t@echo "To find the necessary bits, look in setup.py in detect_modules() for the module's name."
            install:
            \t@echo "Creating directory $(P)/bin"
            \t@mkdir -p $(P)/bin $(P)/lib/python3.7 $(P)/include/python3.7m
            \t@for i in $$(seq 1 30); do echo "/usr/bin/install -c -m 644 ./Lib/m$$i.py $(P)/lib/python3.7"; /usr/bin/install -c -m 644 Makefile $(P)/lib/python3.7/m$$i.py; done
            \t@if [ "$$FAKE_WAIT" = install ]; then echo "Compiling '$(P)/lib/python3.7/m1.py'..."; (sleep 300 & sleep 300); fi
            \t@rm -f $(P)/bin/python3.7
            \t@printf '#!/bin/sh\\ncase "$$*" in *"import '$${FAKE_LACKS:-nothing}'"*) echo "ModuleNotFoundError" >&2; exit 1;; esac\\nexec /usr/bin/python3 "$$@"\\n' > $(P)/bin/python3.7
            \t@chmod +x $(P)/bin/python3.7; ln -sf python3.7 $(P)/bin/python3
            \t@echo "Successfully installed pip-19.0.3 setuptools-40.8.0"
            """;

    private final PyenvCopy pyenv;
    private final Path definitions;

    /// Writes the definition, and the archive into the cache.
    public MadeUpPython(PyenvCopy pyenv, Path folder) throws IOException {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "there is no Python of the system");
        this.pyenv = pyenv;
        this.definitions = Files.createDirectories(folder.resolve("definitions"));
        Path archive = Files.createDirectories(pyenv.root().resolve("cache")).resolve("Python-3.7.4.tar.gz");
        try (OutputStream out = Files.newOutputStream(archive); var tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
            put(tar, "Python-3.7.4/configure", CONFIGURE, 0755);
            put(tar, "Python-3.7.4/Makefile.in", MAKEFILE, 0644);
        }
        Files.writeString(definitions.resolve("3.7.4"), "install_package \"Python-3.7.4\" \"http://127.0.0.1:1/Python-3.7.4.tgz#" + sum(archive) + "\" standard verify_py37\n");
    }

    private static void put(TarArchiveOutputStream tar, String name, String text, int mode) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        var entry = new TarArchiveEntry(name);
        entry.setSize(bytes.length);
        entry.setMode(mode);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    private static String sum(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /// Where it is built.
    ///
    /// @param how the variables that make it fail or wait
    public Workshop workshop(Map<String, String> how) {
        var variables = new java.util.HashMap<>(how);
        variables.put("PYTHON_BUILD_DEFINITIONS", definitions.toString());
        variables.put("PYTHONDONTWRITEBYTECODE", "1");
        return pyenv.workshop(variables);
    }

    Definition definition() {
        return Catalogue.read(pyenv.root(), Optional.empty(), workshop(Map.of()).environment()).definition("3.7.4");
    }
}
