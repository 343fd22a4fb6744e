package serpentarium.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Every text a person reads is in its package's bundle, and everything in a bundle is read.
class StringsTest {
    private static final Path RESOURCES = Path.of("src/main/resources");

    /// Beginnings of keys that are put together from data (not from a literal that ends in a dot), by package.
    private static final Map<String, Set<String>> DYNAMIC = Map.of();

    private static final String LITERAL = "\"((?:[^\"\\\\\n]|\\\\.)*)\"";
    private static final Pattern GET = Pattern.compile("\\b(?:STRINGS|strings)\\s*\\.\\s*(?:get|has)\\s*\\(\\s*" + LITERAL + "(\\s*\\+)?");
    private static final Pattern PROBLEM = Pattern.compile("\\bProblem\\s*\\.\\s*of\\s*\\(\\s*(?:STRINGS|strings)\\s*,\\s*" + LITERAL + "(\\s*\\+)?");
    private static final Pattern ANY = Pattern.compile(LITERAL + "(\\s*\\+)?");
    private static final List<String> PROBLEM_PARTS = List.of(".title", ".detail", ".remedy");

    private static final Pattern HARD_CODED = Pattern.compile("(?:\\bnew\\s+(?:Label|Button|ToggleButton|RadioButton|CheckBox|Hyperlink|Tooltip|Text|Tab|TitledPane"
            + "|Menu|MenuItem|CheckMenuItem|RadioMenuItem|MenuButton|SplitMenuButton|TableColumn|TreeTableColumn)\\s*(?:<[^(]*>)?"
            + "|\\bset(?:Text|PromptText|Title|HeaderText|ContentText|AccessibleText|AccessibleHelp|AccessibleRoleDescription))\\s*\\(\\s*" + LITERAL);

    /// A package with its sources' literals and its bundle.
    private record Texts(String name, List<JavaSource> sources, Path file, Map<String, String> bundle) {}

    private static List<Texts> packages() {
        Map<String, List<JavaSource>> sources = JavaSource.under(JavaSource.MAIN).stream()
                .collect(Collectors.groupingBy(JavaSource::packageName, TreeMap::new, Collectors.toList()));
        for (String bundled : bundles()) sources.putIfAbsent(bundled, List.of());
        return sources.entrySet().stream().map(each -> {
            Path file = RESOURCES.resolve(each.getKey().replace('.', '/')).resolve("strings.properties");
            return new Texts(each.getKey(), each.getValue(), file, Files.exists(file) ? load(JavaSource.read(file)) : Map.of());
        }).toList();
    }

    private static List<String> bundles() {
        try (var files = Files.walk(RESOURCES)) {
            return files.filter(file -> file.endsWith("strings.properties"))
                    .map(file -> RESOURCES.relativize(file.getParent()).toString().replace('\\', '/').replace('/', '.')).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> load(String text) {
        var properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var map = new TreeMap<String, String>();
        for (String key : properties.stringPropertyNames()) map.put(key, properties.getProperty(key));
        return map;
    }

    private static void check(List<String> found) {
        assertEquals("", String.join("\n", found));
    }

    @Test void everyKeyThatIsAskedForExists() {
        check(packages().stream().flatMap(texts -> missing(texts).stream()).toList());
    }

    private static List<String> missing(Texts texts) {
        var found = new ArrayList<String>();
        for (JavaSource source : texts.sources) {
            GET.matcher(source.bare()).results().forEach(match -> {
                if (!answers(texts.bundle, match, "")) found.add(source.at(match.start(1)) + " asks for \"" + match.group(1) + "\": add it to " + texts.file);
            });
            PROBLEM.matcher(source.bare()).results().forEach(match -> {
                if (!answers(texts.bundle, match, ".title"))
                    found.add(source.at(match.start(1)) + " makes \"" + match.group(1) + "\": add " + match.group(1) + ".title to " + texts.file);
            });
        }
        return found;
    }

    private static boolean answers(Map<String, String> bundle, MatchResult literal, String ending) {
        String key = literal.group(1);
        return literal.group(2) == null ? bundle.containsKey(key + ending) : bundle.keySet().stream().anyMatch(each -> each.startsWith(key));
    }

    @Test void everyKeyIsUsed() {
        check(packages().stream().flatMap(texts -> unused(texts).stream()).toList());
    }

    private static List<String> unused(Texts texts) {
        var literals = new TreeSet<String>();
        var beginnings = new TreeSet<>(DYNAMIC.getOrDefault(texts.name, Set.of()));
        for (JavaSource source : texts.sources)
            ANY.matcher(source.bare()).results().forEach(match -> {
                literals.add(match.group(1));
                if (match.group(2) != null && match.group(1).endsWith(".")) beginnings.add(match.group(1));
            });
        return texts.bundle.keySet().stream()
                .filter(key -> !literals.contains(key) && beginnings.stream().noneMatch(key::startsWith)
                        && PROBLEM_PARTS.stream().noneMatch(part -> key.endsWith(part) && literals.contains(key.substring(0, key.length() - part.length()))))
                .map(key -> texts.file + ": nothing in " + texts.name + " names \"" + key + "\": delete it, or declare its beginning in DYNAMIC").toList();
    }

    @Test void everyPatternIsOne() {
        check(packages().stream().flatMap(texts -> texts.bundle.entrySet().stream()
                .flatMap(each -> patternFault(each.getValue()).stream().map(fault -> texts.file + ": " + each.getKey() + ": " + fault))).toList());
    }

    private static List<String> patternFault(String pattern) {
        if (!Pattern.compile("\\{\\d").matcher(pattern).find()) return List.of();
        try {
            new MessageFormat(pattern);
        } catch (IllegalArgumentException e) {
            return List.of(e.getMessage());
        }
        boolean lone = Pattern.compile("(?<!')'(?!['{}])").matcher(pattern.replace("''", "").replaceAll("'[{}]+'", "")).find();
        return lone ? List.of("a pattern with {0} doubles its apostrophes") : List.of();
    }

    @Test void noKeyStandsTwice() {
        var found = new ArrayList<String>();
        for (Texts texts : packages()) {
            if (texts.bundle.isEmpty()) continue;
            var seen = new TreeSet<String>();
            Pattern.compile("^\\s*([\\w.-]+)\\s*[=:]", Pattern.MULTILINE).matcher(JavaSource.read(texts.file).replaceAll("\\\\\r?\n[^\n]*", "")).results()
                    .filter(match -> !seen.add(match.group(1))).forEach(match -> found.add(texts.file + ": " + match.group(1) + " stands twice"));
        }
        check(found);
    }

    @Test void noTextIsWrittenIntoAView() {
        check(JavaSource.under(JavaSource.MAIN).stream().filter(StringsTest::isView).flatMap(source -> hardCoded(source).stream()).toList());
    }

    private static boolean isView(JavaSource source) {
        return source.inside("serpentarium.kit", "serpentarium.shell") || source.packageName().matches("serpentarium\\.\\w+\\.ui(\\..*)?");
    }

    private static List<String> hardCoded(JavaSource source) {
        // One letter again and again is no word: it measures a font.
        return HARD_CODED.matcher(source.bare()).results()
                .filter(match -> match.group(1).chars().filter(Character::isLetter).distinct().count() > 1)
                .map(match -> source.at(match.start()) + " `" + match.group() + "`: put the text into strings.properties and use STRINGS.get").toList();
    }

    private static Texts sample(String code, String bundle) {
        var source = JavaSource.of(Path.of("src/main/java/serpentarium/kit/A.java"), code);
        return new Texts("serpentarium.kit", List.of(source), Path.of("strings.properties"), load(bundle));
    }

    @Test void faultsAreFound() {
        var texts = sample("""
                STRINGS.get("a.known"); strings.get("a.lost", 1); Problem.of(STRINGS, "p.known", place); Problem.of(STRINGS,
                    "p.lost", place); STRINGS.get("event." + name); STRINGS.get("lost." + name); // STRINGS.get("comment")
                """, "a.known=x\np.known.title=x\np.known.detail=x\nevent.one=x\nspare=x\np.lost.detail=x");
        assertEquals(List.of("a.lost", "lost.", "p.lost"),
                missing(texts).stream().map(each -> each.replaceAll("^.*?\"(.*?)\".*$", "$1")).sorted().toList());
        assertEquals(1, unused(texts).size(), () -> unused(texts).toString());
        var view = sample("new Label(\"Open\"); label.setText(\"\"); new Button(\"…\"); setPromptText( \"find\"); new TableColumn<A, B>(\"Name\"); setText(text); setText(\"nn\")", "");
        assertEquals(3, hardCoded(view.sources.getFirst()).size(), () -> hardCoded(view.sources.getFirst()).toString());
    }

    @Test void badPatternsAreFound() {
        assertEquals(1, patternFault("it's {0}").size());
        assertEquals(1, patternFault("{0,nonsense}").size());
        assertEquals(List.of(), patternFault("it''s {0} of '{'x'}'"));
        assertEquals(List.of(), patternFault("it's"));
    }
}
