package serpentarium.profile.ui;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import serpentarium.profile.FrameTable;
import serpentarium.profile.Profile;
import serpentarium.profile.analysis.EstimateMode;
import serpentarium.profile.analysis.Filter;
import serpentarium.profile.analysis.FunctionMatch;
import serpentarium.profile.analysis.Slice;
import serpentarium.profile.analysis.TimeActivity;

/// What a person looks at in one profile, to be looked at in the next one of the same file: functions, threads and events are found by what they
/// are called, since their numbers change from run to run.
final class KeptView {
    private final Profile before;
    private final int event;
    private final Set<Integer> threads;
    private final List<FilterEntry> filters;
    private final EstimateMode mode;
    private final int selected;
    private final CostBase base;
    private final boolean percent;
    private final boolean percentOfAll;
    private final String query;
    private final boolean regex;
    private final FlameWay way;
    private final OpenRows opened;

    private record Identity(String name, String file, String module, int line) {
        static Identity of(FrameTable frames, int function) {
            return new Identity(frames.name(function), frames.file(function), frames.module(function), frames.line(function));
        }

        /// A function that was moved within its file is still the same one.
        Identity anyLine() {
            return new Identity(name, file, module, FrameTable.NO_LINE);
        }
    }

    /// Takes down what views show.
    KeptView(ProfileView view) {
        this(view.model(), view.flame().way(), view.tree().opened());
    }

    /// Takes down what a model shows.
    KeptView(ProfileViewModel model) {
        this(model, null, null);
    }

    private KeptView(ProfileViewModel model, FlameWay way, OpenRows opened) {
        this.way = way;
        this.opened = opened;
        before = model.profile();
        event = model.event().get();
        threads = model.threads().get();
        filters = List.copyOf(model.filters().entries());
        mode = model.estimateMode().get();
        selected = model.selected().get();
        base = model.base().get();
        percent = model.percent().get();
        percentOfAll = model.percentOfAll().get();
        query = model.query().get();
        regex = model.regex().get();
    }

    /// Makes other views show the same, as far as their profile has it: the place that the flame graph was zoomed to and the open rows of the
    /// call tree are found by the functions that lead to them.
    void show(ProfileView view) {
        show(view.model());
        Map<Identity, Integer> known = known(view.model().profile().frames());
        if (way != null) {
            view.flame().use(way.mode());
            view.flame().go(way.renumbered(function -> there(function, known)));
        }
        if (opened != null) view.tree().reopen(opened.renumbered(function -> there(function, known)));
    }

    /// Makes another model show the same, as far as its profile has it.
    void show(ProfileViewModel model) {
        Profile now = model.profile();
        Map<Identity, Integer> known = known(now.frames());
        String name = before.info().events().get(event).name();
        for (int i = 0; i < now.info().events().size(); i++) if (now.info().events().get(i).name().equals(name)) model.event().set(i);
        if (threads.size() < Slice.allThreads(before).size()) {
            var names = new TreeSet<String>();
            for (int thread : threads) names.add(threadName(before, thread));
            var found = new TreeSet<Integer>();
            for (int thread : Slice.allThreads(now)) if (names.contains(threadName(now, thread))) found.add(thread);
            if (!found.isEmpty()) model.threads().set(found);
        }
        for (FilterEntry entry : filters) {
            Filter filter = renumbered(entry.filter(), known, model.timeSpan());
            if (filter == null) continue;
            model.filters().add(filter);
            if (entry.on()) continue;
            for (int i = 0; i < model.filters().entries().size(); i++) if (model.filters().entries().get(i).filter().equals(filter)) model.filters().toggle(i);
        }
        if (mode instanceof EstimateMode.EdgesOf(int function)) {
            int there = there(function, known);
            if (there >= 0) model.estimateMode().set(new EstimateMode.EdgesOf(there));
        } else model.estimateMode().set(mode);
        int there = there(selected, known);
        if (there >= 0) model.selected().set(there);
        if (base instanceof CostBase.Of(int function)) {
            int of = there(function, known);
            model.base().set(of < 0 ? CostBase.WHOLE : new CostBase.Of(of));
        } else model.base().set(base);
        model.percent().set(percent);
        model.percentOfAll().set(percentOfAll);
        model.regex().set(regex);
        model.query().set(query);
    }

    private static String threadName(Profile profile, int thread) {
        var info = profile.info().threads().get(thread);
        return info.process() + "\n" + info.name();
    }

    private static Map<Identity, Integer> known(FrameTable frames) {
        var known = new HashMap<Identity, Integer>();
        for (int f = frames.size() - 1; f >= 0; f--) {
            known.put(Identity.of(frames, f).anyLine(), f);
            known.put(Identity.of(frames, f), f);
        }
        return known;
    }

    private int there(int function, Map<Identity, Integer> known) {
        if (function < 0) return -1;
        var identity = Identity.of(before.frames(), function);
        Integer same = known.get(identity);
        return same != null ? same : known.getOrDefault(identity.anyLine(), -1);
    }

    private Filter renumbered(Filter filter, Map<Identity, Integer> known, TimeActivity.Span span) {
        var matches = new ArrayList<FunctionMatch>();
        switch (filter) {
            case Filter.ShowOnly(FunctionMatch of) -> matches.add(of);
            case Filter.Hide(FunctionMatch of) -> matches.add(of);
            case Filter.MergeIntoCaller(FunctionMatch of) -> matches.add(of);
            case Filter.StartAt(FunctionMatch of) -> matches.add(of);
            case Filter.CollapseRecursion(FunctionMatch of, boolean _) -> matches.add(of);
            // Which folds were opened is told by numbers of functions.
            case Filter.OnlyMine mine -> {
                return new Filter.OnlyMine(mine.shown(), Set.of());
            }
            case Filter.TimeRange(double from, double to) -> {
                return span == null || from >= span.end() || to <= span.begin() ? null
                        : new Filter.TimeRange(Math.max(from, span.begin()), Math.min(to, span.end()));
            }
            case Filter.WithoutProfiler _, Filter.ApartByThread _ -> {
                return filter;
            }
        }
        FunctionMatch match = matches.getFirst();
        if (match instanceof FunctionMatch.One(int function)) {
            int there = there(function, known);
            if (there < 0) return null;
            match = new FunctionMatch.One(there);
        }
        return switch (filter) {
            case Filter.ShowOnly _ -> new Filter.ShowOnly(match);
            case Filter.Hide _ -> new Filter.Hide(match);
            case Filter.MergeIntoCaller _ -> new Filter.MergeIntoCaller(match);
            case Filter.StartAt _ -> new Filter.StartAt(match);
            case Filter.CollapseRecursion(FunctionMatch _, boolean direct) -> new Filter.CollapseRecursion(match, direct);
            case Filter.OnlyMine _, Filter.TimeRange _, Filter.WithoutProfiler _, Filter.ApartByThread _ -> filter;
        };
    }
}
