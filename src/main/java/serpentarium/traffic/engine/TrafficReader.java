package serpentarium.traffic.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import serpentarium.base.Bid;
import serpentarium.base.Head;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.pack.Unpacked;
import serpentarium.task.TaskContext;
import serpentarium.traffic.FlowSink;
import serpentarium.traffic.format.ReadOptions;
import serpentarium.traffic.format.TrafficFormat;

/// Opens captured traffic in whatever format its content calls for. Own sessions are opened where they lie; other files are read into a
/// session of their own that goes when it is closed.
public final class TrafficReader {
    /// The `format` of own sessions in JSON documents.
    public static final String SESSION = "session";

    private static final Strings STRINGS = Strings.of(TrafficReader.class);

    private final List<TrafficFormat> formats;

    /// Over formats in the order in which equal bids win.
    public TrafficReader(List<TrafficFormat> formats) {
        this.formats = List.copyOf(formats);
    }

    /// The highest bid of all formats; where none bids, a no with the reason of each, a line each.
    public Bid sniff(Head head) {
        if (own(head)) return new Bid.Yes(100);
        Bid.Yes best = null;
        var reasons = new ArrayList<String>();
        for (TrafficFormat format : formats) {
            switch (format.sniff(head)) {
                case Bid.Yes yes -> best = best == null || yes.strength() > best.strength() ? yes : best;
                case Bid.No(String reason) -> reasons.add(STRINGS.get("format.reason", format.id(), reason));
            }
        }
        return best != null ? best : new Bid.No(String.join("\n", reasons));
    }

    private static boolean own(Head head) {
        for (int i = 0; i < SegmentLog.MAGIC.length; i++) if (head.at(i) != SegmentLog.MAGIC[i]) return false;
        return true;
    }

    /// Whether a folder is a session.
    public static boolean isSession(Path folder) throws IOException {
        return Files.isDirectory(folder) && !SegmentLog.files(folder).isEmpty();
    }

    /// Opens a file or the folder of a session, and reads it to its end.
    ///
    /// @throws ProblemException when no format bids, or when nothing of the content can be used
    /// @throws IOException      when it cannot be read, or the session it is read into cannot be written
    public OpenTraffic open(Path file, ReadOptions options, TaskContext context) throws IOException {
        if (Files.isDirectory(file)) {
            if (!isSession(file)) throw new ProblemException(Problem.of(STRINGS, "traffic.no-session", Place.of(file.toString())));
            return new OpenTraffic(DiskSession.open(file, SessionLimits.NONE), SESSION, null);
        }
        Source source = Source.of(file);
        String format = formatOf(source);
        if (format.equals(SESSION)) return new OpenTraffic(DiskSession.open(file, SessionLimits.NONE), SESSION, null);
        OpenTraffic opened = scratch(format);
        boolean done = false;
        try {
            read(source, options, opened.session(), context);
            done = true;
            return opened;
        } finally {
            if (!done) opened.close();
        }
    }

    /// An empty session that goes when it is closed, for reading a file into while it is shown already.
    public OpenTraffic scratch(String format) throws IOException {
        Path folder = Files.createTempDirectory("serpentarium-traffic-");
        try {
            return new OpenTraffic(DiskSession.create(folder.resolve("session"), SessionLimits.NONE), format, folder);
        } catch (IOException e) {
            Files.deleteIfExists(folder);
            throw e;
        }
    }

    /// The id of the format that reads a source, unpacked where it is compressed; [#SESSION] for an own session.
    ///
    /// @throws ProblemException when no format bids
    public String formatOf(Source source) throws IOException {
        return own(Head.of(source)) ? SESSION : chosen(Unpacked.of(source)).id();
    }

    private TrafficFormat chosen(Source content) throws IOException {
        Head head = Head.of(content);
        if (head.bytes().length == 0) throw new ProblemException(Problem.of(STRINGS, "traffic.empty-file", Place.of(content.name())));
        TrafficFormat chosen = null;
        int strength = 0;
        for (TrafficFormat format : formats) {
            if (format.sniff(head) instanceof Bid.Yes(int bid) && bid > strength) {
                chosen = format;
                strength = bid;
            }
        }
        if (chosen != null) return chosen;
        String reasons = sniff(head) instanceof Bid.No(String why) ? why : "";
        throw new ProblemException(Problem.of(STRINGS, "traffic.unknown-format", Place.of(content.name()), reasons));
    }

    /// Reads a source into a sink.
    ///
    /// @throws ProblemException      when no format bids, or when nothing of the content can be used
    /// @throws CancellationException when the task was cancelled
    /// @throws IOException           when it cannot be read or the sink not be written
    public void read(Source source, ReadOptions options, FlowSink sink, TaskContext context) throws IOException {
        Source content = Unpacked.of(source);
        TrafficFormat format = chosen(content);
        context.message(STRINGS.get("traffic.reading", format.id()));
        if (!(content instanceof Unpacked unpacked)) {
            format.read(content, options, sink, context);
            return;
        }
        try {
            format.read(unpacked, options, sink, unpacked.progressOf(context));
        } catch (ProblemException e) {
            if (unpacked.fault().isEmpty()) throw e;
            throw new ProblemException(unpacked.fault().get());
        }
        unpacked.fault().ifPresent(fault -> sink.warn("", fault.line()));
    }
}
