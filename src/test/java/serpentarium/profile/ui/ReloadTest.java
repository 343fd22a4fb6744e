package serpentarium.profile.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.layout.StackPane;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.util.WaitForAsyncUtils;
import serpentarium.kit.FxThread;
import serpentarium.kit.Look;
import serpentarium.kit.Theme;
import serpentarium.kit.Tokens;
import serpentarium.profile.EmbeddedSources;
import serpentarium.profile.Event;
import serpentarium.profile.FrameTable;
import serpentarium.profile.LineCosts;
import serpentarium.profile.Profile;
import serpentarium.profile.ProfileInfo;
import serpentarium.profile.StackTree;
import serpentarium.profile.ThreadInfo;
import serpentarium.profile.Timeline;
import serpentarium.profile.Unit;
import serpentarium.profile.analysis.Filter;
import serpentarium.profile.analysis.FunctionMatch;
import serpentarium.profile.engine.ProfileReader;
import serpentarium.profile.format.CollapsedFormat;
import serpentarium.task.InlineTasks;
import serpentarium.task.ThreadTasks;

/// A file that is written again is offered to be read again, and what one looked at stays.
class ReloadTest extends OnStage {
    /// Two functions, of which `first` decides the numbers.
    private static Profile profile(String first, String second, int line) {
        var names = new FrameTable.Builder();
        int a = names.intern(first, "a.py", null, 5);
        int b = names.intern(second, "a.py", null, line);
        var main = new StackTree.Builder(2);
        var other = new StackTree.Builder(2);
        main.addSelf(0, main.child(main.child(0, a), b), 3);
        other.addSelf(1, other.child(0, b), 2);
        var info = new ProfileInfo("x", null, null, List.of(new Event("time", "time", Unit.SECONDS, 3), new Event("calls", "calls", Unit.COUNT, 2)),
                List.of(new ThreadInfo("main", 3), new ThreadInfo("other", 0)), List.of());
        return new Profile.Stacks(info, names.build(), LineCosts.NONE, List.of(main.build(), other.build()));
    }

    @Test void whatOneLooksAtIsFoundByName() {
        var model = new ProfileViewModel(profile("f", "g", 9), new InlineTasks());
        model.event().set(1);
        model.threads().set(Set.of(1));
        model.selected().set(1);
        model.filters().add(new Filter.Hide(new FunctionMatch.One(0)));
        model.filters().add(new Filter.TimeRange(1, 2));
        model.filters().add(new Filter.MergeIntoCaller(new FunctionMatch.Text("x", false)));
        model.filters().toggle(2);
        model.base().set(new CostBase.Of(1));
        model.percent().set(false);
        model.query().set("g");
        var next = new ProfileViewModel(profile("g", "f", 5), new InlineTasks());
        new KeptView(model).show(next);
        assertEquals(1, next.event().get());
        assertEquals(Set.of(1), next.threads().get());
        assertEquals(0, next.selected().get(), "g is another number now, and on another line");
        assertEquals(List.of(new FilterEntry(new Filter.Hide(new FunctionMatch.One(1)), true),
                new FilterEntry(new Filter.MergeIntoCaller(new FunctionMatch.Text("x", false)), false)), List.copyOf(next.filters().entries()));
        assertEquals(new CostBase.Of(0), next.base().get());
        assertFalse(next.percent().get());
        assertEquals("g", next.query().get());
        var gone = new ProfileViewModel(profile("h", "i", 5), new InlineTasks());
        new KeptView(model).show(gone);
        assertEquals(-1, gone.selected().get());
        assertEquals(CostBase.WHOLE, gone.base().get());
    }

    @Test void savedPicturesHaveTheirEnding(@TempDir Path folder) throws Exception {
        assertEquals(folder.resolve("a.PNG"), FlameExport.named(folder.resolve("a.PNG"), ".png"));
        assertEquals(folder.resolve("a.svg.png"), FlameExport.named(folder.resolve("a.svg"), ".png"));
        Files.writeString(folder.resolve("b.png"), "there");
        assertEquals(folder.resolve("b"), FlameExport.named(folder.resolve("b"), ".png"), "nothing is written over unasked");
    }

    /// One second of `main` in each of five, from a moment on.
    private static Profile timed(double begin, Unit unit) {
        var names = new FrameTable.Builder();
        var tree = new StackTree.Builder(1);
        int node = tree.child(0, names.intern("main", "a.py", null, 5));
        tree.addSelf(0, node, 5);
        var times = new Timeline.Builder(unit, 100);
        for (int i = 0; i < 5; i++) times.add(begin + i, 1, i % 2 == 0 ? node : 0);
        var info = new ProfileInfo("x", null, null, List.of(new Event("time", "time", Unit.SECONDS, 5)), List.of(new ThreadInfo("main", 5)), List.of());
        return new Profile.Stacks(info, names.build(), LineCosts.NONE, List.of(tree.build()), List.of(times.build()), EmbeddedSources.NONE);
    }

    @Test void aRangeOfTimeStaysAsFarAsTheNextRunHasIt() {
        var model = new ProfileViewModel(timed(0, Unit.SECONDS), new InlineTasks());
        model.filters().add(new Filter.TimeRange(1, 4));
        var same = new ProfileViewModel(timed(0, Unit.SECONDS), new InlineTasks());
        new KeptView(model).show(same);
        assertEquals(new Filter.TimeRange(1, 4), same.timeRange());
        var later = new ProfileViewModel(timed(2, Unit.SECONDS), new InlineTasks());
        new KeptView(model).show(later);
        assertEquals(new Filter.TimeRange(2, 4), later.timeRange());
        var after = new ProfileViewModel(timed(10, Unit.SECONDS), new InlineTasks());
        new KeptView(model).show(after);
        assertNull(after.timeRange());
    }

    @Test void zoomAndOpenRowsAreFoundByTheFunctionsThatLeadToThem(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("run.collapsed"), "main;a;b;c 10\nmain;a;d 3\nmain;e;f 5\nmain;e;g 2\n");
        var fx = new FxThread();
        var threads = new ThreadTasks(fx);
        try {
            var around = new ProfilePane.Surroundings(threads, ports, settings, new Theme(), fx);
            var document = fx(() -> new ProfileDocument(file, new ProfileReader(List.of(new CollapsedFormat())), around));
            act(() -> {
                stage.setScene(new Scene(new StackPane(document.view()), 1200, 800));
                stage.show();
            });
            until(() -> document.settled().get());
            var first = fx(() -> view(document));
            act(() -> {
                document.showView("inverted");
                document.showView("tree");
            });
            until(() -> document.settled().get() && first.flame().way().mode() == FlameMode.INVERTED);
            act(() -> document.showView("flame"));
            act(() -> first.flame().use(FlameMode.HEAVY));
            until(() -> document.settled().get() && first.flame().way().mode() == FlameMode.HEAVY);
            act(() -> {
                first.flame().go(new FlameWay(FlameMode.HEAVY, numbers(first, "main", "a", "b")));
                first.tree().reopen(new OpenRows(new int[] {-1, 0}, numbers(first, "main", "e").stream().mapToInt(n -> n).toArray()));
            });
            List<String> open = fx(() -> names(first, first.tree().opened()));
            assertTrue(open.contains("e"), open.toString());
            Files.writeString(file, "main;e;f 5\nmain;e;g 20\nmain;a;d 3\nmain;a;b;c 9\nnew 1\n");
            act(() -> document.commands().getValue().stream().filter(c -> c.id().equals("profile.reload")).findFirst().orElseThrow().run().run());
            until(() -> view(document) != first && document.settled().get());
            var second = fx(() -> view(document));
            until(() -> second.flame().way() != null && second.flame().way().functions().size() == 3);
            assertEquals(numbers(second, "main", "a", "b"), fx(() -> second.flame().way().functions()));
            assertTrue(fx(() -> names(second, second.tree().opened())).containsAll(open), "what was open is open");
            act(document::close);
        } finally {
            assertTrue(threads.shutdown(Duration.ofSeconds(5)), "nothing watches any more");
        }
    }

    private static List<Integer> numbers(ProfileView view, String... names) {
        var frames = view.model().profile().frames();
        return java.util.Arrays.stream(names).map(name -> {
            for (int f = 0; f < frames.size(); f++) if (frames.name(f).equals(name)) return f;
            return -1;
        }).toList();
    }

    private static List<String> names(ProfileView view, OpenRows open) {
        return java.util.Arrays.stream(open.function()).mapToObj(f -> f < 0 ? "" : view.model().profile().frames().name(f)).toList();
    }

    @Test void aFileWrittenAgainIsOffered(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("run.collapsed"), "main;work 10\nmain;rest 5\n");
        var fx = new FxThread();
        var threads = new ThreadTasks(fx);
        try {
            var around = new ProfilePane.Surroundings(threads, ports, settings, new Theme(), fx);
            var document = fx(() -> new ProfileDocument(file, new ProfileReader(List.of(new CollapsedFormat())), around));
            act(() -> {
                var scene = new Scene(new StackPane(document.view()), 1200, 800);
                Look.dress(scene, Tokens.LIGHT, Look.FONT_SIZE);
                stage.setScene(scene);
                stage.show();
            });
            until(() -> document.settled().get());
            var first = fx(() -> view(document));
            act(() -> {
                document.showView("functions");
                first.model().selected().set(1);
                first.model().query().set("rest");
            });
            Files.writeString(file, "main;rest 50\nmain;work 10\n");
            until(() -> document.view().lookup("#reload-now") != null);
            act(() -> ((Button) document.view().lookup("#reload-not-now")).fire());
            assertNull(fx(() -> document.view().lookup("#reload-now")));
            Files.writeString(file, "main;rest 500\nmain;work 10\nmain;more 1\n");
            until(() -> document.view().lookup("#reload-now") != null);
            String selected = fx(() -> first.model().profile().frames().name(first.model().selected().get()));
            act(() -> ((Button) document.view().lookup("#reload-now")).fire());
            until(() -> view(document) != first && document.settled().get());
            var second = fx(() -> view(document));
            assertEquals("functions", fx(second::front));
            assertEquals(selected, fx(() -> second.model().profile().frames().name(second.model().selected().get())));
            assertEquals("rest", second.model().query().get());
            assertEquals(511, second.model().analysis().get().tree().total(0));
            // Damaged: the problem is told and the views stay.
            settings.put(ReloadBar.ALWAYS, "true");
            Files.write(file, new byte[] {0, 1, 2, 3, 4});
            until(() -> !ports.problems.isEmpty());
            assertEquals(second, fx(() -> view(document)));
            Files.writeString(file, "main;rest 7\n");
            until(() -> view(document) != second);
            assertNotNull(fx(() -> view(document)));
            act(document::close);
        } finally {
            assertTrue(threads.shutdown(Duration.ofSeconds(5)), "nothing watches any more");
        }
    }

    private static ProfileView view(ProfileDocument document) {
        return (ProfileView) document.view().lookup(".profile-view");
    }

    private static void until(java.util.concurrent.Callable<Boolean> condition) throws Exception {
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> fx(condition));
    }
}
