package serpentarium.profile.format;

import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import serpentarium.base.Head;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.pack.Packing;
import serpentarium.pack.Unpacked;
import serpentarium.profile.EmbeddedSources;
import serpentarium.profile.Event;
import serpentarium.profile.Profile;
import serpentarium.profile.ProfileInfo;
import serpentarium.profile.StackTree;
import serpentarium.profile.ThreadInfo;
import serpentarium.profile.Unit;
import serpentarium.task.TaskContext;

/// Reads one file of Python's sampler: the tables at its end first, then sample by sample.
final class TachReader {
    private static final int SAMPLES = 0;
    private static final int TIME = 1;
    private static final int EVENTS = 6;
    private static final List<String> NAMES = List.of("samples", "time", "on-cpu", "gil", "gil-wait", "exception");
    /// The bits of a sample's status for the events from the third one on.
    private static final int[] BITS = {0, 0, 2, 1, 8, 16};
    private static final int MAIN = 32;
    private static final int MAX_THREADS = 4096;
    private static final int MAX_DEPTH = 1 << 16;
    private static final int LONGEST_HOLD = 10;
    /// How many frames Python's sampler keeps of a stack, from the innermost on.
    private static final int PYTHONS_DEPTH = 256;

    private final int room = (int) Math.min(24_000_000, Runtime.getRuntime().maxMemory() / 250);
    private final Strings strings;
    private final Source source;
    private final TaskContext context;
    private final ReadWarnings warnings;
    private final LinedFrames frames = new LinedFrames(EVENTS);
    private final TachTables tables;
    private final ThreadTimes times = new ThreadTimes(Unit.MICROSECONDS);
    private final Map<Key, TachThread> threads = new HashMap<>();
    private final List<TachThread> order = new ArrayList<>();
    private final double[] totals = new double[EVENTS];
    private TachHeader header;
    private double interval;
    private int nothing;
    private int nodes;
    private int[] added = new int[64];
    private long samples;
    private long full;

    private record Key(long thread, int interpreter) {}

    TachReader(Strings strings, Source source, TaskContext context) {
        this.strings = strings;
        this.source = source;
        this.context = context;
        warnings = new ReadWarnings(strings, source.name());
        tables = new TachTables(strings, frames);
    }

    /// Reads it.
    Profile read() throws IOException {
        context.checkpoint();
        Head head = Head.of(source);
        header = TachHeader.of(head.bytes(), head.size(), strings, source.name());
        interval = header.interval() > 0 ? header.interval() : 0;
        if (!tables.read(source, header, context)) warnings.add("tach.tables", 0);
        nothing = tables.nothing();
        Source section = new SourcePart(source, TachHeader.SIZE, header.strings() - TachHeader.SIZE);
        if (header.packed()) {
            Unpacked unpacked = Unpacked.of(section, Packing.ZSTD);
            samples(unpacked, unpacked.progressOf(context));
            unpacked.fault().ifPresent(fault -> warnings.add("tach.packed", 0, fault.title(), fault.detail()));
        } else samples(section, context);
        if (samples == 0) {
            String found = warnings.list("tach.more").stream().findFirst().map(w -> w.text()).orElse("");
            throw new ProblemException(Problem.of(strings, "tach.no-samples", Place.of(source.name()), found));
        }
        if (samples != header.samples()) warnings.add("tach.count", 0, Long.toUnsignedString(header.samples()), samples);
        return profile();
    }

    private void samples(Source section, TaskContext told) throws IOException {
        try (var in = new ByteInput(new ProgressStream(section.open(), section.size(), told))) {
            try {
                while (in.more() && record(in)) continue;
            } catch (EOFException _) {
                warnings.add("tach.truncated", 0, in.position());
            } catch (StreamCorruptedException _) {
                warnings.add("tach.damaged", 0, in.position());
            }
        }
        for (TachThread thread : order) held(thread, interval);
    }

    private boolean record(ByteInput in) throws IOException {
        long id = in.i64(header.bigEndian());
        int interpreter = in.i32(header.bigEndian());
        int encoding = in.u8();
        if (encoding > 3) throw new StreamCorruptedException("encoding");
        TachThread thread = threads.get(new Key(id, interpreter));
        if (thread == null) thread = add(id, interpreter);
        if (encoding == 0) {
            long count = in.varint();
            for (long i = 0; i < count; i++) sample(thread, in.varint(), in.u8());
            return true;
        }
        long delta = in.varint();
        int status = in.u8();
        int kept = 0;
        if (encoding == 2) kept = clamped(in.varint(), thread);
        else if (encoding == 3) kept = thread.depth() - clamped(in.varint(), thread);
        long count = in.varint();
        if (count < 0 || count > MAX_DEPTH - kept) throw new StreamCorruptedException("depth");
        if (count > added.length) added = new int[(int) Math.max(count, Math.min(MAX_DEPTH, added.length * 2))];
        for (int i = 0; i < count; i++) added[i] = place(in.varint());
        if (nodes > room) {
            warnings.once("tach.too-large", 0);
            return false;
        }
        int before = thread.tree().size();
        thread.keep(kept);
        for (int i = (int) count - 1; i >= 0; i--) thread.push(frames.frame(added[i]), added[i]);
        if (thread.depth() == 0) thread.push(frames.frame(nothing), nothing);
        nodes += thread.tree().size() - before;
        sample(thread, delta, status);
        return true;
    }

    private TachThread add(long id, int interpreter) {
        if (order.size() == MAX_THREADS) {
            warnings.once("tach.many-threads", 0);
            return order.getLast();
        }
        var thread = new TachThread(id, interpreter, order.size(), EVENTS);
        threads.put(new Key(id, interpreter), thread);
        order.add(thread);
        return thread;
    }

    /// How many frames of the stack before a sample speaks of.
    private int clamped(long frameCount, TachThread thread) throws IOException {
        if (frameCount < 0 || frameCount > thread.depth()) throw new StreamCorruptedException("stack");
        return (int) frameCount;
    }

    private int place(long number) {
        if (!tables.knows(number)) warnings.add("tach.unknown-frame", 0, Long.toUnsignedString(number));
        return tables.place(number);
    }

    private void sample(TachThread thread, long delta, int status) throws IOException {
        if (delta < 0) throw new StreamCorruptedException("time");
        if (thread.depth() == 0) thread.push(frames.frame(nothing), nothing);
        held(thread, delta <= LONGEST_HOLD * interval ? delta : interval);
        thread.advance(delta);
        thread.hold();
        if ((status & MAIN) != 0) thread.markMain();
        samples++;
        if (thread.depth() == PYTHONS_DEPTH) full++;
        for (int e = 0; e < EVENTS; e++) {
            double cost = e == SAMPLES ? 1 : e == TIME ? interval : (status & BITS[e]) == 0 ? 0 : 1;
            if (cost == 0) continue;
            thread.tree().addSelf(e, thread.node(), cost);
            frames.add(thread.place(), e, cost);
            totals[e] += cost;
        }
    }

    private void held(TachThread thread, double length) {
        if (thread.held()) times.add(thread.number(), thread.at(), length, thread.heldNode());
    }

    private Profile profile() {
        context.checkpoint();
        if (full > 0) warnings.add("tach.full-stacks", 0, full, PYTHONS_DEPTH);
        if (times.dropped()) warnings.add("tach.no-times", 0);
        List<Event> events = new ArrayList<>();
        List<Integer> kept = new ArrayList<>();
        for (int e = 0; e < EVENTS; e++) {
            if (totals[e] == 0) continue;
            kept.add(e);
            events.add(new Event(NAMES.get(e), strings.get("tach.event." + NAMES.get(e)), e == TIME ? Unit.MICROSECONDS : Unit.SAMPLES, totals[e]));
        }
        int[] columns = kept.stream().mapToInt(Integer::intValue).toArray();
        List<StackTree> trees = order.stream().map(thread -> thread.tree().build(columns)).toList();
        List<ThreadInfo> infos = new ArrayList<>();
        for (int t = 0; t < trees.size(); t++) {
            double sum = 0;
            for (int node = 0; node < trees.get(t).size(); node++) sum += trees.get(t).self(SAMPLES, node);
            infos.add(new ThreadInfo(name(order.get(t)), sum));
        }
        String creator = strings.get(header.mode().isEmpty() ? "tach.creator" : "tach.creator-mode", header.python(), header.mode());
        var info = new ProfileInfo(TachFormat.ID, creator, null, events, infos, warnings.list("tach.more"));
        return new Profile.Stacks(info, frames.functions(), frames.lines(columns), trees, times.build(trees.size()), EmbeddedSources.NONE);
    }

    private String name(TachThread thread) {
        String id = Long.toUnsignedString(thread.id());
        if (thread.main()) return strings.get("tach.main-thread", id);
        return thread.interpreter() == 0 ? strings.get("tach.thread", id)
                : strings.get("tach.thread-of", id, Integer.toUnsignedString(thread.interpreter()));
    }
}
