package serpentarium.profile.format;

import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.profile.EmbeddedSources;
import serpentarium.profile.Event;
import serpentarium.profile.Profile;
import serpentarium.profile.ProfileInfo;
import serpentarium.profile.StackTree;
import serpentarium.profile.Unit;
import serpentarium.task.TaskContext;

/// Reads one MOJO file, event by event. A sample starts with its thread and ends where the next one starts.
final class MojoReader {
    private static final int LAST_VERSION = 4;
    private static final int LONGEST_TEXT = 1 << 20;
    private static final int MAX_FRAMES = 1 << 20;
    private static final int MAX_PROCESSES = 1 << 16;

    private final int mostKeys = (int) Math.min(4_000_000, Runtime.getRuntime().maxMemory() / 1000);
    private final Strings strings;
    private final Source source;
    private final TaskContext context;
    private final ReadWarnings warnings;
    private final LinedFrames frames = new LinedFrames(MojoStacks.EVENTS);
    private final MojoStacks stacks;
    private final Map<Long, MojoKeys> processes = new HashMap<>();
    private final int invalid;
    private final int garbage;
    private final int unknown;
    private final int nothing;
    private final BitSet passing = new BitSet();
    private final long mostCharacters = Math.min(256 << 20, Runtime.getRuntime().maxMemory() / 8);
    private long characters;
    private int keys;
    private int version;
    private String mode = "";
    private String austin;
    private ByteInput in;

    private long process;
    private MojoKeys own = new MojoKeys();
    private MojoStacks.Part part;
    private int[] pushed = new int[64];
    private int depth;
    private boolean repeat;
    private boolean collecting;
    private boolean idle;
    private double time;
    private double memory;
    private boolean timed;
    private boolean sized;

    private boolean inTask;
    private long task;
    private String taskName;
    private int taskFrom;
    private boolean tasksSeen;
    private boolean idleSeen;
    private boolean timeSeen;
    private boolean memorySeen;
    private long samples;

    MojoReader(Strings strings, Source source, TaskContext context) {
        this.strings = strings;
        this.source = source;
        this.context = context;
        warnings = new ReadWarnings(strings, source.name());
        stacks = new MojoStacks(strings, frames);
        invalid = frames.place(":INVALID:", null, null, 0);
        garbage = frames.place(":GC:", null, null, 0);
        unknown = frames.place(strings.get("mojo.unknown"), null, null, 0);
        nothing = frames.place(strings.get("mojo.no-frames"), null, null, 0);
        passing.set(invalid);
    }

    /// Reads it.
    Profile read() throws IOException {
        context.checkpoint();
        try (var bytes = new ByteInput(new ProgressStream(source.open(), source.size(), context))) {
            in = bytes;
            try {
                header();
                while (in.more() && event(in.u8())) continue;
            } catch (EOFException _) {
                warnings.addAt("mojo.truncated", Place.offset(source.name(), in.position()));
                if (!timed && !sized) part = null;
            } catch (StreamCorruptedException _) {
                warnings.addAt("mojo.damaged", Place.offset(source.name(), in.position()));
            }
        }
        finish();
        if (samples == 0) throw new ProblemException(Problem.of(strings, "mojo.no-samples", Place.of(source.name())));
        return profile();
    }

    private void header() throws IOException {
        in.skip(3);
        version = Math.clamp(integer(), 0, Integer.MAX_VALUE);
        if (version < 1 || version > LAST_VERSION)
            throw new ProblemException(Problem.of(strings, "mojo.version", Place.of(source.name()), version, LAST_VERSION));
    }

    /// The sign and six bits in the first byte, then seven in each.
    private long integer() throws IOException {
        int first = in.u8();
        long value = first < 0x80 ? first & 0x3f : in.rest(first & 0x3f, 6);
        return (first & 0x40) == 0 ? value : -value;
    }

    private String text() throws IOException {
        in.untilZero(LONGEST_TEXT);
        return in.string();
    }

    private boolean event(int id) throws IOException {
        switch (id) {
            case 1 -> metadata(text(), text());
            case 2 -> stack();
            case 3 -> frame();
            case 4 -> push(invalid);
            case 5 -> push(reference(integer()));
            case 6 -> kernel(text());
            case 7 -> collecting = true;
            case 8 -> idle = true;
            case 9 -> time(integer());
            case 10 -> {
                memory = integer();
                sized = true;
            }
            case 11 -> {
                long key = integer();
                String text = text();
                if (room()) change(text.length(), () -> own.text(key, text));
            }
            case 12 -> integer();
            case 13 -> repeat = true;
            case 14 -> task(integer(), integer());
            case 15 -> {
                integer();
                integer();
            }
            default -> {
                warnings.addAt("mojo.unknown-event", Place.offset(source.name(), in.position() - 1), id);
                return false;
            }
        }
        return true;
    }

    private void metadata(String key, String value) {
        if (key.equals("mode")) mode = value;
        else if (key.equals("austin")) austin = value;
    }

    private void stack() throws IOException {
        finish();
        process = integer();
        long interpreter = version >= 3 ? integer() : -1;
        String thread = text();
        MojoKeys known = processes.get(process);
        if (known == null) {
            known = new MojoKeys();
            if (processes.size() < MAX_PROCESSES) processes.put(process, known);
        }
        own = known;
        part = stacks.part(new MojoStacks.Key(process, interpreter, thread));
    }

    /// Whether there is room for one more key.
    private boolean room() {
        if (keys < mostKeys && frames.size() < mostKeys && characters < mostCharacters) return true;
        warnings.once("mojo.too-many-keys", 0);
        return false;
    }

    private void change(int text, Runnable change) {
        int before = own.size();
        change.run();
        keys += own.size() - before;
        if (own.size() > before) characters += text;
    }

    private void kernel(String name) {
        int place = unknown;
        if (room()) {
            int before = frames.size();
            place = frames.place(named(name), null, "[kernel]", 0);
            if (frames.size() > before) characters += name.length();
        }
        passing.set(place);
        push(place);
    }

    private void frame() throws IOException {
        long key = integer();
        String file = own.text(integer());
        String name = own.text(integer());
        int line = Math.clamp(integer(), 0, Integer.MAX_VALUE);
        if (version >= 2) for (int i = 0; i < 3; i++) integer();
        if (!room()) return;
        boolean library = file.matches(".*\\.(so[.0-9]*|dylib|dll|pyd)");
        int place = frames.place(named(name), file.isEmpty() || library ? null : file, library ? file : null, library ? 0 : line);
        change(0, () -> own.place(key, place));
        // Austin's own rule for what a repeated stack leaves out: native frames above the last one of Python.
        if (!file.endsWith(".py") && !(file.startsWith("<") && file.endsWith(">"))) passing.set(place);
    }

    private String named(String name) {
        return name.isEmpty() ? strings.get("mojo.unknown") : name;
    }

    private int reference(long key) {
        int place = own.place(key);
        if (place < 0) warnings.addAt("mojo.unknown-frame", Place.offset(source.name(), in.position()), Long.toString(key));
        return place < 0 ? unknown : place;
    }

    private void push(int place) {
        if (depth == MAX_FRAMES) {
            warnings.once("mojo.deep", 0, MAX_FRAMES);
            return;
        }
        if (depth == pushed.length) pushed = Arrays.copyOf(pushed, depth * 2);
        pushed[depth++] = place;
    }

    private void time(long value) {
        if (inTask) {
            suspended(value);
            return;
        }
        time = value;
        timed = true;
    }

    /// The frames that follow, up to a time, are those of a task.
    private void task(long key, long name) {
        if (!inTask) taskFrom = depth;
        depth = taskFrom;
        inTask = true;
        tasksSeen = true;
        task = key;
        taskName = own.text(name);
    }

    /// A task's frames are where it stands from now on, the time is how long it stood where it stood before.
    private void suspended(long value) {
        MojoStacks.Part tasks = stacks.part(new MojoStacks.Key(process, -1, null));
        stacks.begin(tasks, false);
        int node = -1;
        if (depth > taskFrom && room()) {
            stacks.push(tasks, frames.place(taskName.isEmpty() ? strings.get("mojo.task") : taskName, null, null, 0), false);
            for (int i = taskFrom; i < depth; i++) stacks.push(tasks, pushed[i], false);
            node = stacks.node(tasks);
        }
        int size = own.size();
        int before = own.task(task, node);
        keys += own.size() - size;
        if (before >= 0 && value > 0) stacks.addSuspended(tasks, before, value);
        inTask = false;
        depth = taskFrom;
    }

    /// Ends the sample at hand.
    private void finish() {
        if (inTask) depth = taskFrom;
        if (part != null && (timed || sized)) sample();
        else if (part != null) warnings.add("mojo.no-metric", 0);
        part = null;
        depth = 0;
        repeat = false;
        collecting = false;
        idle = false;
        timed = false;
        sized = false;
        inTask = false;
    }

    private void sample() {
        stacks.begin(part, repeat);
        for (int i = 0; i < depth; i++) if (!stacks.push(part, pushed[i], passing.get(pushed[i]))) return;
        if (collecting) stacks.push(part, garbage, true);
        if (stacks.node(part) == 0) stacks.push(part, nothing, true);
        if (stacks.node(part) == 0) return;
        samples++;
        if (timed && time < 0) warnings.add("mojo.negative", 0);
        double lasted = timed ? Math.max(0, time) : 0;
        timeSeen |= timed;
        memorySeen |= sized;
        idleSeen |= idle;
        if (lasted > 0) stacks.add(part, MojoStacks.TIME, lasted);
        if (lasted > 0 && !idle) stacks.add(part, MojoStacks.BUSY, lasted);
        if (sized && memory > 0) stacks.add(part, MojoStacks.MEMORY, memory);
        if (sized && memory < 0) stacks.add(part, MojoStacks.FREED, -memory);
        stacks.time(part, timed ? lasted : Math.max(0, memory), timed ? Unit.MICROSECONDS : Unit.BYTES);
    }

    private Profile profile() {
        context.checkpoint();
        if (stacks.full()) warnings.add("mojo.too-large", 0);
        if (stacks.merged()) warnings.add("mojo.many-threads", 0);
        if (stacks.untimed()) warnings.add("mojo.no-times", 0);
        List<Event> events = new ArrayList<>();
        List<Integer> kept = new ArrayList<>();
        boolean processor = mode.startsWith("cpu");
        boolean both = !processor && (mode.equals("full") || idleSeen);
        if (timeSeen) event(events, kept, MojoStacks.TIME, processor ? "cpu" : "time", Unit.MICROSECONDS);
        if (timeSeen && both) event(events, kept, MojoStacks.BUSY, "cpu", Unit.MICROSECONDS);
        if (memorySeen) event(events, kept, MojoStacks.MEMORY, "memory", Unit.BYTES);
        if (stacks.total(MojoStacks.FREED) > 0) event(events, kept, MojoStacks.FREED, "freed", Unit.BYTES);
        if (tasksSeen) event(events, kept, MojoStacks.SUSPENDED, "suspended", Unit.MICROSECONDS);
        int[] columns = kept.stream().mapToInt(Integer::intValue).toArray();
        List<StackTree> trees = stacks.trees(columns);
        String creator = austin == null ? "austin" : "austin " + austin;
        var info = new ProfileInfo(MojoFormat.ID, creator, null, events, stacks.infos(trees), warnings.list("mojo.more"));
        return new Profile.Stacks(info, frames.functions(), frames.lines(columns), trees, stacks.timelines(), EmbeddedSources.NONE);
    }

    private void event(List<Event> events, List<Integer> kept, int column, String id, Unit unit) {
        kept.add(column);
        events.add(new Event(id, strings.get("mojo.event." + id), unit, stacks.total(column)));
    }
}
