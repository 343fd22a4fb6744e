package serpentarium.profile.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.util.WaitForAsyncUtils;
import serpentarium.kit.FxThread;
import serpentarium.kit.MemorySettings;
import serpentarium.kit.RecordingPorts;
import serpentarium.kit.Theme;
import serpentarium.profile.analysis.Comparison;
import serpentarium.profile.engine.CsvWriter;
import serpentarium.profile.engine.ProfileExport;
import serpentarium.profile.engine.ProfileReader;
import serpentarium.profile.format.CallgrindFormat;
import serpentarium.profile.format.CollapsedFormat;
import serpentarium.profile.format.CollapsedWriter;
import serpentarium.profile.format.PstatsFormat;
import serpentarium.task.InlineTasks;

/// Two profiles compared in place of one's views, and a profile saved in other formats.
@ExtendWith(ApplicationExtension.class)
class CompareViewTest {
    private static final Path BEFORE = Path.of("assets/demo/shop.collapsed");

    private final RecordingPorts ports = new RecordingPorts();

    private static Path after(Path folder) throws IOException {
        var lines = Files.readAllLines(BEFORE).stream().filter(line -> !line.contains("dumps")).map(line -> {
            int count = Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1));
            String stack = line.substring(0, line.lastIndexOf(' '));
            if (stack.contains("find_customer")) count = Math.max(1, count / 3);
            if (stack.contains("make_orders")) count *= 3;
            return stack + " " + count;
        }).toList();
        var more = new java.util.ArrayList<>(lines);
        more.add("main (shop.py:90);check_stock (shop.py:120) 40");
        return Files.write(folder.resolve("shop-after.collapsed"), more);
    }

    private static <T> T fx(java.util.concurrent.Callable<T> work) {
        return WaitForAsyncUtils.waitForAsyncFx(20_000, work);
    }

    private ProfileDocument document(Theme theme) {
        var export = new ProfileExport(List.of(new CollapsedWriter(), new CsvWriter()));
        var with = new ProfilePane.Surroundings(new InlineTasks(), ports, new MemorySettings(), theme, new FxThread(), export);
        return new ProfileDocument(BEFORE, new ProfileReader(List.of(new PstatsFormat(), new CollapsedFormat())), with);
    }

    @Test void showsWhatChangedAndLeadsBack(@TempDir Path folder) throws IOException {
        Path after = after(folder);
        ProfileDocument document = fx(() -> document(new Theme()));
        fx(() -> {
            assertTrue(document.dropText().orElseThrow().contains("shop.collapsed"));
            document.dropped(after);
            CompareView view = document.comparison();
            assertNotNull(view);
            assertNull(view.model().problem().get());
            CompareModel.Compared compared = view.model().compared().get();
            assertEquals("shop.collapsed", compared.a().named().file().getFileName().toString());
            assertTrue(((Label) document.view().lookup("#compare-b")).getText().contains("shop-after.collapsed"));
            int rows = view.table().size();
            Comparison comparison = compared.comparison();
            assertEquals(comparison.size(), rows);
            int first = view.table().view().getItems().getFirst();
            double most = 0;
            for (int row = 0; row < comparison.size(); row++) most = Math.max(most, Math.abs(comparison.deltaSelf(row)));
            assertEquals(most, Math.abs(comparison.deltaSelf(first)));
            ((Slider) document.view().lookup("#compare-least")).setValue(0.05);
            assertTrue(view.table().size() > 0 && view.table().size() < rows);
            ((Slider) document.view().lookup("#compare-least")).setValue(0);
            view.commands().stream().filter(c -> c.id().equals("profile.compare.copy")).findFirst().orElseThrow().run().run();
            assertTrue(ports.copied.getLast().contains("check_stock"));
            view.commands().stream().filter(c -> c.id().equals("profile.compare.swap")).findFirst().orElseThrow().run().run();
            assertEquals("shop-after.collapsed", view.model().compared().get().a().named().file().getFileName().toString());
            view.model().norm().set(Comparison.Norm.TOTAL);
            assertEquals(Comparison.Norm.TOTAL, ((ChoiceBox<?>) document.view().lookup("#compare-norm")).getValue());
            document.commands().getValue().stream().filter(c -> c.id().equals("profile.compare.back")).findFirst().orElseThrow().run().run();
            assertNull(document.comparison());
            assertTrue(document.commands().getValue().stream().anyMatch(c -> c.id().equals("profile.export-csv")));
            document.close();
            return null;
        });
    }

    @Test void eventsAndThreadsOfBothAreChosen(@TempDir Path folder) throws IOException {
        String head = "events: Ir Dr\npositions: line\n";
        Path a = Files.writeString(folder.resolve("callgrind.out.1"), head + "part: 1\nthread: 1\nfl=a.c\nfn=f\n1 5 50\npart: 1\nthread: 2\nfn=f\n1 2 20\n");
        Path b = Files.writeString(folder.resolve("callgrind.out.2"), "events: Dr Ir\npositions: line\nfl=a.c\nfn=f\n9 70 7\n");
        fx(() -> {
            var with = new ProfilePane.Surroundings(new InlineTasks(), ports, new MemorySettings(), new Theme(), new FxThread());
            var document = new ProfileDocument(a, new ProfileReader(List.of(new CallgrindFormat())), with);
            document.dropped(b);
            CompareView view = document.comparison();
            assertEquals(70, view.model().compared().get().comparison().a().total(), "the first that both have, all threads");
            var events = (ChoiceBox<?>) document.view().lookup("#compare-event-a");
            events.getSelectionModel().select(0);
            Comparison comparison = view.model().compared().get().comparison();
            assertEquals("Ir", comparison.a().event().name());
            assertEquals("Ir", comparison.b().event().name(), "the same of the other one");
            assertEquals(7, comparison.a().total());
            view.model().compared().get().a().threads().set(java.util.Set.of(1));
            assertEquals(2, view.model().compared().get().comparison().a().total());
            assertEquals(5, view.model().compared().get().comparison().deltaSelf(0));
            assertNotNull(document.view().lookup("#compare-threads-a"));
            assertNull(document.view().lookup("#compare-threads-b"), "it has one thread");
            view.commands().stream().filter(c -> c.id().equals("profile.compare.swap")).findFirst().orElseThrow().run().run();
            assertNotNull(document.view().lookup("#compare-threads-b"));
            assertEquals(-5, view.model().compared().get().comparison().deltaSelf(0));
            document.close();
            return null;
        });
    }

    @Test void whatCannotBeReadLeadsBackWithAProblem(@TempDir Path folder) throws IOException {
        Path bad = Files.writeString(folder.resolve("letter.txt"), "Dear reader");
        fx(() -> {
            ProfileDocument document = document(new Theme());
            document.dropped(bad);
            assertNull(document.comparison());
            assertEquals(1, ports.problems.size());
            document.close();
            return null;
        });
    }

    @Test void savesInOtherFormats(@TempDir Path folder) throws IOException {
        Path out = folder.resolve("out.csv");
        fx(() -> {
            ProfileDocument document = document(new Theme());
            ports.save = java.util.Optional.of(out);
            document.commands().getValue().stream().filter(c -> c.id().equals("profile.export-csv")).findFirst().orElseThrow().run().run();
            document.close();
            return null;
        });
        List<String> lines = Files.readAllLines(out);
        assertTrue(lines.getFirst().startsWith("name,file,line,module,calls"));
        assertTrue(lines.size() > 10);
        assertFalse(Files.list(folder).anyMatch(file -> file.toString().endsWith(".part")));
    }

    @Test void pictures(@TempDir Path folder) throws IOException {
        Path after = after(folder);
        for (String tab : List.of("functions", "flame")) Screens.write("compare-" + tab, tokens -> {
            var theme = new Theme();
            theme.use(tokens);
            ProfileDocument document = document(theme);
            document.compareWith(after);
            document.comparison().showView(tab);
            return (javafx.scene.Parent) document.view();
        });
    }
}
