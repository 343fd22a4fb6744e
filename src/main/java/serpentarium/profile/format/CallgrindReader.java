package serpentarium.profile.format;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.profile.CallGraph;
import serpentarium.profile.Glimpse;
import serpentarium.profile.Profile;
import serpentarium.profile.ProfileInfo;
import serpentarium.task.TaskContext;

/// Reads one callgrind file, line by line, without an object a line.
///
/// The grammar is that of valgrind's manual ("Callgrind Format Specification", version 1) with what its writers really do: a call's
/// target is looked up when the line with its cost comes, for some write `cfn=` before `cfi=`; numbers of names hold over all parts.
final class CallgrindReader {
    private static final int LONGEST_LINE = 1 << 20;
    private static final double NOTICEABLE = 0.02;

    /// What the next line that starts with a position is.
    private enum Pending { NOTHING, CALL, JUMP, SKIPPED }

    private final Strings strings;
    private Source source;
    private final Glimpses glimpses;
    private final boolean byLine;
    private final ReadWarnings warnings;
    private final CallgrindNames names;
    private final CallgrindFunctions functions;
    private final CallgrindHeader header;
    private final CallgrindParts parts;
    private CallgrindDialect dialect = CallgrindDialect.VALGRIND;
    private CallgrindLines lines;
    private long line;
    private CallGraph.Builder graph;
    private int[] columns = {};
    private int events;
    private final CostLine cost = new CostLine();
    private double[] costs;
    private double[] self;
    private double[] partSelf;
    private int object;
    private int home;
    private int file;
    private int name = -1;
    private int nameObject;
    private int function = -1;
    private boolean anyHome;
    private final CallgrindCall call = new CallgrindCall();
    private Pending pending = Pending.NOTHING;
    private int rowFile = -1;
    private int rowFileOf = -1;
    private final CallgrindRemarks remarks = new CallgrindRemarks();

    /// `first` is the first file that will be read; `byLine` says whether costs by line are kept.
    CallgrindReader(Strings strings, Source first, Glimpses glimpses, boolean byLine) {
        this.byLine = byLine;
        this.strings = strings;
        source = first;
        this.glimpses = glimpses;
        warnings = new ReadWarnings(strings, source.name());
        names = new CallgrindNames(strings, warnings, source.name());
        functions = new CallgrindFunctions(names);
        header = new CallgrindHeader(strings);
        parts = new CallgrindParts(strings);
    }

    /// Reads the files of a run as one profile.
    Profile read(List<Source> files, TaskContext context) throws IOException {
        boolean empty = true;
        for (Source each : files) {
            begin(each);
            read(files.size() == 1 ? context : context.child(1.0 / files.size()));
            empty &= line == 0;
        }
        if (parts.isEmpty()) {
            String problem = empty ? "callgrind.empty" : "callgrind.no-costs";
            throw new ProblemException(Problem.of(strings, problem, Place.of(source.name())));
        }
        return build(context);
    }

    /// Forgets what holds for one file only.
    private void begin(Source next) {
        source = next;
        warnings.source(next.name());
        names.restart(next.name());
        header.nextFile();
        line = 0;
        object = 0;
        home = 0;
        file = 0;
        anyHome = false;
    }

    private void read(TaskContext context) throws IOException {
        try (var in = new LineRuns(source, context, LONGEST_LINE)) {
            while (in.next()) {
                if (line == 0 && utf16(in)) throw new ProblemException(Problem.of(strings, "callgrind.utf16", Place.of(source.name())));
                if (in.tooLong()) {
                    line++;
                    malformed();
                } else lines(in.bytes(), in.start(), in.end());
                if (glimpses.wanted() && !parts.isEmpty()) glimpses.show(glimpse());
            }
        }
        if (pending == Pending.CALL) warnings.add("callgrind.call-without-cost", line);
        endPart();
    }

    /// The sums so far, but for those of the function at hand.
    private Glimpse glimpse() {
        int size = functions.size();
        var event = header.events().event(0, dialect, parts.total(0, size));
        return Glimpse.of(event, size, f -> parts.self(0, f), functions::name);
    }

    private Profile build(TaskContext context) {
        int size = functions.size();
        double[] totals = new double[events];
        for (int e = 0; e < events; e++) totals[e] = parts.total(e, size);
        if (parts.linesLeftOut()) warnings.once("callgrind.lines-left-out", 0);
        var threads = parts.threads(size);
        List<CallGraph> graphs = parts.build(header.events().formulas(), size, totals, remarks, context);
        var info = new ProfileInfo("callgrind", header.creator(), header.command(), header.events().events(dialect, totals), threads,
                warnings.list("callgrind.more"));
        return new Profile.Graph(info, functions.frames(dialect), parts.lines(size, header.events().formulas()), graphs);
    }

    private static boolean utf16(LineRuns in) {
        int mark = in.end() - in.start() < 2 ? 0 : (in.bytes()[in.start()] & 0xff) << 8 | in.bytes()[in.start() + 1] & 0xff;
        return mark == 0xFEFF || mark == 0xFFFE;
    }

    private void lines(byte[] b, int from, int to) {
        for (int at = from; at < to;) {
            if (function >= 0 && pending == Pending.NOTHING && !dialect.definitionLinesOnly() && remarks.none()) {
                at = cost.run(b, at, to);
                if (cost.runLength() > 0) {
                    addRun(cost.runLines(), cost.runCosts(), cost.runLength());
                    continue;
                }
            }
            line++;
            int next = graph == null ? -1 : cost.usual(b, at);
            if (next >= 0) counted();
            else {
                next = at;
                while (b[next] != '\n') next++;
                line(b, at, next > at && b[next - 1] == '\r' ? next - 1 : next);
                next++;
            }
            at = next;
        }
    }

    private void line(byte[] b, int from, int to) {
        int s = from;
        int e = to;
        while (s < e && AsciiNumber.blank(b[s])) s++;
        if (s == e) return;
        int c = b[s];
        if (c >= '0' && c <= '9' || c == '+' || c == '-' || c == '*') {
            if (graph == null) beginPart();
            if (cost.read(b, s, e)) counted();
            else {
                malformed();
                pending = Pending.NOTHING;
            }
            return;
        }
        if (c == '#') {
            remarks.take(b, s, e, graph, function);
            return;
        }
        while (AsciiNumber.blank(b[e - 1])) e--;
        int key = 0;
        int i = s;
        while (i < e && b[i] >= 'a' && b[i] <= 'z') key = key << 8 | b[i++];
        if (i < e && b[i] == '=' && i > s) named(key, i - s, b, i + 1, e);
        else headerLine(b, s, e);
    }

    private void headerLine(byte[] b, int s, int e) {
        int colon = s;
        while (colon < e && colon < s + 32 && b[colon] != ':') colon++;
        if (colon >= e || b[colon] != ':') {
            malformed();
            return;
        }
        String key = ByteTexts.decode(b, s, colon);
        if (graph != null && CallgrindHeader.beginsPart(key)) endPart();
        if (!header.take(key, b, colon + 1, e) && graph != null) malformed();
    }

    private void named(int key, int length, byte[] b, int s, int e) {
        int from = s;
        while (from < e && AsciiNumber.blank(b[from])) from++;
        if (length > 6) {
            malformed();
            return;
        }
        switch (length > 4 ? 'a' << 24 | 'l' << 16 | 'l' << 8 | 's' : key) {
            case 'o' << 8 | 'b' -> object = names.text(CallgrindNames.Space.OBJECT, b, from, e, line);
            case 'f' << 8 | 'l' -> {
                file = home = names.text(CallgrindNames.Space.FILE, b, from, e, line);
                anyHome = true;
            }
            case 'f' << 8 | 'i', 'f' << 8 | 'e' -> {
                file = names.text(CallgrindNames.Space.FILE, b, from, e, line);
                if (!anyHome) home = file;
            }
            case 'f' << 8 | 'n' -> {
                leave();
                file = home;
                name = names.text(CallgrindNames.Space.FUNCTION, b, from, e, line);
                nameObject = object;
                call.name = -1;
                remarks.enter();
            }
            case 'c' << 16 | 'o' << 8 | 'b' -> call.object = names.text(CallgrindNames.Space.OBJECT, b, from, e, line);
            case 'c' << 16 | 'f' << 8 | 'i', 'c' << 16 | 'f' << 8 | 'l' ->
                    call.file = names.text(CallgrindNames.Space.FILE, b, from, e, line);
            case 'c' << 16 | 'f' << 8 | 'n' -> call.name = names.text(CallgrindNames.Space.FUNCTION, b, from, e, line);
            case 'j' << 16 | 'f' << 8 | 'i' -> names.text(CallgrindNames.Space.FILE, b, from, e, line);
            case 'j' << 16 | 'f' << 8 | 'n' -> names.text(CallgrindNames.Space.FUNCTION, b, from, e, line);
            case 'j' << 24 | 'u' << 16 | 'm' << 8 | 'p', 'j' << 24 | 'c' << 16 | 'n' << 8 | 'd' -> pending = Pending.JUMP;
            case 'a' << 24 | 'l' << 16 | 'l' << 8 | 's' -> {
                boolean known = key == ('a' << 24 | 'l' << 16 | 'l' << 8 | 's') && b[s - 6] == 'c';
                if (known && (length == 5 || length == 6 && b[s - 7] == 'r')) calls(b, from, e);
                else malformed();
            }
            default -> malformed();
        }
    }

    /// `COUNT POSITION…`: how many calls, and where the callee starts, which only matters where it is the line of a definition.
    private void calls(byte[] b, int s, int e) {
        if (pending == Pending.CALL) warnings.add("callgrind.call-without-cost", line);
        int end = call.count(b, s, e);
        pending = end < 0 ? Pending.SKIPPED : Pending.CALL;
        if (end < 0) malformed();
        else call.target = cost.target(b, end, e);
    }

    /// Takes the costs of the line that was read.
    private void counted() {
        Pending kind = pending;
        pending = Pending.NOTHING;
        if (cost.tooMany()) warnings.once("callgrind.extra-costs", line);
        remarks.scale(costs);
        if (kind == Pending.NOTHING) addSelf();
        else if (kind == Pending.CALL) addCall();
        else if (kind == Pending.JUMP && cost.count() > 0) addSelf();
    }

    private void addSelf() {
        if (function < 0) enter();
        boolean any = false;
        for (int e = 0; e < events; e++) {
            any |= costs[e] != 0;
            self[e] += costs[e];
        }
        if (remarks.definition() || dialect.definitionLinesOnly()) functions.defined(function, cost.line());
        else if (any && byLine && (rowFile() >= 0 || cost.line() != 0)) lines.own().add(function, rowFile, cost.line(), costs);
    }

    /// Takes the costs of lines that were read at once.
    private void addRun(int[] at, long[] cost, int length) {
        line += length;
        boolean elsewhere = byLine && rowFile() >= 0;
        long sum = 0;
        int rows = 0;
        for (int i = 0; i < length; i++) {
            sum += cost[i];
            at[rows] = at[i];
            cost[rows] = cost[i];
            if (cost[i] != 0 && (at[i] != 0 || elsewhere)) rows++;
        }
        self[0] += sum;
        if (rows > 0 && byLine) lines.own().add(function, rowFile, at, cost, rows);
    }

    /// The file at hand, -1 for the function's own: only in another one are costs of unknown lines worth a row.
    private int rowFile() {
        if (rowFileOf != file) rowFile = file == functions.file(function) ? -1 : lines.own().file(names.get(file));
        rowFileOf = file;
        return rowFile;
    }

    private void addCall() {
        if (call.name < 0) {
            malformed();
            return;
        }
        if (function < 0) enter();
        int called = function(call.object < 0 ? object : call.object, call.file < 0 ? file : call.file, call.name);
        call.elsewhere();
        if (dialect.definitionLinesOnly()) functions.defined(called, call.target);
        int edge = parts.edge(graph, function, called, events);
        if (edge < 0) throw names.tooLarge(line);
        remarks.guess(costs);
        for (int e = 0; e < events; e++) graph.addEdgeTotal(e, edge, costs[e]);
        call.add(graph.edgeCalls(), edge);
        if (!byLine || cost.line() == 0 || dialect.definitionLinesOnly() || functions.line(function) == cost.line()) return;
        lines.call(function, file == functions.file(function) ? null : names.get(file), cost.line(), called, call.count(), costs);
    }

    /// Makes the function of the last `fn=` line the one that costs go to. Not before it has some: yappi names all functions at the start
    /// of the file, under whatever file is current there.
    private void enter() {
        if (name < 0) {
            warnings.once("callgrind.cost-before-function", line);
            name = names.text(CallgrindNames.Space.FUNCTION, new byte[] {'?', '?', '?'}, 0, 3, line);
            nameObject = object;
        }
        function = function(nameObject, home, name);
        rowFileOf = -1;
    }

    /// Books the costs of the function at hand.
    private void leave() {
        if (function < 0) return;
        for (int e = 0; e < events; e++) {
            if (self[e] == 0) continue;
            graph.addSelf(e, function, self[e]);
            partSelf[e] += self[e];
            self[e] = 0;
        }
        function = -1;
    }

    private int function(int objectText, int fileText, int nameText) {
        int before = functions.size();
        int found = functions.of(objectText, fileText, nameText);
        boolean added = functions.size() > before;
        if (added && (before >= CallgrindFunctions.MAX || events > 0 && !parts.roomFor(before, events))) throw names.tooLarge(line);
        return found;
    }

    private void beginPart() {
        CallgrindEvents known = header.events();
        if (header.columns() == null) warnings.once("callgrind.no-events", line);
        if (parts.isEmpty()) {
            dialect = CallgrindDialect.of(header.creator(), known.first(), known.anyDefined(), anyHome);
            known.fix();
            events = known.measured();
            self = new double[events];
            partSelf = new double[events];
            remarks.begin(dialect, known);
        }
        columns = header.columns() == null ? new int[] {0} : header.columns();
        for (int column : columns) if (column < 0) warnings.once("callgrind.other-events", line);
        cost.shape(header.positions(), header.linePosition(), columns, events);
        costs = cost.costs();
        graph = parts.of(header, events, functions.size());
        if (graph == null) {
            warnings.once("callgrind.many-parts", line);
            graph = parts.last();
        }
        if (byLine) lines = parts.lines(graph, events);
    }

    private void endPart() {
        leave();
        if (graph != null && !dialect.definitionLinesOnly()) {
            if (header.isCutOff()) warnings.add("callgrind.cut-off", line);
            else if (header.promised() != null) compare(header.promised());
        }
        if (lines != null) lines.end();
        header.nextPart();
        graph = null;
        name = -1;
        call.name = -1;
        call.elsewhere();
        pending = Pending.NOTHING;
        cost.restart();
        if (partSelf != null) Arrays.fill(partSelf, 0);
    }

    private void compare(double[] promised) {
        for (int i = 0; i < Math.min(promised.length, columns.length); i++) {
            if (columns[i] < 0) continue;
            double sum = partSelf[columns[i]];
            if (Math.abs(sum - promised[i]) <= NOTICEABLE * Math.max(Math.abs(sum), Math.abs(promised[i]))) continue;
            warnings.add("callgrind.sum-differs", line, header.events().name(columns[i]), sum, promised[i]);
            return;
        }
    }

    private void malformed() {
        warnings.add("callgrind.malformed", line);
    }
}
