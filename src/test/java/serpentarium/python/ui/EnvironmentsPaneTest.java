package serpentarium.python.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static serpentarium.kit.OnFx.fx;
import static serpentarium.kit.OnFx.until;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.python.RootFixture;
import serpentarium.python.engine.inventory.RealPythons;

/// Environments are made and removed, packages go from one to another: through the pane, with a real interpreter.
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class EnvironmentsPaneTest {
    @TempDir Path folder;
    private BuildStage stage;
    private VersionsStage on;

    @BeforeEach void open() throws Exception {
        Optional<Path> real = real();
        assumeTrue(real.isPresent(), "no Python 3 of pyenv's here");
        stage = new BuildStage(folder, Map.of());
        Files.createSymbolicLink(stage.pyenv.root().resolve("versions/real"), real.get());
        for (String name : List.of("3.8.1.20261101101112131", "3.8.2.20261101101112132")) RootFixture.stub(stage.pyenv.root().resolve(".trash").resolve(name).resolve("bin/python"));
        on = stage.open().on;
    }

    private static Optional<Path> real() {
        return RealPythons.pyenv().stream().filter(each -> each.getFileName().toString().matches("3\\.(9|1\\d)\\.\\d+")).findFirst();
    }

    @AfterEach void close() throws Exception {
        if (stage != null) stage.close();
    }

    private void select(String name) {
        until(name + " is listed", 20, () -> on.document.model().rows().stream().anyMatch(row -> row.name().equals(name)));
        on.act(() -> {
            on.document.model().selected().set(on.document.model().rows().stream().filter(row -> row.name().equals(name)).findFirst().orElseThrow());
            return null;
        });
    }

    private boolean listed(Path place) {
        return on.document.model().rows().stream().anyMatch(row -> row.installed().prefix().equals(place));
    }

    private void run(String command) {
        on.act(() -> on.document.commands().getValue().stream().filter(each -> each.id().equals(command)).findFirst().orElseThrow().runIfEnabled());
    }

    private <T extends Node> void with(String selector, Class<T> type, java.util.function.Consumer<T> act) {
        until(selector, 20, () -> on.document.view().lookup(selector) != null);
        on.act(() -> {
            act.accept(type.cast(on.document.view().lookup(selector)));
            return null;
        });
    }

    private String sheet() {
        return fx(() -> on.document.view().lookupAll(".choose-sheet .label").stream().map(each -> ((Label) each).getText()).collect(Collectors.joining("\n")));
    }

    private Path make(Path place) {
        select("real");
        on.press("#detail-versions-make-environment");
        with("#environment-place", TextField.class, field -> field.setText(place.toString()));
        on.press("#work-go");
        until("it is made and listed", 60, () -> listed(place) && on.document.view().lookup("#work-go") == null);
        until("its packages are known", 30, () -> on.document.model().rows().stream().filter(row -> row.installed().prefix().equals(place)).anyMatch(row -> row.packages().isPresent()));
        return place;
    }

    @Test void anEnvironmentIsMadeRemovedAndPutBack() {
        Path place = make(folder.resolve("elsewhere/web"));
        assertTrue(Files.isExecutable(place.resolve("bin/python")));
        assertTrue(on.ports.said.getLast().endsWith("web was made."), on.ports.said::toString);
        on.act(() -> {
            on.ports.offered.getLast().run().run();
            return null;
        });
        assertEquals(". " + place.resolve("bin/activate"), on.ports.copied.getLast());
        select(place.toString());
        on.press("#detail-versions-remove");
        until("it is asked", 20, () -> on.document.view().lookup("#remove-go") != null);
        assertTrue(sheet().contains("packages in it would have to be installed again"), this::sheet);
        on.press("#remove-go");
        until("it is gone", 20, () -> !Files.exists(place) && !listed(place));
        on.act(() -> {
            on.ports.offered.getLast().run().run();
            return null;
        });
        until("it is back", 20, () -> Files.isExecutable(place.resolve("bin/python")) && listed(place));
        assertEquals(List.of(), on.ports.problems);
    }

    @Test void whatIsInTheWayIsSaidInTheSheetAndStoppingLeavesNothing() throws IOException {
        Path full = Files.createDirectories(folder.resolve("full/inner")).getParent();
        select("real");
        run("versions.make-environment");
        with("#environment-place", TextField.class, field -> field.setText(full.toString()));
        on.press("#work-go");
        until("it is said", 20, () -> ((Label) on.document.view().lookup("#work-wrong")).getText().startsWith("There is something in this place already."));
        Path place = folder.resolve("stopped");
        with("#environment-place", TextField.class, field -> field.setText(place.toString()));
        on.press("#work-go");
        until("it has begun", 20, () -> Files.exists(place.resolve("pyvenv.cfg")));
        on.press("#work-stop");
        until("it has stopped", 20, () -> ((Label) on.document.view().lookup("#work-wrong")).getText().startsWith("It was stopped"));
        until("nothing is left", 20, () -> !Files.exists(place));
        assertTrue(Files.isDirectory(full.resolve("inner")));
    }

    @Test void packagesGoFromOneToAnotherAndFailuresAreClear() throws IOException {
        Path wheels = Files.createDirectories(folder.resolve("wheels"));
        try (var zip = new ZipOutputStream(Files.newOutputStream(wheels.resolve("shop-1.5-py3-none-any.whl")))) {
            for (Map.Entry<String, String> each : Map.of("shop.py", "price = 7\n", "shop-1.5.dist-info/METADATA", "Metadata-Version: 2.1\nName: shop\nVersion: 1.5\n",
                    "shop-1.5.dist-info/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n", "shop-1.5.dist-info/RECORD", "").entrySet()) {
                zip.putNextEntry(new ZipEntry(each.getKey()));
                zip.write(each.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        Path one = make(folder.resolve("one"));
        Path two = make(folder.resolve("two"));
        on.ports.open = List.of(Files.writeString(folder.resolve("wanted.txt"), "shop==1.5\n"));
        select(one.toString());
        install("versions.install-packages", "", wheels);
        until("it is installed", 60, () -> Files.exists(one.resolve("lib").resolve(series(one)).resolve("site-packages/shop.py")));
        until("it is listed", 30, () -> on.document.model().selected().get().packages().stream().flatMap(List::stream).anyMatch(each -> each.name().equals("shop")));
        on.ports.save = Optional.of(folder.resolve("written.txt"));
        run("versions.export-packages");
        until("it is written", 20, () -> Files.exists(folder.resolve("written.txt")));
        assertEquals("shop==1.5\n", Files.readString(folder.resolve("written.txt")));
        install("versions.transfer-packages", two.toString(), folder.resolve("empty"));
        until("it is said what fails", 60, () -> ((Label) on.document.view().lookup("#work-wrong")).getText().contains("No matching distribution found for shop==1.5")
                || ((Label) on.document.view().lookup("#work-wrong")).getText().contains("Could not find a version that satisfies the requirement shop==1.5"));
        with("#transfer-wheels", TextField.class, field -> field.setText(wheels.toString()));
        on.press("#work-go");
        until("it is in the other", 60, () -> Files.exists(two.resolve("lib").resolve(series(two)).resolve("site-packages/shop.py")));
        until("the sheet is closed", 20, () -> on.document.view().lookup("#work-go") == null);
        assertEquals("The packages are installed into " + two + ".", on.ports.said.getLast());
        assertEquals(List.of(), on.ports.problems);
    }

    private static String series(Path place) {
        try (var all = Files.list(place.resolve("lib"))) {
            return all.map(each -> each.getFileName().toString()).filter(each -> each.startsWith("python")).findFirst().orElseThrow();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void install(String command, String target, Path wheels) {
        run(command);
        with("#transfer-wheels", TextField.class, field -> field.setText(wheels.toString()));
        if (!target.isEmpty()) with("#transfer-target", ComboBox.class, box -> {
            @SuppressWarnings("unchecked") var rows = (ComboBox<VersionRow>) box;
            rows.setValue(rows.getItems().stream().filter(row -> row.name().equals(target)).findFirst().orElseThrow());
        });
        on.press("#work-go");
    }

    @Test void whatAnEarlierRunHasLeftIsPutBackOrDeleted() {
        until("both are told", 20, () -> on.document.view().lookupAll("#leftovers .trouble").size() == 2);
        fire("Put it back", "3.8.1");
        until("it is back", 20, () -> on.document.model().rows().stream().anyMatch(row -> row.name().equals("3.8.1")));
        assertTrue(Files.isExecutable(stage.pyenv.root().resolve("versions/3.8.1/bin/python")));
        fire("Delete it for good", "3.8.2");
        until("it is deleted", 20, () -> !Files.exists(stage.pyenv.root().resolve(".trash")));
        until("nothing is told any more", 20, () -> on.document.view().lookupAll("#leftovers .trouble").isEmpty());
        assertEquals(List.of(), on.ports.problems);
    }

    private void fire(String text, String name) {
        on.act(() -> {
            Node card = on.document.view().lookupAll("#leftovers .trouble").stream().filter(each -> each.getAccessibleText().contains(name)).findFirst().orElseThrow();
            card.lookupAll(".button").stream().map(Button.class::cast).filter(each -> each.getText().equals(text)).findFirst().orElseThrow().fire();
            return null;
        });
    }
}
