package serpentarium.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import serpentarium.base.ProblemException;
import serpentarium.python.RootFixture;
import serpentarium.task.InlineTasks;

class VersionsVerbTest {
    @TempDir Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private VersionsVerb verb(RootFixture root, String... arguments) {
        var verb = new VersionsVerb(new Console(new PrintWriter(out), new PrintWriter(err), new InlineTasks(), false), root.environment());
        new CommandLine(verb).parseArgs(arguments);
        return verb;
    }

    private RootFixture root() throws IOException {
        var root = new RootFixture(folder).version("3.12.1").version("3.9.18").version("3.9.18/envs/web").global("3.9\n");
        Files.writeString(root.work("p").resolve(".python-version"), "3.7.4\n3.12\n");
        return root;
    }

    @Test void theDocumentHasWhatAReaderReliesOn() throws IOException {
        RootFixture root = root();
        assertEquals(0, verb(root, "--dir", root.work("p").toString(), "--json").call());
        Map<String, Object> document = JSON.std.mapFrom(out.toString());
        assertEquals(root.root().toString(), document.get("root"));
        var installed = (List<?>) document.get("installed");
        assertTrue(installed.stream().map(each -> ((Map<?, ?>) each).get("name")).toList().containsAll(List.of("3.9.18", "3.9.18/envs/web", "3.12.1")));
        var applies = (Map<?, ?>) document.get("applies");
        assertEquals(List.of("3.12.1"), applies.get("names"));
        assertEquals(List.of("3.7.4"), applies.get("missing"));
        assertEquals("local-file", applies.get("because"));
        assertEquals(root.work("p").resolve(".python-version").toString(), applies.get("file"));
        assertEquals(List.of(Map.of("because", "global-file", "file", root.root().resolve("version").toString(), "names", List.of("3.9.18"), "missing", List.of())), applies.get("overridden"));
        assertTrue(((List<?>) document.get("warnings")).stream().anyMatch(text -> text.toString().contains("3.7.4 is not installed")), out::toString);
    }

    @Test void lifeAndSizeOfEach() throws IOException {
        RootFixture root = root();
        assertEquals(0, verb(root, "--dir", root.work("p").toString(), "--json", "--size").call());
        var installed = (List<?>) JSON.std.mapFrom(out.toString()).get("installed");
        Map<?, ?> old = installed.stream().map(each -> (Map<?, ?>) each).filter(each -> "3.9.18".equals(each.get("name"))).findFirst().orElseThrow();
        assertEquals("2025-10-31", old.get("eol"));
        assertEquals(false, old.get("supported"));
        assertTrue(((Number) old.get("size")).longValue() > 0, old::toString);
    }

    @Test void aPersonReadsWhatAppliesAndWhy() throws IOException {
        RootFixture root = root();
        assertEquals(0, verb(root, "--dir", root.work("p").toString()).call());
        assertTrue(out.toString().contains("3.7.4 (not installed), 3.12 → 3.12.1: this decides"), out::toString);
        assertTrue(out.toString().contains("Typing python in this folder starts 3.12.1"), out::toString);
        assertTrue(err.toString().contains("Warning: 3.7.4 is not installed. Install 3.7.4"), err::toString);
    }

    @Test void aFolderThatIsNotThereIsSaid() throws IOException {
        RootFixture root = root();
        assertThrows(ProblemException.class, () -> verb(root, "--dir", folder.resolve("none").toString()).call());
    }
}
