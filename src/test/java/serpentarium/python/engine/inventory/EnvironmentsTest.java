package serpentarium.python.engine.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.base.ProblemException;
import serpentarium.task.InlineTasks;
import serpentarium.task.TaskContext;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;

class EnvironmentsTest {
    @TempDir private Path folder;
    private final List<String> lines = new ArrayList<>();

    private static Found python(String series) throws IOException {
        Optional<Found> found = Inventory.of(Places.own(List.of()), new FactsReader(), TaskContext.detached()).pythons().stream()
                .filter(each -> each.environment().isEmpty() && each.installed().version().startsWith(series + ".")).findFirst();
        assumeTrue(found.isPresent(), () -> "no Python " + series + " here");
        return found.get();
    }

    private static <T> TaskState<T> run(TaskSpec<T> spec) {
        return new InlineTasks().submit(spec).state();
    }

    private String failure(TaskSpec<?> spec) {
        return assertInstanceOf(TaskState.Failed.class, run(spec)).problem().id();
    }

    private Found made(Path at, Found base) throws IOException {
        assertInstanceOf(TaskState.Done.class, run(Environments.make(base, at, Environments.Options.USUAL, lines::add)), () -> String.join("\n", lines));
        return Inventory.of(new Places(Map.of("VIRTUAL_ENV", at.toString()), folder, folder, List.of()), new FactsReader(), TaskContext.detached()).pythons().getFirst();
    }

    @Test void packagesGoFromOneToAnother() throws IOException, InterruptedException {
        Path wheels = Files.createDirectories(folder.resolve("wheels"));
        try (var zip = new ZipOutputStream(Files.newOutputStream(wheels.resolve("shop-1.5-py3-none-any.whl")))) {
            for (Map.Entry<String, String> each : Map.of("shop.py", "price = 7\n", "shop-1.5.dist-info/METADATA", "Metadata-Version: 2.1\nName: shop\nVersion: 1.5\n",
                    "shop-1.5.dist-info/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n", "shop-1.5.dist-info/RECORD", "").entrySet()) {
                zip.putNextEntry(new ZipEntry(each.getKey()));
                zip.write(each.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        Found one = made(folder.resolve("one"), python("3.10"));
        assertEquals("3.10", one.installed().version().replaceFirst("^(\\d+\\.\\d+).*", "$1"));
        assertFalse(one.environment().orElseThrow().orphan());
        Path list = Files.writeString(folder.resolve("first.txt"), "shop==1.5\n");
        assertInstanceOf(TaskState.Done.class, run(PackageTransfer.install(one, list, Optional.of(wheels), lines::add)), () -> String.join("\n", lines));
        PackageTransfer.export(PackageList.of(one, TaskContext.detached()), folder.resolve("requirements.txt"));
        assertEquals("shop==1.5\n", Files.readString(folder.resolve("requirements.txt")));
        Found two = made(folder.resolve("two"), python("3.9"));
        assertInstanceOf(TaskState.Done.class, run(PackageTransfer.install(two, folder.resolve("requirements.txt"), Optional.of(wheels), lines::add)));
        assertEquals(List.of("7"), RealPythons.ask(two.installed().executable().orElseThrow(), "import shop; print(shop.price)"));
        Path other = Files.writeString(folder.resolve("other.txt"), "nowhere==1\n");
        assertEquals("transfer.failed", failure(PackageTransfer.install(two, other, Optional.of(wheels), lines::add)));
    }

    @Test void isTakenAwayAndPutBack() throws IOException {
        Path place = Files.createDirectories(folder.resolve("web"));
        Files.writeString(place.resolve("pyvenv.cfg"), "home = /nowhere/bin\nversion = 3.8.1\n");
        Files.createSymbolicLink(place.resolve("lib64"), folder);
        Environments.Removed removed = Environments.remove(place, List.of());
        assertFalse(Files.exists(place));
        removed.undo();
        assertTrue(Files.exists(place.resolve("pyvenv.cfg")));
        Environments.Removed again = Environments.remove(place, List.of());
        Files.createDirectories(place);
        assertEquals("environment.taken", assertThrows(ProblemException.class, again::undo).problem().id());
        assertInstanceOf(TaskState.Done.class, run(again.delete()));
        assertFalse(Files.exists(again.aside()));
        assertTrue(Files.isDirectory(folder));
        assertEquals("environment.none", assertThrows(ProblemException.class, () -> Environments.remove(place, List.of())).problem().id());
    }

    @Test void whatCannotBeMadeIsSaid() throws IOException {
        Path full = Files.createDirectories(folder.resolve("full/inner")).getParent();
        assertEquals("environment.exists", failure(Environments.make(python("3.10"), full, Environments.Options.USUAL, lines::add)));
        assertTrue(Files.isDirectory(full.resolve("inner")));
        assertEquals("environment.no-venv", failure(Environments.make(python("2.7"), folder.resolve("old"), Environments.Options.USUAL, lines::add)));
        assertFalse(Files.exists(folder.resolve("old")));
    }
}
