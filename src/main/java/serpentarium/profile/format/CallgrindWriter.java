package serpentarium.profile.format;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import serpentarium.base.Strings;
import serpentarium.profile.CallGraph;
import serpentarium.profile.Profile;
import serpentarium.profile.Warning;
import serpentarium.task.TaskContext;

/// Writes the callgrind format, for KCachegrind and QCachegrind: costs of functions, by line where they are known, and of the calls between
/// them; a part for each thread, all events.
///
/// What the format has no word for stands in lines that begin with `#:`, which [CallgrindFormat] reads and other programs skip: a
/// function's calls and total, which callers alone do not tell, and that a call's cost was guessed. The first cost line of a function is that
/// of its definition, with what cost is of no known line. Names are defined anew in each part: KCachegrind forgets them there.
public final class CallgrindWriter implements ProfileWriter {
    private static final Strings STRINGS = Strings.of(CallgrindWriter.class);

    /// The writer; it has no state.
    public CallgrindWriter() {}

    @Override public String id() {
        return "callgrind";
    }

    @Override public List<String> endings() {
        return List.of(".callgrind", ".callgrind.out", ".cachegrind");
    }

    @Override public boolean writes(String fileName) {
        return ProfileWriter.super.writes(fileName) || fileName.startsWith("callgrind.out.") || fileName.startsWith("cachegrind.out.");
    }

    @Override public Says says() {
        return new Says(false, true, true, true, false);
    }

    @Override public List<Warning> write(Profile profile, OutputStream out, TaskContext context) throws IOException {
        var notes = new WriteNotes(STRINGS);
        var numbers = new WholeNumbers(profile);
        var functions = new CallgrindNaming(profile.frames());
        int threads = profile.info().threads().size();
        var writer = new CallgrindPartWriter(profile, out, functions, numbers, notes, context);
        boolean calls = profile instanceof Profile.Graph graph && graph.graphs().stream().anyMatch(each -> each.calls() != null || each.edgeCalls() != null);
        boolean primitive = profile instanceof Profile.Graph graph && graph.graphs().stream().anyMatch(each -> each.primitiveCalls() != null);
        writer.header(calls, primitive);
        for (int t = 0; t < threads; t++) {
            context.checkpoint();
            CallGraph part = switch (profile) {
                case Profile.Stacks stacks -> StackSums.of(stacks.trees().get(t), stacks.frames().size(), context);
                case Profile.Graph graph -> graph.graphs().get(t);
            };
            writer.part(t, part);
        }
        if (!calls) notes.once("write.callgrind.no-calls");
        if (!profile.sourceLines().isEmpty() && !profile.sourceLines().byThread(threads)) notes.once("write.callgrind.no-lines");
        numbers.tell(notes);
        return notes.list();
    }
}
