package serpentarium.profile.analysis;

import java.util.HashMap;
import java.util.List;
import serpentarium.base.Strings;
import serpentarium.profile.Event;
import serpentarium.profile.FrameTable;
import serpentarium.profile.LineCosts;
import serpentarium.profile.Profile;
import serpentarium.profile.ProfileInfo;
import serpentarium.profile.StackTree;
import serpentarium.profile.ThreadInfo;

/// What views show of a profile as a profile of its own: whole stacks of one event and one thread, to be written to a file.
///
/// Where the tree is an estimate, all stacks stand below a first function whose name says so: whatever program shows the file shows that too.
public final class TreeProfile {
    private static final Strings STRINGS = Strings.of(TreeProfile.class);

    private TreeProfile() {}

    /// The profile of a tree.
    public static Profile.Stacks of(Analysis analysis) {
        CallTree tree = analysis.tree();
        FrameTable frames = analysis.frames();
        var table = new FrameTable.Builder();
        for (int f = 0; f < frames.size(); f++) table.add(frames.name(f), frames.file(f), frames.module(f), frames.line(f));
        var specials = new HashMap<String, Integer>();
        var stacks = new StackTree.Builder(1);
        int root = 0;
        ProfileInfo info = analysis.slice().profile().info();
        if (tree.estimated()) root = stacks.child(0, table.add(STRINGS.get("tree.estimate", info.format()), null, null, FrameTable.NO_LINE));
        int[] to = new int[tree.size()];
        to[0] = root;
        double whole = 0;
        for (int node = 1; node < to.length; node++) {
            String special = name(analysis, node);
            int frame = special == null ? tree.frame(node) : specials.computeIfAbsent(special, name -> table.add(name, null, null, FrameTable.NO_LINE));
            to[node] = stacks.child(to[tree.parent(node)], frame);
            double self = tree.end(node) == node + 1 ? tree.total(node) : tree.self(node);
            if (!(self > 0) || self == Double.POSITIVE_INFINITY) continue;
            stacks.addSelf(0, to[node], self);
            whole += self;
        }
        Event event = analysis.slice().eventInfo();
        var threads = analysis.slice().threads();
        String name = threads.size() == 1 ? info.threads().get(threads.iterator().next()).name()
                : STRINGS.get(analysis.slice().wholeProgram() ? "tree.all-threads" : "tree.some-threads", threads.size());
        var made = new ProfileInfo(info.format(), info.creator(), info.command(), List.of(new Event(event.name(), event.title(), event.unit(), whole)),
                List.of(new ThreadInfo(name, whole)), List.of());
        return new Profile.Stacks(made, table.build(), LineCosts.NONE, List.of(stacks.build()));
    }

    /// The name of a node that is no function; null for any other.
    private static String name(Analysis analysis, int node) {
        CallTree tree = analysis.tree();
        return switch (tree.kind(node)) {
            case CallTree.UNATTRIBUTED -> STRINGS.get("tree.unattributed");
            case CallTree.SMALL -> STRINGS.get("tree.small");
            case CallTree.UNKNOWN -> STRINGS.get("tree.unknown");
            case CallTree.FOLDED -> STRINGS.get("tree.folded", tree.foldPackage(node));
            case CallTree.THREAD -> analysis.slice().profile().info().threads().get(tree.thread(node)).name();
            default -> null;
        };
    }
}
