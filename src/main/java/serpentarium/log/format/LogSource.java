package serpentarium.log.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.log.LogFormat;
import serpentarium.log.TextEncoding;
import serpentarium.log.Warning;
import serpentarium.pack.Unpacked;
import serpentarium.task.TaskContext;

/// A log that is read from its start to its end: what it is, and its records.
///
/// @param content   its bytes, unpacked
/// @param size      how many bytes the file has, packed as it is
/// @param encoding  how they stand for text
/// @param detection how it is written
/// @param clock     tells what its times leave out
public record LogSource(Source content, long size, TextEncoding encoding, Detection detection, Clock clock) {
    private static final Strings STRINGS = Strings.of(LogSource.class);

    /// Looks at a file.
    ///
    /// @param format what it is, or null to find out
    /// @param zone   of times that do not say theirs
    /// @throws ProblemException where it cannot be read
    public static LogSource open(Path file, LogFormat format, ZoneId zone) throws IOException {
        try {
            if (Files.isDirectory(file)) throw new ProblemException(Problem.of(STRINGS, "log.folder", Place.of(file.toString())));
            long latest = Files.getLastModifiedTime(file).toMillis() / 1000;
            return of(Source.of(file), format, new Clock(zone, latest));
        } catch (NoSuchFileException e) {
            throw new ProblemException(Problem.of(STRINGS, "log.missing", Place.of(file.toString())).causedBy(e));
        } catch (AccessDeniedException e) {
            throw new ProblemException(Problem.of(STRINGS, "log.denied", Place.of(file.toString())).causedBy(e));
        }
    }

    /// Looks at a source.
    public static LogSource of(Source source, LogFormat format, Clock clock) throws IOException {
        Source content = Unpacked.of(source);
        byte[] head;
        try (InputStream in = content.open()) {
            head = in.readNBytes(Detector.SAMPLE);
        }
        boolean whole = head.length < Detector.SAMPLE;
        TextEncoding encoding = TextEncoding.detect(head, head.length);
        Detection detection = format == null ? Detector.of(head, whole, encoding, clock) : Detection.chosen(format);
        return new LogSource(content, source.size(), encoding, detection, clock);
    }

    /// What messages call it.
    public String name() {
        return content.name();
    }

    /// Goes over its records from the start.
    public RecordScanner records(TaskContext context) throws IOException {
        return new RecordScanner(name(), content.open(), content.size(), encoding, RecordStarts.of(detection, clock.copy()), context);
    }

    /// What was noticed about the file once it was read to its end: packed files that break off.
    public List<Warning> faults() {
        var faults = new ArrayList<Warning>();
        if (content instanceof Unpacked unpacked) unpacked.fault().ifPresent(fault -> faults.add(new Warning(fault.id(), fault.title() + " " + fault.detail(), fault.place())));
        return faults;
    }

    /// The encoding's name as people write it.
    public String encodingName() {
        String name = encoding.charset().name().toLowerCase(java.util.Locale.ROOT);
        if (name.equals("utf-8") && encoding.mark() > 0) return "utf-8-sig";
        return name.equals("windows-1252") ? "cp1252" : name;
    }
}
