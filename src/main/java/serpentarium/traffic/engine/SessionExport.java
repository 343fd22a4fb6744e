package serpentarium.traffic.engine;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import serpentarium.base.AtomicMove;
import serpentarium.base.Place;
import serpentarium.base.PrivateFiles;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;
import serpentarium.task.TaskContext;
import serpentarium.traffic.FlowTable;
import serpentarium.traffic.RecordedFlows;
import serpentarium.traffic.analysis.Secrets;
import serpentarium.traffic.format.TrafficWriter;
import serpentarium.traffic.format.har.HarWriter;
import serpentarium.traffic.format.mitm.MitmWriter;

/// Writes flows to a file in the format that its name calls for, private to the user.
///
/// A file is written beside its place first and moved there when it is whole, so that neither an error nor a cancelled task leaves half of one
/// under its name.
public final class SessionExport {
    /// How names of own sessions end.
    public static final String ENDING = ".session";
    private static final Strings STRINGS = Strings.of(SessionExport.class);
    private static final int BUFFER = 1 << 16;

    private final List<TrafficWriter> writers;

    /// Over writers in the order in which a person is offered them.
    public SessionExport(List<TrafficWriter> writers) {
        this.writers = List.copyOf(writers);
    }

    /// With all writers, in their usual ways.
    public static SessionExport usual() {
        return new SessionExport(List.of(new HarWriter(false), new HarWriter(true), new MitmWriter(MitmWriter.FITTING)));
    }

    /// Whether a file of this name is an own session, which keeps everything and is not meant for others.
    public static boolean keepsAll(Path out) {
        return name(out).endsWith(ENDING);
    }

    private static String name(Path out) {
        return out.getFileName() == null ? "" : out.getFileName().toString().toLowerCase(java.util.Locale.ROOT);
    }

    /// Checks that there is a format for a file's name.
    ///
    /// @throws ProblemException when no format has names like this
    public void check(Path out) {
        if (!keepsAll(out)) writer(out);
    }

    private TrafficWriter writer(Path out) {
        for (TrafficWriter writer : writers) if (writer.writes(name(out))) return writer;
        String known = String.join(", ", writers.stream().map(writer -> writer.endings().getFirst()).toList()) + ", " + ENDING;
        throw new ProblemException(Problem.of(STRINGS, "export.unknown-name", Place.of(out.toString()), known));
    }

    /// Writes the rows that are wanted and not deleted.
    ///
    /// @param secrets what is taken out; empty for nothing
    /// @param replace whether a file that is there already is to be replaced
    /// @return what the file does not say, for a person
    /// @throws ProblemException when the file is there and is not to be replaced, or its folder is not
    /// @throws IOException      when the session cannot be read or the file not be written
    public List<String> write(RecordedFlows session, IntPredicate rows, Path out, Optional<Secrets> secrets, boolean replace, TaskContext context) throws IOException {
        context.checkpoint();
        check(out);
        Path file = Files.exists(out) ? out.toRealPath() : out.toAbsolutePath();
        if (Files.isDirectory(file)) throw problem("export.is-folder", out);
        if (Files.exists(file) && !replace) throw problem("export.exists", out);
        if (!Files.isDirectory(file.getParent())) throw problem("export.no-folder", out);
        RedactedFlows redacted = secrets.map(list -> new RedactedFlows(session, list)).orElse(null);
        RecordedFlows source = redacted == null ? session : redacted;
        FlowTable table = session.table();
        IntPredicate kept = row -> !table.deleted(row) && rows.test(row);
        context.message(STRINGS.get("export.writing", out.getFileName()));
        Path beside = file.resolveSibling(file.getFileName() + "." + Long.toHexString(System.nanoTime()) + ".part");
        List<String> notes = new ArrayList<>();
        try {
            if (keepsAll(out)) own(source, kept, beside, context);
            else notes.addAll(other(writer(out), source, kept, beside, context));
            context.checkpoint();
            move(beside, file, replace, out);
        } finally {
            Files.deleteIfExists(beside);
        }
        if (redacted != null) notes.addAll(redacted.notes());
        return notes;
    }

    private static void own(RecordedFlows source, IntPredicate rows, Path file, TaskContext context) throws IOException {
        try (DiskSession written = DiskSession.createFile(file)) {
            SessionCopy.copy(source, rows, written, context);
        }
    }

    private static List<String> other(TrafficWriter writer, RecordedFlows source, IntPredicate rows, Path file, TaskContext context) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Channels.newOutputStream(PrivateFiles.create(file)), BUFFER)) {
            return writer.write(source, rows, out, context);
        }
    }

    private static void move(Path beside, Path file, boolean replace, Path out) throws IOException {
        if (!replace && Files.exists(file)) throw problem("export.exists", out);
        AtomicMove.over(beside, file);
    }

    private static ProblemException problem(String id, Path out) {
        return new ProblemException(Problem.of(STRINGS, id, Place.of(out.toString()), String.valueOf(out.getFileName())));
    }
}
