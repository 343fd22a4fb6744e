package serpentarium.profile.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import serpentarium.base.Source;
import serpentarium.profile.CallGraph;
import serpentarium.profile.Profile;
import serpentarium.task.TaskContext;

/// The same files by valgrind's own callgrind_annotate, where it is installed: exclusive and inclusive costs of all functions that it lists
/// under one place and that are in no cycle (there its inclusive costs count twice).
class CallgrindAnnotateTest {
    private static final FormatSamples SAMPLES = new FormatSamples("callgrind");
    private static final Pattern ROW = Pattern.compile("\\s*([\\d,]+)(?: \\([^)]*\\))?\\s.*?([^/]+:.+?)(?: \\[.*])?");

    @TempDir Path folder;

    private Map<String, Double> annotated(Path file, boolean inclusive) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("callgrind_annotate", "--threshold=100", "--auto=no", "--inclusive=" + (inclusive ? "yes" : "no"),
                "--show=Ir", file.toString()).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        assertEquals(0, process.waitFor(), text);
        Map<String, Double> costs = new HashMap<>();
        for (String line : text.substring(text.indexOf("file:function")).lines().skip(2).toList()) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) costs.merge(row.group(2), Double.parseDouble(row.group(1).replace(",", "")), (_, _) -> Double.NaN);
        }
        return costs;
    }

    @ParameterizedTest
    @ValueSource(strings = {"callgrind.out.work-plain", "callgrind.out.work-instr", "callgrind.out.work-jumps", "callgrind.out.work-nocompress",
            "callgrind.out.threads-sep-01", "callgrind.out.threads-sep-02", "callgrind.out.shapes-plain"})
    void agrees(String name) throws IOException, InterruptedException {
        assumeTrue(Arrays.stream(System.getenv("PATH").split(":")).anyMatch(in -> Files.isExecutable(Path.of(in, "callgrind_annotate"))));
        Path file = Files.write(folder.resolve(name), SAMPLES.bytes(name));
        var profile = (Profile.Graph) new CallgrindFormat().read(Source.of(file), TaskContext.detached());
        CallGraph graph = profile.graphs().getFirst();
        Map<String, Double> exclusive = annotated(file, false);
        Map<String, Double> inclusive = annotated(file, true);
        Map<String, Integer> objects = new HashMap<>();
        for (int f = 0; f < profile.frames().size(); f++) objects.merge(key(profile, f), 1, Integer::sum);
        int checked = 0;
        for (int f = 0; f < profile.frames().size(); f++) {
            // It takes code that came from other files for functions of its own.
            if (profile.lines().inOtherFiles(f) || CallgrindSamplesTest.reachesItself(graph, f)) continue;
            String key = key(profile, f);
            if (objects.get(key) > 1) continue;
            if (exclusive.containsKey(key) && !exclusive.get(key).isNaN()) {
                assertEquals(exclusive.get(key), graph.self(0, f), key);
                checked++;
            }
            if (inclusive.containsKey(key) && !inclusive.get(key).isNaN()) assertEquals(inclusive.get(key), graph.total(0, f), key);
        }
        assertTrue(checked >= 12, checked + " functions were compared of " + exclusive.size());
    }

    private static String key(Profile profile, int function) {
        String file = profile.frames().file(function);
        return (file == null ? "???" : file.substring(file.lastIndexOf('/') + 1)) + ":" + profile.frames().name(function);
    }
}
