package serpentarium.traffic.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import serpentarium.base.PrivateFiles;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Place;
import serpentarium.base.Strings;
import serpentarium.traffic.Flow;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.FlowSource;
import serpentarium.traffic.FlowTable;
import serpentarium.traffic.FlowWriter;
import serpentarium.traffic.Message;
import serpentarium.traffic.Session;
import serpentarium.traffic.Side;

/// A session on disk, written to from the first flow on. Whatever ends this process, what was committed is there when it is opened again.
public final class DiskSession implements Session {
    private static final Strings STRINGS = Strings.of(DiskSession.class);
    private static final int CHAINS = 32;
    /// Ids that come again get numbers up to this; then looking for a free one would take as long as there are flows.
    private static final int NAMED = 20;

    private final Path path;
    private final SegmentLog log;
    private final boolean writable;
    private final SessionLimits limits;
    private final FileChannel lock;
    private SessionRows rows = new SessionRows();
    private final StoredBodies stored = new StoredBodies();
    private final Set<RecordingFlow> recording = new LinkedHashSet<>();
    private final List<String> warnings = new ArrayList<>();
    private final Map<Integer, FlowChain> chains = new LinkedHashMap<>(16, 0.75f, true) {
        @Override protected boolean removeEldestEntry(Map.Entry<Integer, FlowChain> eldest) {
            return size() > CHAINS;
        }
    };
    private SessionTable table;
    private boolean full;
    private boolean changed;
    private long unrecorded;

    private DiskSession(Path path, SegmentLog log, boolean writable, SessionLimits limits, FileChannel lock) {
        this.path = path;
        this.log = log;
        this.writable = writable;
        this.limits = limits;
        this.lock = lock;
    }

    /// Makes a new session in a folder, which is made too and is private to the user.
    ///
    /// @throws IOException when the folder holds a session already or cannot be written
    public static DiskSession create(Path folder, SessionLimits limits) throws IOException {
        PrivateFiles.folder(folder);
        if (!SegmentLog.files(folder).isEmpty()) throw new java.nio.file.FileAlreadyExistsException(folder.toString());
        return open(folder, limits);
    }

    /// Makes a new session that is one file, private to the user.
    ///
    /// @throws IOException when there is such a file already or it cannot be written
    public static DiskSession createFile(Path file) throws IOException {
        try (FileChannel channel = PrivateFiles.create(file)) {
            SegmentLog.start(channel, 1);
        }
        return open(file, SessionLimits.NONE);
    }

    /// Opens a session to read it and to go on with it. Where another process has it open, or it cannot be written, it is only read.
    ///
    /// @throws ProblemException when it is no session
    /// @throws IOException      when it cannot be read
    public static DiskSession open(Path path, SessionLimits limits) throws IOException {
        FileChannel lock = SessionLock.of(path);
        DiskSession session = null;
        try {
            SegmentLog log = SegmentLog.open(path, lock != null, limits.segment());
            session = new DiskSession(path, log, lock != null, limits, lock);
            session.load();
            return session;
        } catch (IOException e) {
            if (session != null) session.log.close();
            if (lock != null) lock.close();
            if (e instanceof java.nio.file.FileSystemException) throw e;
            throw new ProblemException(Problem.of(STRINGS, "session.not-readable", Place.of(path.toString()), String.valueOf(e.getMessage())));
        }
    }

    private void load() throws IOException {
        long from = new SessionIndex(rows, warnings).read(log);
        if (from == 0) {
            rows = new SessionRows();
            warnings.clear();
        }
        warnings.addAll(log.scan(from, entry -> {
            if (entry.type() == SegmentLog.FLOW) take(entry);
            else if (entry.type() == SegmentLog.WARNING) warnings.add(new String(entry.payload(), java.nio.charset.StandardCharsets.UTF_8));
            return true;
        }));
        // What was going on when the writer ended does not go on.
        for (int row = 0; row < rows.columns.size(); row++) rows.columns.block(row).flags[FlowColumns.in(row)] &= ~FlowColumns.OPEN;
        changed = from == 0 && rows.columns.size() > 0;
        rows.touched();
    }

    private void take(SegmentLog.Entry entry) {
        try {
            rows.apply(entry.row(), entry.position(), entry.payload(), entry.payload().length);
        } catch (IOException e) {
            if (warnings.size() < 100) warnings.add(STRINGS.get("session.bad-record", entry.position()));
        }
    }

    /// Where it is.
    public Path path() {
        return path;
    }

    /// Whether it can only be read: another process has it open, or its files are write-protected.
    public boolean readOnly() {
        return !writable;
    }

    @Override public synchronized FlowWriter begin(String id, FlowKind kind, FlowSource source, double started) throws IOException {
        if (!writable) throw new IOException(STRINGS.get("session.read-only"));
        String name = id == null || id.isEmpty() ? UUID.randomUUID().toString() : id;
        for (int k = 2; rows.ids.find(name) >= 0; k++) name = id + "-" + (k <= NAMED ? String.valueOf(k) : UUID.randomUUID().toString());
        int row = rows.columns.size();
        var items = new ItemWriter();
        items.begin(Item.BEGIN).text(name).number(kind.ordinal()).number(source.ordinal()).real(started).end();
        var flow = new RecordingFlow(this, name, row, items);
        recording.add(flow);
        write(row, items);
        return flow;
    }

    /// Whether so many more bytes of bodies may be stored; counts what may not.
    synchronized boolean bodies(int more) {
        if (!full) return true;
        unrecorded += more;
        return false;
    }

    /// Stores a piece of a body, or a reference to an equal one.
    synchronized void store(RecordingFlow flow, Side side, byte[] piece, int length) throws IOException {
        long equal = stored.find(piece, 0, length);
        ItemWriter items = flow.items();
        if (equal != 0) {
            items.begin(Item.BODY_REF).number(side.ordinal()).number(equal).number(stored.offset()).number(length).end();
            return;
        }
        items.begin(Item.BODY).number(side.ordinal());
        int offset = items.size();
        items.raw(piece, 0, length).end();
        stored.add(write(flow.row(), items), offset);
    }

    /// Appends a flow's record and takes it into the columns.
    ///
    /// @return its position
    synchronized long write(int row, ItemWriter items) throws IOException {
        if (log.full()) roll();
        FlowColumns columns = rows.columns;
        long before = row < columns.size() ? columns.block(row).last[FlowColumns.in(row)] : 0;
        long position = log.append(SegmentLog.FLOW, row, before, items.bytes(), items.size());
        rows.apply(row, position, items.bytes(), items.size());
        items.clear();
        changed = true;
        return position;
    }

    synchronized void commit(int row, ItemWriter items) throws IOException {
        if (items.size() > 0) write(row, items);
        log.flush();
    }

    synchronized void ended(RecordingFlow flow) {
        recording.remove(flow);
    }

    private void roll() throws IOException {
        boolean over = log.size() >= limits.bytes();
        if (over && !limits.ring() && !full) {
            full = true;
            warn("", STRINGS.get("session.full", limits.bytes()));
        }
        log.roll();
        if (!limits.ring()) return;
        // A piece must not be kept in a file that is dropped before the one that refers to it.
        stored.clear();
        if (!over) return;
        for (RecordingFlow flow : recording) carry(flow.row());
        while (log.size() >= limits.bytes() && log.oldest() < log.current()) log.dropOldest();
        chains.clear();
        rows.dropBefore(log.oldest());
    }

    /// Writes the beginning of a flow that still goes on again, before the file that holds it is dropped.
    private void carry(int row) throws IOException {
        Flow flow = flow(row);
        FlowColumns.Block block = rows.columns.block(row);
        int i = FlowColumns.in(row);
        var items = new ItemWriter();
        items.begin(Item.BEGIN).text(flow.id()).number(flow.kind().ordinal()).number(flow.source().ordinal()).real(block.started[i]).end();
        FlowParts.write(flow, items);
        int messages = block.messages[i];
        block.last[i] = log.append(SegmentLog.FLOW, row, block.last[i], items.bytes(), items.size());
        rows.apply(row, block.last[i], items.bytes(), items.size());
        block.messages[i] = messages;
    }

    @Override public synchronized void warn(String where, String text) {
        String line = where.isEmpty() ? text : where + ": " + text;
        if (warnings.size() >= 1000) return;
        warnings.add(line);
        if (!writable) return;
        byte[] bytes = line.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        try {
            log.append(SegmentLog.WARNING, -1, 0, bytes, bytes.length);
            log.flush();
            changed = true;
        } catch (IOException e) {
            warnings.add(STRINGS.get("session.warning-lost", String.valueOf(e.getMessage())));
        }
    }

    @Override public synchronized FlowTable table() {
        if (table == null || table.version() != rows.version()) table = new SessionTable(rows);
        return table;
    }

    @Override public synchronized int row(String id) {
        return rows.ids.find(id);
    }

    private FlowChain chain(int row) throws IOException {
        java.util.Objects.checkIndex(row, rows.columns.size());
        FlowChain chain = chains.computeIfAbsent(row, _ -> new FlowChain());
        chain.extend(log, rows.columns.block(row).last[FlowColumns.in(row)]);
        return chain;
    }

    @Override public synchronized Flow flow(int row) throws IOException {
        FlowChain chain = chain(row);
        FlowParts parts = parts(row);
        for (int i = 0; i < chain.size(); i++) {
            byte[] payload = log.read(chain.position(i)).payload();
            parts.take(new ItemReader(payload, 0, payload.length));
        }
        return parts.flow(chain.messages(), chain.cut());
    }

    /// What the columns hold of a flow.
    synchronized FlowParts parts(int row) {
        FlowColumns.Block block = rows.columns.block(row);
        int i = FlowColumns.in(row);
        return new FlowParts(rows.ids.text(row), FlowColumns.KINDS[block.kind[i]], FlowColumns.SOURCES[block.source[i]], block.started[i]);
    }

    /// The position of a flow's last record.
    synchronized long last(int row) {
        return rows.columns.block(row).last[FlowColumns.in(row)];
    }

    /// The file with a position; null where it was dropped.
    synchronized SegmentLog.Written written(long position) throws IOException {
        return log.written(position);
    }

    @Override public InputStream body(int row, Side side) throws IOException {
        return new BodyStream(this, row, side);
    }

    /// The bytes of one side's body in one record of a flow; null past the last record.
    synchronized List<byte[]> bodyPieces(int row, int record, Side side) throws IOException {
        FlowChain chain = chain(row);
        if (record >= chain.size()) return null;
        byte[] payload = log.read(chain.position(record)).payload();
        var pieces = new ArrayList<byte[]>();
        var items = new ItemReader(payload, 0, payload.length);
        while (items.next()) {
            boolean here = items.tag() == Item.BODY;
            if (!here && items.tag() != Item.BODY_REF || items.choice(Side.values()) != side) continue;
            pieces.add(here ? items.rest() : referenced(items.number(), items.small(), items.small()));
        }
        return pieces;
    }

    private byte[] referenced(long position, int offset, int length) throws IOException {
        byte[] payload = log.read(position).payload();
        if (offset > payload.length || length > payload.length - offset) throw new IOException("a record of the session is damaged");
        return java.util.Arrays.copyOfRange(payload, offset, offset + length);
    }

    @Override public synchronized List<Message> messages(int row, int from, int to) throws IOException {
        var found = new ArrayList<Message>();
        visitMessages(row, from, to, (message, _) -> found.add(message));
        return found;
    }

    @Override public synchronized byte[] content(int row, int message, int limit) throws IOException {
        byte[][] content = {new byte[0]};
        visitMessages(row, message, message + 1, (_, items) -> {
            byte[] all = items.rest();
            content[0] = all.length > limit ? java.util.Arrays.copyOf(all, limit) : all;
        });
        return content[0];
    }

    private interface MessageVisitor {
        void visit(Message message, ItemReader content) throws IOException;
    }

    private void visitMessages(int row, int from, int to, MessageVisitor visitor) throws IOException {
        FlowChain chain = chain(row);
        int end = Math.min(to, chain.messages());
        if (from >= end) return;
        int record = chain.recordOf(from);
        int message = chain.firstMessage(record);
        for (; record < chain.size() && message < end; record++) {
            byte[] payload = log.read(chain.position(record)).payload();
            var items = new ItemReader(payload, 0, payload.length);
            while (items.next() && message < end) {
                if (items.tag() != Item.MESSAGE) continue;
                if (message++ < from) continue;
                Side side = items.choice(Side.values());
                double time = items.real();
                int opcode = items.small();
                long flags = items.number();
                visitor.visit(new Message(side, time, opcode, items.number(), (flags & 1) != 0, (flags & 2) != 0), items);
            }
        }
    }

    @Override public synchronized void notes(int row, String mark, String comment) throws IOException {
        var items = new ItemWriter();
        items.begin(Item.NOTES).text(mark).text(comment).end();
        change(row, items);
    }

    @Override public synchronized void deleted(int row, boolean deleted) throws IOException {
        var items = new ItemWriter();
        items.begin(Item.DELETED).flag(deleted).end();
        change(row, items);
    }

    private void change(int row, ItemWriter items) throws IOException {
        java.util.Objects.checkIndex(row, rows.columns.size());
        if (!writable) throw new IOException(STRINGS.get("session.read-only"));
        commit(row, items);
    }

    @Override public synchronized List<String> warnings() {
        if (unrecorded == 0) return List.copyOf(warnings);
        var all = new ArrayList<>(warnings);
        all.add(STRINGS.get("session.unrecorded", unrecorded));
        return all;
    }

    /// Closes without the index that makes opening it again quick: it will not be opened again.
    synchronized void discard() throws IOException {
        changed = false;
        close();
    }

    @Override public synchronized void close() throws IOException {
        try {
            if (writable && changed) new SessionIndex(rows, warnings).write(log);
        } finally {
            try {
                log.close();
            } finally {
                if (lock != null) lock.close();
            }
        }
    }
}
