package serpentarium.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Judges the product by the [HouseRules], and the rules by small bad houses.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FloorsTest {
    private JavaClasses house;

    @BeforeAll void readTheHouse() {
        house = new ClassFileImporter().importPath(Path.of("target/classes"));
        assertFalse(house.isEmpty());
    }

    @ParameterizedTest
    @MethodSource("serpentarium.architecture.HouseRules#all")
    void theHouseKeeps(HouseRules.Named rule) {
        rule.rule().check(house);
    }

    @Test void everyPackageSaysWhatItIs() {
        var missing = new ArrayList<String>();
        for (JavaSource source : JavaSource.under(JavaSource.MAIN))
            if (!Files.exists(source.path().resolveSibling("package-info.java"))) missing.add(source.path().getParent().toString());
        assertEquals(List.of(), missing.stream().distinct().toList(), "write a package-info.java with the floor and one line of purpose");
    }

    /// What compilers inline (constants) leaves no trace in class files, so imports are judged as well.
    @Test void importsComeFromBelow() {
        var found = new ArrayList<String>();
        var imports = java.util.regex.Pattern.compile("^import\\s+(?:static\\s+)?(serpentarium(?:\\.[a-z]\\w*)+)\\.[A-Z]", java.util.regex.Pattern.MULTILINE);
        for (JavaSource source : JavaSource.under(JavaSource.MAIN)) {
            Floor own = Floor.of(source.packageName());
            for (var match : (Iterable<java.util.regex.MatchResult>) imports.matcher(source.code()).results()::iterator)
                own.objection(Floor.of(match.group(1))).ifPresent(why -> found.add(source.at(match.start()) + " imports " + match.group(1) + ": " + why));
        }
        assertEquals(List.of(), found);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            base              | task             | no
            task              | base             | yes
            task              | kit              | no
            task              | pack             | no
            pack              | task             | yes
            pack              | kit              | no
            pickle            | task             | yes
            pickle            | pack             | no
            log.engine        | pickle           | yes
            profile.engine    | pack             | yes
            shell             | pack             | yes
            kit               | task             | yes
            profile           | base             | yes
            profile           | kit              | no
            profile.format    | profile          | yes
            profile.format    | task             | yes
            profile.format    | profile.analysis | no
            profile.analysis  | profile.format   | no
            profile.analysis  | kit              | no
            profile           | profile.format   | no
            profile.engine    | profile.format   | yes
            profile.engine    | profile.ui       | no
            profile.ui        | profile.engine   | yes
            profile.ui.flame  | profile.analysis | yes
            profile.ui        | kit              | yes
            profile.ui        | log              | no
            profile.ui        | shell            | no
            shell             | kit              | yes
            shell             | profile.ui       | no
            shell             | app              | no
            app.cli           | shell            | yes
            app               | profile.ui       | yes
            kit               | profile          | no
            """)
    void floorsAreWhatTheArchitectureSays(String from, String to, String allowed) {
        var objection = Floor.of("serpentarium." + from).objection(Floor.of("serpentarium." + to));
        assertEquals(allowed.equals("yes"), objection.isEmpty(), objection::toString);
    }

    @Test void placesThatTheHouseDoesNotHave() {
        assertThrows(IllegalArgumentException.class, () -> Floor.of("serpentarium.util"));
        assertThrows(IllegalArgumentException.class, () -> Floor.of("serpentarium.profile.misc"));
        assertThrows(IllegalArgumentException.class, () -> Floor.of("serpentarium"));
    }

    /// A house with a fault that one rule must find.
    record Fault(String rule, List<String> sources) {
        static Fault of(String rule, String... sources) {
            return new Fault(rule, List.of(sources));
        }
    }

    static final List<Fault> FAULTS = List.of(
            Fault.of("floors", "package serpentarium.base; class A { serpentarium.task.B b; }", "package serpentarium.task; public class B {}"),
            Fault.of("floors", "package serpentarium.log; class A extends serpentarium.traffic.B {}", "package serpentarium.traffic; public class B {}"),
            Fault.of("floors", "package serpentarium.kit; class A { serpentarium.shell.B[] b; }", "package serpentarium.shell; public class B {}"),
            Fault.of("no cycles", "package serpentarium.kit; public class A { serpentarium.kit.x.B b; }", "package serpentarium.kit.x; public class B { serpentarium.kit.A a; }"),
            Fault.of("no window below", "package serpentarium.profile.analysis; class A { javafx.beans.property.IntegerProperty p; }"),
            Fault.of("no window below", "package serpentarium.base; class A { Object p() { return new javafx.scene.Group(); } }"),
            Fault.of("no scene in view models", "package serpentarium.profile.ui; class FlameViewModel { record In(javafx.scene.paint.Color c) {} }"),
            Fault.of("no Platform", "package serpentarium.app; class Main { void a() { javafx.application.Platform.exit(); } }"),
            Fault.of("no Platform", "package serpentarium.shell; class A { Runnable a = javafx.application.Platform::exit; }"),
            Fault.of("no Application", "package serpentarium.kit; abstract class A extends javafx.application.Application {}"),
            Fault.of("no global look",
                    "package serpentarium.log.ui; class A { void a() { javafx.application.Application.setUserAgentStylesheet(null); } }"),
            Fault.of("no threads", "package serpentarium.log.ui; abstract class A extends javafx.concurrent.Task<String> {}"),
            Fault.of("no static state", "package serpentarium.base; class A { static int count; }"),
            Fault.of("no static cells", "package serpentarium.base; class A { static final java.util.concurrent.atomic.AtomicInteger N = null; }"),
            Fault.of("no threads", "package serpentarium.log.engine; class A { void a() { new Thread(() -> {}).start(); } }"),
            Fault.of("no threads", "package serpentarium.log.engine; class A { Object a() { return java.util.concurrent.Executors.newCachedThreadPool(); } }"),
            Fault.of("no threads", "package serpentarium.log.engine; class A { Object a() { return Thread.ofVirtual().start(() -> {}); } }"),
            Fault.of("no threads", "package serpentarium.log.engine; class A { java.util.function.Function<Runnable, Thread> a = Thread::new; }"),
            Fault.of("no threads", "package serpentarium.log.engine; class A { long a(java.util.List<?> l) { return l.parallelStream().count(); } }"),
            Fault.of("names", "package serpentarium.base; class TextUtils {}"));

    @ParameterizedTest
    @FieldSource("FAULTS")
    void aBadHouseIsFound(Fault fault, @TempDir Path folder) throws IOException {
        var rule = HouseRules.all().stream().filter(each -> each.name().equals(fault.rule)).findFirst().orElseThrow();
        var bad = new ClassFileImporter().importPath(compile(fault.sources, folder));
        assertTrue(fault.sources.size() <= bad.size());
        assertTrue(rule.rule().evaluate(bad).hasViolation(), () -> fault + " was not found");
    }

    private static Path compile(List<String> texts, Path folder) throws IOException {
        var units = new ArrayList<JavaFileObject>();
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            String name = text.replaceFirst("(?s).*?\\b(?:class|interface) (\\w+).*", "$1");
            units.add(new SimpleJavaFileObject(URI.create("string:///" + i + "/" + name + ".java"), JavaFileObject.Kind.SOURCE) {
                @Override public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                    return text;
                }
            });
        }
        var compiler = ToolProvider.getSystemJavaCompiler();
        var said = new java.io.StringWriter();
        var options = List.of("-d", folder.toString(), "-proc:none", "--module-path", "target/javafx", "--add-modules", "javafx.controls");
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            assertTrue(compiler.getTask(said, files, null, options, null, units).call(), said::toString);
        }
        return folder;
    }
}
