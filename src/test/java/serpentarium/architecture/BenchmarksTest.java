package serpentarium.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/// The benchmarks, which only the profile `bench` builds, fit the program as it is now. They are checked against outlines of the few types of
/// JMH that they use, so that no test needs JMH.
class BenchmarksTest {
    private static final Path SOURCES = Path.of("src/jmh/java");
    /// Type and body by name.
    private static final Map<String, String> OUTLINES = Map.ofEntries(Map.entry("Benchmark", "@interface Benchmark {}"),
            Map.entry("BenchmarkMode", "@interface BenchmarkMode { Mode[] value(); }"),
            Map.entry("Fork", "@interface Fork { int value() default 1; String[] jvmArgsAppend() default {}; String[] jvmArgs() default {}; }"),
            Map.entry("Level", "enum Level { Trial, Iteration, Invocation }"),
            Map.entry("Measurement", "@interface Measurement { int iterations() default 1; int time() default 1; }"),
            Map.entry("Mode", "enum Mode { AverageTime, Throughput, SampleTime, SingleShotTime }"),
            Map.entry("OutputTimeUnit", "@interface OutputTimeUnit { java.util.concurrent.TimeUnit value(); }"),
            Map.entry("Param", "@interface Param { String[] value(); }"), Map.entry("Scope", "enum Scope { Benchmark, Thread, Group }"),
            Map.entry("Setup", "@interface Setup { Level value() default Level.Trial; }"), Map.entry("State", "@interface State { Scope value(); }"),
            Map.entry("TearDown", "@interface TearDown { Level value() default Level.Trial; }"),
            Map.entry("Warmup", "@interface Warmup { int iterations() default 1; int time() default 1; }"));

    @Test void theyCompile() throws IOException {
        List<JavaFileObject> units = new ArrayList<>();
        OUTLINES.forEach((name, body) -> units.add(new Text(name, "package org.openjdk.jmh.annotations; public " + body)));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        var found = new DiagnosticCollector<JavaFileObject>();
        try (var files = compiler.getStandardFileManager(null, null, null); Stream<Path> sources = Files.walk(SOURCES)) {
            List<Path> all = sources.filter(file -> file.toString().endsWith(".java")).toList();
            assertFalse(all.isEmpty());
            files.getJavaFileObjectsFromPaths(all).forEach(units::add);
            String modules = System.getProperty("jdk.module.path", "");
            List<String> options = new ArrayList<>(List.of("-proc:none", "-implicit:none", "-cp", System.getProperty("java.class.path"), "-Xdiags:compact"));
            if (!modules.isEmpty()) options.addAll(List.of("--module-path", modules, "--add-modules", "javafx.controls"));
            compiler.getTask(new StringWriter(), new Sink(files), found, options, null, units).call();
        }
        assertEquals(List.of(), found.getDiagnostics().stream().filter(d -> d.getKind() == Diagnostic.Kind.ERROR).map(Object::toString).toList());
    }

    /// A source in memory.
    private static final class Text extends SimpleJavaFileObject {
        private final String text;

        Text(String name, String text) {
            super(URI.create("string:///org/openjdk/jmh/annotations/" + name + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    /// Keeps nothing of what is compiled.
    private static final class Sink extends javax.tools.ForwardingJavaFileManager<javax.tools.StandardJavaFileManager> {
        Sink(javax.tools.StandardJavaFileManager files) {
            super(files);
        }

        @Override public JavaFileObject getJavaFileForOutput(Location location, String name, JavaFileObject.Kind kind, javax.tools.FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("mem:///" + name.replace('.', '/') + kind.extension), kind) {
                @Override public java.io.OutputStream openOutputStream() {
                    return java.io.OutputStream.nullOutputStream();
                }
            };
        }
    }
}
