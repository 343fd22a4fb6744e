package serpentarium.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// What only the sources show: words that must not stand there.
class SourceRulesTest {
    private static final int LONGEST = 400;

    /// Files that may be longer than [#LONGEST] lines, each with its reason.
    private static final Map<String, String> LONG_FILES = Map.of();

    /// A pattern that must not occur.
    ///
    /// @param in     which rendering of the source is searched
    /// @param where  which sources it is for
    /// @param advice what to write instead
    record Rule(String name, String pattern, Function<JavaSource, String> in, Predicate<JavaSource> where, String advice) {
        List<String> violations(JavaSource source) {
            if (!where.test(source)) return List.of();
            return Pattern.compile(pattern).matcher(in.apply(source)).results()
                    .map(match -> source.at(match.start()) + " `" + match.group().strip() + "`: " + advice).toList();
        }

        @Override public String toString() {
            return name;
        }
    }

    private static final Predicate<JavaSource> ANYWHERE = _ -> true;
    private static final Predicate<JavaSource> OUTSIDE_TASK = source -> !source.inside("serpentarium.task");
    private static final Predicate<JavaSource> OUTSIDE_APP = source -> !source.inside("serpentarium.app");

    static final List<Rule> RULES = List.of(
            new Rule("no sleep", "\\bThread\\s*\\.\\s*sleep\\b|\\bTimeUnit\\s*\\.\\s*\\w+\\s*\\.\\s*sleep\\b|import static java\\.lang\\.Thread\\.", JavaSource::code,
                    ANYWHERE, "wait for what you wait for: a latch, a listener, a clock in the test's hand"),
            new Rule("no terminal", "\\bSystem\\s*\\.\\s*(?:out|err)\\b|\\.printStackTrace\\s*\\(\\s*\\)", JavaSource::code, OUTSIDE_APP,
                    "only app writes to the terminal; log with SLF4J or return the text"),
            new Rule("no catching of everything", "\\bcatch\\s*\\((?:[^)]*[\\s|(.])?(?:Exception|Throwable|RuntimeException|Error)\\b[^)]*\\)", JavaSource::code,
                    OUTSIDE_TASK, "catch what you can name; the task boundary catches the rest"),
            new Rule("no unfinished work", "\\b(?:TO[D]O|FIX[M]E|X[X]X)\\b", JavaSource::raw, ANYWHERE, "finish it or leave it out"),
            new Rule("no switched-off test", "@(?:Disabled|Ignore)\\b", JavaSource::code, ANYWHERE, "make it pass or delete it"),
            new Rule("no tabs", "\t", JavaSource::raw, ANYWHERE, "indent with four spaces"),
            new Rule("no exit", "\\bSystem\\s*\\.\\s*exit\\b|\\bRuntime\\.getRuntime\\(\\)\\s*\\.\\s*(?:exit|halt)\\b", JavaSource::code, OUTSIDE_APP,
                    "only app ends the program"),
            new Rule("no suppressed warnings of everything", "@SuppressWarnings\\(\"all\"\\)", JavaSource::bare, ANYWHERE, "name the warning"));

    private static List<JavaSource> all() {
        return Stream.concat(JavaSource.under(JavaSource.MAIN).stream(), JavaSource.under(JavaSource.TEST).stream()).toList();
    }

    @ParameterizedTest
    @FieldSource("RULES")
    void theSourcesKeep(Rule rule) {
        List<JavaSource> sources = all();
        assertFalse(sources.isEmpty());
        assertEquals("", String.join("\n", sources.stream().flatMap(source -> rule.violations(source).stream()).toList()));
    }

    @Test void noFileIsLong() {
        var found = new ArrayList<String>();
        for (JavaSource source : all()) {
            long lines = source.raw().lines().count();
            if (lines > LONGEST && !LONG_FILES.containsKey(source.path().toString().replace('\\', '/')))
                found.add(source.path() + " has " + lines + " lines: split it by what it does, or give the reason in LONG_FILES");
        }
        assertEquals("", String.join("\n", found));
    }

    @Test void packagesAreWhereTheirFoldersSay() {
        var found = new ArrayList<String>();
        var declared = Pattern.compile("^\\s*package\\s+([\\w.]+)\\s*;", Pattern.MULTILINE);
        for (JavaSource source : all()) {
            var match = declared.matcher(source.code());
            if (!match.find() || !match.group(1).equals(source.packageName())) found.add(source.path() + ": the package is not that of the folder");
        }
        assertEquals("", String.join("\n", found));
    }

    @Test void theBuildIsTheSameTomorrow() {
        assertEquals("", String.join("\n", buildFaults(JavaSource.read(Path.of("pom.xml")))));
    }

    private static List<String> buildFaults(String pom) {
        // A plug-in's configuration may hold a range of JDKs; it does not choose an artifact.
        String text = pom.replaceAll("(?s)<!--.*?-->|<configuration>.*?</configuration>", "");
        var found = new ArrayList<String>();
        Pattern.compile("<(?:plugin)?[rR]epository>").matcher(text).results()
                .forEach(match -> found.add("pom.xml has a " + match.group() + ": everything comes from Maven Central"));
        Pattern.compile("<([\\w.-]*[vV]ersion)>\\s*([^<]*(?:SNAPSHOT|LATEST|RELEASE)|[\\[(][^<]*)<").matcher(text).results()
                .forEach(match -> found.add("pom.xml: version " + match.group(2) + " is not fixed: write one release"));
        return found;
    }

    /// Small bad sources, each with the rule that must find it, and how often.
    record Sample(String rule, String text, int times) {}

    static final List<Sample> SAMPLES = List.of(
            new Sample("no sleep", "Thread.sleep(5); TimeUnit.SECONDS.sleep(1); String s = \"Thread.sleep\"; // Thread.sleep", 2),
            new Sample("no terminal", "System.out.println(); System . err.print(1); e.printStackTrace();", 3),
            new Sample("no catching of everything", "catch (Exception e) catch(final Throwable _) catch (IOException | RuntimeException e) catch (java.lang.Exception e)", 4),
            new Sample("no catching of everything", "catch (IOException e) catch (ExecutionException | ProblemException e) catch (NumberFormatException _)", 0),
            new Sample("no unfinished work", "// TO" + "DO later", 1),
            new Sample("no unfinished work", "String TODOS; // xxx", 0),
            new Sample("no switched-off test", "@Disabled(\"flaky\")", 1),
            new Sample("no tabs", "\tint a;", 1),
            new Sample("no exit", "System.exit(1)", 1));

    @ParameterizedTest
    @FieldSource("SAMPLES")
    void aBadSourceIsFound(Sample sample) {
        var rule = RULES.stream().filter(each -> each.name.equals(sample.rule)).findFirst().orElseThrow();
        var source = JavaSource.of(Path.of("src/main/java/serpentarium/base/A.java"), sample.text);
        assertEquals(sample.times, rule.violations(source).size(), () -> rule.violations(source).toString());
    }

    @Test void aBadBuildIsFound() {
        assertEquals(4, buildFaults("<repository><pluginRepository><version>[1,2)</version><a.version>1-SNAPSHOT</a.version>"
                + "<configuration><version>[25,)</version></configuration><version>1.0</version>").size());
    }

    @Test void literalsAndCommentsAreToldApart() {
        var source = JavaSource.of(Path.of("src/test/java/serpentarium/A.java"), "a(\"x//y\\\"\", '\"', /* \"b */ \"\"\"\n  q \"q\n\"\"\"); // end\nb");
        assertEquals("a(\"      \", ' ',          \"\"\"\n      \n\"\"\");       \nb", source.code());
        assertEquals("a(\"x//y\\\"\", '\"',          \"\"\"\n  q \"q\n\"\"\");       \nb", source.bare());
        assertEquals("src/test/java/serpentarium/A.java:4", source.at(source.raw().length()));
    }
}
