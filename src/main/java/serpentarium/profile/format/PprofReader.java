package serpentarium.profile.format;

import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.profile.Profile;
import serpentarium.profile.StackTree;
import serpentarium.task.TaskContext;

/// Reads one pprof file: the samples become a tree over locations as they come, the tables say at the end what these are.
final class PprofReader {
    private static final int MAX_NODES = 24_000_000;
    private static final int MAX_TYPES = 64;
    private static final double LABELS_SHARE = 0.3;
    private static final int MAX_DEPTH = 1 << 20;
    private static final int LONGEST_TEXT = 1 << 24;

    private final int rows = (int) Math.min(4_000_000, Runtime.getRuntime().maxMemory() / 1000);
    private final Strings strings;
    private final Source source;
    private final TaskContext context;
    private final ReadWarnings warnings;
    private final PprofTables tables = new PprofTables();
    private final List<long[]> types = new ArrayList<>();
    private long defaultType;
    private final PprofLabels labels = new PprofLabels();
    private final List<StackTree.Builder> trees = new ArrayList<>();
    private long nodes;
    private int values;
    private int[] stack = new int[256];
    private double[] value = new double[MAX_TYPES];

    PprofReader(Strings strings, Source source, TaskContext context) {
        this.strings = strings;
        this.source = source;
        this.context = context;
        warnings = new ReadWarnings(strings, source.name());
    }

    /// Reads it.
    Profile read() throws IOException {
        context.checkpoint();
        findLabels();
        try (var in = new ProtoInput(new ProgressStream(source.open(), source.size(), context.child(1 - LABELS_SHARE)))) {
            profile(in);
        } catch (EOFException _) {
            warnings.add("pprof.truncated", 0);
        } catch (StreamCorruptedException e) {
            warnings.add("pprof.damaged", 0, Long.parseLong(e.getMessage()));
        }
        if (trees.isEmpty()) throw problem("pprof.no-samples");
        if (labels.merged()) warnings.add("pprof.many-threads", 0);
        List<StackTree> built = new ArrayList<>();
        for (int t = 0; t < trees.size(); t++) built.add(trees.set(t, null).build());
        Profile profile = new PprofProfile(strings, tables, labels, types, defaultType, warnings, context).bind(built);
        if (profile == null) throw problem("pprof.no-functions");
        return profile;
    }

    /// What is wrong with the file is found when it is read as a whole.
    private void findLabels() throws IOException {
        try (var in = new ProtoInput(new ProgressStream(source.open(), source.size(), context.child(LABELS_SHARE)))) {
            labels.find(in);
        } catch (EOFException | StreamCorruptedException _) {
            context.checkpoint();
        }
    }

    private ProblemException problem(String id) {
        String found = warnings.list("pprof.more").stream().findFirst().map(w -> w.text()).orElse("");
        return new ProblemException(Problem.of(strings, id, Place.of(source.name()), found));
    }

    private void profile(ProtoInput in) throws IOException {
        while (in.next()) {
            switch (in.field()) {
                case 1 -> type(in);
                case 2 -> sample(in);
                case 3 -> mapping(in);
                case 4 -> location(in);
                case 5 -> function(in);
                case 6 -> {
                    if (!tables.text(in.bytes(LONGEST_TEXT))) warnings.once("pprof.too-large", 0);
                }
                case 14 -> defaultType = in.number();
                default -> in.skip();
            }
        }
    }

    private void type(ProtoInput in) throws IOException {
        long before = in.enter();
        long[] type = new long[2];
        while (in.next()) {
            if (in.field() == 1) type[0] = in.number();
            else if (in.field() == 2) type[1] = in.number();
            else in.skip();
        }
        in.leave(before);
        if (types.size() < MAX_TYPES) types.add(type);
    }

    private void sample(ProtoInput in) throws IOException {
        long before = in.enter();
        int depth = 0;
        int count = 0;
        labels.clear();
        while (in.next()) {
            if (in.field() == 3 && in.type() == ProtoInput.LENGTH && labels.any()) {
                labels.label(in);
                continue;
            }
            boolean location = in.field() == 1;
            if (!location && in.field() != 2) {
                in.skip();
                continue;
            }
            boolean packed = in.type() == ProtoInput.LENGTH;
            if (!packed && in.type() != ProtoInput.VARINT) {
                in.skip();
                continue;
            }
            long outer = packed ? in.enter() : 0;
            for (boolean more = !packed || in.more(); more; more = packed && in.more()) {
                long number = in.varint();
                if (location) {
                    if (depth < MAX_DEPTH && (tables.locations() < rows || depth == 0)) depth = push(depth, tables.location(number));
                    else warnings.once("pprof.too-large", 0);
                } else if (count < MAX_TYPES) value[count++] = number;
            }
            if (packed) in.leave(outer);
        }
        in.leave(before);
        add(depth, count);
    }

    private int push(int depth, int location) {
        if (depth == stack.length) stack = Arrays.copyOf(stack, depth * 2);
        stack[depth] = location;
        return depth + 1;
    }

    private void add(int depth, int count) {
        if (count == 0 || depth == 0) {
            warnings.add("pprof.empty-sample", 0);
            return;
        }
        if (values == 0) values = Math.max(1, Math.max(count, types.size()));
        if (nodes > MAX_NODES / values) {
            warnings.once("pprof.too-large", 0);
            return;
        }
        int thread = labels.group();
        if (thread == trees.size()) trees.add(new StackTree.Builder(values));
        StackTree.Builder tree = trees.get(thread);
        int before = tree.size();
        int node = 0;
        for (int i = depth - 1; i >= 0; i--) node = tree.child(node, stack[i]);
        nodes += tree.size() - before;
        for (int v = 0; v < Math.min(count, values); v++) {
            if (value[v] < 0) warnings.add("pprof.negative", 0);
            else tree.addSelf(v, node, value[v]);
        }
    }

    private void mapping(ProtoInput in) throws IOException {
        long before = in.enter();
        long id = 0;
        long file = 0;
        while (in.next()) {
            if (in.field() == 1) id = in.number();
            else if (in.field() == 5) file = in.number();
            else in.skip();
        }
        in.leave(before);
        tables.mapping(id, file);
    }

    private void location(ProtoInput in) throws IOException {
        long before = in.enter();
        long id = 0;
        long mapping = 0;
        long address = 0;
        int from = tables.lines();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> id = in.number();
                case 2 -> mapping = in.number();
                case 3 -> address = in.number();
                case 4 -> line(in);
                default -> in.skip();
            }
        }
        in.leave(before);
        if (tables.locations() >= rows) warnings.once("pprof.too-large", 0);
        else tables.define(tables.location(id), address, mapping, from);
    }

    private void line(ProtoInput in) throws IOException {
        long before = in.enter();
        long function = 0;
        long number = 0;
        while (in.next()) {
            if (in.field() == 1) function = in.number();
            else if (in.field() == 2) number = in.number();
            else in.skip();
        }
        in.leave(before);
        if (tables.lines() < rows) tables.line(function, Math.clamp(number, 0, Integer.MAX_VALUE));
        else warnings.once("pprof.too-large", 0);
    }

    private void function(ProtoInput in) throws IOException {
        long before = in.enter();
        long[] fields = new long[6];
        while (in.next()) {
            if (in.field() < fields.length) fields[in.field()] = in.number();
            else in.skip();
        }
        in.leave(before);
        if (tables.functions() < rows) tables.function(fields[1], new PprofTables.Function(fields[2], fields[3], fields[4], fields[5]));
        else warnings.once("pprof.too-large", 0);
    }
}
