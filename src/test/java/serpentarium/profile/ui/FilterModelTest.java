package serpentarium.profile.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import serpentarium.profile.Profile;
import serpentarium.profile.ThreadInfo;
import serpentarium.profile.analysis.CallTree;
import serpentarium.profile.analysis.EstimateMode;
import serpentarium.profile.analysis.Filter;
import serpentarium.profile.analysis.FunctionMatch;
import serpentarium.profile.analysis.TimeActivity;
import serpentarium.task.InlineTasks;
import serpentarium.task.TaskContext;

/// Filters, threads, time and modes of the views' shared model, without a toolkit.
class FilterModelTest {
    private final SampleProfile sample = new SampleProfile();

    private static ProfileViewModel model(Profile profile) {
        return new ProfileViewModel(profile, new InlineTasks());
    }

    private static double whole(ProfileViewModel model) {
        return model.analysis().get().tree().total(0);
    }

    @Test void filtersChangeWhatIsShownAndAreTakenBack() {
        ProfileViewModel model = model(sample.stacks());
        double all = whole(model);
        var show = new Filter.ShowOnly(new FunctionMatch.One(sample.walk));
        model.filters().add(show);
        double with = whole(model);
        assertTrue(with > 0 && with < all);
        model.filters().add(new Filter.Hide(new FunctionMatch.One(sample.walk)));
        assertEquals(0, whole(model));
        assertEquals(1, model.analysis().get().tree().size());
        model.filters().toggle(0);
        assertEquals(all, with + whole(model), 1e-9);
        assertEquals(List.of(new Filter.Hide(new FunctionMatch.One(sample.walk))), model.filters().active());
        model.filters().undo();
        model.filters().undo();
        assertEquals(with, whole(model));
        model.filters().undo();
        assertEquals(all, whole(model));
        assertFalse(model.filters().canUndo().get());
        model.filters().redo();
        assertEquals(with, whole(model));
        model.filters().clear();
        assertFalse(model.filters().canRedo().get());
        model.filters().undo();
        assertEquals(List.of(new FilterEntry(show, true)), List.copyOf(model.filters().entries()));
    }

    @Test void nothingIsComputedForAFilterThatIsOff() {
        ProfileViewModel model = model(sample.stacks());
        var computed = new AtomicInteger();
        model.analysis().addListener(_ -> computed.incrementAndGet());
        model.filters().add(Filter.CollapseRecursion.ALL);
        model.filters().add(Filter.CollapseRecursion.ALL);
        assertEquals(1, computed.get(), "the same again changes nothing");
        model.filters().toggle(0);
        assertEquals(2, computed.get());
        model.filters().remove(0);
        assertEquals(2, computed.get());
    }

    @Test void someFiltersAreThereOnce() {
        ProfileViewModel model = model(TimedSample.profile(3));
        model.filters().add(new Filter.TimeRange(1, 2));
        model.filters().add(new Filter.TimeRange(2, 3));
        assertEquals(1, model.filters().entries().size());
        assertEquals(new Filter.TimeRange(2, 3), model.timeRange());
        assertTrue(whole(model) < 3.01 && whole(model) > 0.1);
        model.filters().toggle(0);
        assertNull(model.timeRange());
        model.filters().add(new Filter.TimeRange(2, 3));
        assertTrue(model.filters().entries().getFirst().on(), "added again it is on again");
        model.filters().add(new Filter.Hide(new FunctionMatch.Text("a", false)));
        model.filters().add(new Filter.Hide(new FunctionMatch.Text("b", false)));
        assertEquals(3, model.filters().entries().size());
    }

    @Test void percentagesAreOfWhatIsLeftOrOfAll() {
        ProfileViewModel model = model(sample.stacks());
        double all = whole(model);
        model.filters().add(new Filter.ShowOnly(new FunctionMatch.One(sample.walk)));
        double with = whole(model);
        assertEquals("100.0 %", model.share(with));
        var heard = new AtomicInteger();
        model.percent().addListener(_ -> heard.incrementAndGet());
        model.percent().get();
        model.percentOfAll().set(true);
        assertEquals(1, heard.get(), "views write their costs anew");
        assertEquals(all, model.whole(), 1e-9);
        assertEquals(serpentarium.base.Quantity.share(with / model.whole()), model.share(with));
    }

    @Test void threadsArePicked() {
        Profile.Stacks profile = TimedSample.profile(5);
        ProfileViewModel model = model(profile);
        double all = whole(model);
        model.threads().set(Set.of(0));
        double first = whole(model);
        model.threads().set(Set.of(1, 2, 3, 4));
        assertEquals(all, first + whole(model), 1e-9);
        assertEquals(profile.info().threads().getFirst().total(), first, 1e-9);
        model.threads().set(Set.of());
        assertEquals(0, whole(model));
        assertTrue(model.analysis().get().timeOrder().isEmpty());
    }

    @Test void edgesFollowTheSelection() {
        ProfileViewModel model = model(sample.graph());
        model.selected().set(sample.main);
        model.estimateMode().set(new EstimateMode.EdgesOf(sample.main));
        assertEquals(sample.main, model.analysis().get().tree().frame(1));
        model.selected().set(sample.parseRows);
        CallTree tree = model.analysis().get().tree();
        assertEquals(sample.parseRows, tree.frame(1));
        assertEquals(2, tree.maxDepth());
        for (int node = 0; node < tree.size(); node++) assertTrue(tree.exact(node));
        model.estimateMode().set(EstimateMode.EXACT_ONLY);
        var exact = model.analysis().get();
        for (int node = 0; node < exact.tree().size(); node++) assertTrue(exact.tree().exact(node));
        model.selected().set(sample.main);
        assertSame(exact, model.analysis().get(), "only edges follow");
        model.estimateMode().set(EstimateMode.ESTIMATED);
        assertTrue(model.analysis().get().tree().size() > exact.tree().size());
    }

    @Test void aFoldIsOpenedAndClosedByUndo() {
        ProfileViewModel model = model(TimedSample.profile(1));
        model.filters().add(Filter.OnlyMine.PROJECT);
        CallTree tree = model.analysis().get().tree();
        int fold = IntStream.range(0, tree.size()).filter(node -> tree.kind(node) == CallTree.FOLDED).findFirst().orElseThrow();
        assertEquals("⋯ 4 frames in asyncio", NodeText.of(model.analysis().get(), fold));
        model.openFold(tree.foldKey(fold));
        assertEquals(1, model.filters().entries().size());
        assertEquals("run_forever", model.analysis().get().frames().name(model.analysis().get().tree().frame(fold)));
        model.filters().undo();
        assertEquals(tree.size(), model.analysis().get().tree().size());
    }

    @Test void chipsSayWhatTheyDo() {
        Profile.Stacks profile = TimedSample.profile(2);
        var span = TimeActivity.Span.of(profile);
        List<Filter> filters = List.of(new Filter.ShowOnly(new FunctionMatch.One(3)), new Filter.Hide(new FunctionMatch.Text("asyncio", false)),
                new Filter.MergeIntoCaller(new FunctionMatch.Text("^_run", true)), new Filter.StartAt(new FunctionMatch.One(1)), Filter.CollapseRecursion.ALL,
                Filter.OnlyMine.PROJECT.opening(7), new Filter.TimeRange(span.begin() + 1, span.begin() + 2.5), new Filter.ApartByThread());
        assertEquals(List.of("only with load_user", "without “asyncio”", "without frame /^_run/", "from handle_request on", "recursion collapsed",
                "only my code · 1 fold open", "1.00 s – 2.50 s (1.50 s)", "threads side by side"),
                filters.stream().map(filter -> FilterText.of(filter, profile.frames(), span)).toList());
    }

    @Test void threadsAreListedByProcessMainFirstThenDearest() {
        var rows = new ThreadRows(List.of(new ThreadInfo("worker-1", 30, "a (1)"), new ThreadInfo("MainThread", 5, "a (1)"),
                new ThreadInfo("worker-2", 10, "a (1)"), new ThreadInfo("MainThread", 55, "b (2)")));
        assertEquals(List.of("b (2) 0.55", "MainThread 0.55", "a (1) 0.45", "MainThread 0.05", "worker-1 0.3", "worker-2 0.1"),
                rows.matching("").stream().map(FilterModelTest::line).toList());
        assertEquals(List.of("a (1) 0.4", "worker-1 0.3", "worker-2 0.1"), rows.matching("WORKER").stream().map(FilterModelTest::line).toList());
        assertEquals(List.of("b (2) 0.55", "MainThread 0.55"), rows.matching("b (2").stream().map(FilterModelTest::line).toList());
        ThreadRows.Row process = rows.matching("").get(2);
        Set<Integer> both = ThreadRows.switched(Set.of(3), process);
        assertEquals(new TreeSet<>(List.of(0, 1, 2, 3)), both);
        assertEquals(Set.of(3), ThreadRows.switched(both, process));
        var plain = new ThreadRows(List.of(new ThreadInfo("Thread 0x7f (main)", 1), new ThreadInfo("remainder", 2)));
        assertEquals(2, plain.matching("").size(), "no processes, no headings");
        var named = new ThreadRows(List.of(new ThreadInfo("MainThread, process shop 7", 2, "shop 7"), new ThreadInfo("MainThread, process 8", 1, "8")));
        assertEquals(List.of("shop 7 0.67", "MainThread 0.67", "8 0.33", "MainThread 0.33"), named.matching("").stream().map(FilterModelTest::line).toList(),
                "the process is said once");
        assertTrue(((ThreadRows.Row.Single) plain.matching("").getFirst()).main());
    }

    private static String line(ThreadRows.Row row) {
        return switch (row) {
            case ThreadRows.Row.Process(String name, List<Integer> _, double share) -> name + " " + Math.round(share * 100) / 100.0;
            case ThreadRows.Row.Single(int _, String name, boolean _, double share) -> name + " " + Math.round(share * 100) / 100.0;
        };
    }

    @Test void theBrushStaysWithinTheProfile() {
        var brush = new TimeBrush(10, 20);
        assertNull(brush.range());
        brush.press(12, 0.1);
        brush.drag(15);
        brush.drag(11);
        assertTrue(brush.release(0.5));
        assertEquals(new Filter.TimeRange(11, 12), brush.range());
        assertTrue(brush.grip(11.05, 0.1));
        brush.press(12.05, 0.1);
        brush.drag(18);
        assertTrue(brush.release(0.5));
        assertEquals(new Filter.TimeRange(11, 18), brush.range());
        brush.press(13, 0.1);
        brush.drag(29);
        brush.release(0.5);
        assertEquals(new Filter.TimeRange(13, 20), brush.range(), "moved as a whole, and no farther than the end");
        brush.move(-1, true, false);
        brush.move(2, false, true);
        assertEquals(new Filter.TimeRange(15, 19), brush.range());
        brush.move(-50, false, false);
        assertEquals(new Filter.TimeRange(10, 14), brush.range());
        brush.show(null);
        brush.press(12, 0.1);
        assertFalse(brush.release(0.5), "a click is no range");
        brush.move(1, false, false);
        assertEquals(new Filter.TimeRange(10, 11), brush.range());
    }

    @Test void activityAddsUpToWhatRan() {
        ProfileViewModel model = model(TimedSample.profile(4));
        TimeActivity activity = TimeActivity.of(model.analysis().get(), 300, TaskContext.detached());
        double columns = 0;
        for (double column : activity.all()) columns += column;
        assertEquals(whole(model), columns * activity.span().length() / 300, 1e-6);
        model.filters().add(new Filter.ShowOnly(new FunctionMatch.Text("json", false)));
        model.filters().add(new Filter.TimeRange(3, 6));
        activity = TimeActivity.of(model.analysis().get(), 300, TaskContext.detached());
        double kept = 0;
        for (double column : activity.kept()) kept += column;
        assertEquals(whole(model), kept * activity.span().length() / 300, 1e-6);
        assertTrue(whole(model) > 0);
        assertNull(TimeActivity.of(model(sample.graph()).analysis().get(), 10, TaskContext.detached()));
    }
}
