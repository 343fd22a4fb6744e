package serpentarium.python.engine.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import serpentarium.task.TaskContext;

class PackageListTest {
    @TempDir private Path folder;

    static List<Found> pythons() throws IOException {
        return Inventory.of(Places.own(List.of()), new FactsReader(), TaskContext.detached()).pythons().stream()
                .filter(each -> each.environment().isEmpty() && each.installed().executable().isPresent()).toList();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("pythons")
    void agreesWithPip(Found found) throws IOException, InterruptedException {
        List<String> said = RealPythons.said(RealPythons.CLEAN, found.installed().executable().orElseThrow().toString(), "-B", "-m", "pip", "list", "--format=freeze",
                "--disable-pip-version-check");
        assumeTrue(!said.isEmpty(), "no pip here");
        List<Path> folders = PackageList.folders(found);
        long begin = System.nanoTime();
        List<InstalledPackage> packages = PackageList.in(folders, TaskContext.detached());
        long millis = (System.nanoTime() - begin) / 1_000_000;
        assertTrue(millis < 2_000, () -> millis + " ms");
        var ours = new TreeSet<String>();
        for (InstalledPackage each : packages) ours.add(each.key() + "==" + each.version());
        var pips = new TreeSet<String>();
        for (String line : said) {
            String[] parts = line.split("==");
            if (parts.length == 2) pips.add(parts[0].replaceAll("[-_.]+", "-").toLowerCase() + "==" + parts[1]);
        }
        // pip leaves out what the standard library brings.
        ours.removeIf(each -> !pips.contains(each) && each.matches("(?:python|wsgiref|argparse)==.*"));
        assertEquals(pips, ours);
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(folder.resolve(file).getParent());
        Files.writeString(folder.resolve(file), text);
    }

    @Test void eachWayOfBeingInstalled() throws IOException {
        write("site/Plain_Name-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: Plain.Name\nVersion: 1.0\n\nName: other\n");
        write("site/Plain_Name-1.0.dist-info/INSTALLER", "pip\n");
        write("site/edited-0.1.dist-info/METADATA", "Name: edited\nVersion: 0.1\n");
        write("site/edited-0.1.dist-info/direct_url.json", "{\"dir_info\": {\"editable\": true}, \"url\": \"file:///home/me/edited\"}");
        write("site/vcs-2.dist-info/METADATA", "Name: vcs\nVersion: 2\n");
        write("site/vcs-2.dist-info/direct_url.json", "{\"url\": \"https://host/vcs.git\", \"vcs_info\": {\"vcs\": \"git\"}}");
        write("site/old-3.1-py3.9.egg-info", "Name: old\nVersion: 3.1\n");
        write("site/older.egg-info/PKG-INFO", "Name: older\nVersion: 4\n");
        write("site/bare-5.0.dist-info/RECORD", "");
        write("site/~roken-1.0.dist-info/METADATA", "Name: roken\nVersion: 1.0\n");
        write("site/linked.egg-link", folder.resolve("work") + "\n.\n");
        write("work/linked.egg-info/PKG-INFO", "Name: Linked\nVersion: 6.dev0\n");
        write("site/module.py", "");
        write("second/old-9.dist-info/METADATA", "Name: old\nVersion: 9\n");
        List<InstalledPackage> found = PackageList.in(List.of(folder.resolve("site"), folder.resolve("second"), folder.resolve("none")), TaskContext.detached());
        assertEquals("bare 5.0, edited 0.1, Linked 6.dev0, old 3.1, older 4, Plain.Name 1.0, vcs 2",
                found.stream().map(each -> each.name() + " " + each.version()).collect(Collectors.joining(", ")));
        assertEquals(List.of("edited", "Linked"), found.stream().filter(InstalledPackage::editable).map(InstalledPackage::name).toList());
        assertEquals(Optional.of("pip"), found.get(5).installer());
        assertEquals("bare==5.0\n-e /home/me/edited\n-e " + folder.resolve("work") + "\nold==3.1\nolder==4\nPlain.Name==1.0\nvcs @ https://host/vcs.git\n",
                PackageList.requirements(found));
    }
}
