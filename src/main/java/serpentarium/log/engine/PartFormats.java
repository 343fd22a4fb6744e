package serpentarium.log.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import serpentarium.log.LogFormat;
import serpentarium.log.format.Clock;
import serpentarium.log.format.Detection;
import serpentarium.log.format.Detector;

/// How each part of a log is written: found out from its first bytes, again when a short one has grown, unless a person has said it. A part with too
/// little in it to tell is written as the one before it.
final class PartFormats {
    /// What tells more than the part before.
    private static final int ENOUGH = 4096;

    private final LogLines log;
    private final ZoneId zone;
    private final Map<LogPart, PartFormat> known = new ConcurrentHashMap<>();
    private volatile Optional<LogFormat> chosen = Optional.empty();

    PartFormats(LogLines log, ZoneId zone) {
        this.log = log;
        this.zone = zone;
    }

    ZoneId zone() {
        return zone;
    }

    /// What a person has said, for all parts; empty to find it out.
    void choose(Optional<LogFormat> format) {
        chosen = format;
        known.clear();
    }

    Optional<LogFormat> chosen() {
        return chosen;
    }

    /// How a part is written, as far as that can be told now.
    PartFormat of(LogPart part) throws IOException {
        PartFormat before = known.get(part);
        if (before != null && (before.seen() == Detector.SAMPLE || part.bytes().size() < Math.max(1, before.seen() * 2L))) return before;
        PartFormat now = find(part);
        // What is the same stays the same, so that what was made with it holds.
        PartFormat kept = before != null && before.detection().equals(now.detection()) ? new PartFormat(now.detection(), before.starts(), before.clock(), now.seen()) : now;
        known.put(part, kept);
        return kept;
    }

    private PartFormat find(LogPart part) throws IOException {
        var clock = new Clock(zone, written(part));
        if (chosen.isPresent()) return PartFormat.of(Detection.chosen(chosen.get()), clock, Detector.SAMPLE);
        byte[] head = part.bytes().some(0, Detector.SAMPLE);
        Optional<LogPart> older = head.length < ENOUGH ? before(part) : Optional.empty();
        if (older.isPresent()) {
            Detection detection = of(older.get()).detection();
            if (detection.log()) return PartFormat.of(detection, clock, head.length);
        }
        return PartFormat.of(Detector.of(head, head.length < Detector.SAMPLE, part.index().encoding(), clock), clock, head.length);
    }

    private Optional<LogPart> before(LogPart part) {
        List<LogPart> all = log.parts();
        int at = all.indexOf(part);
        return at > 0 ? Optional.of(all.get(at - 1)) : Optional.empty();
    }

    private static long written(LogPart part) {
        try {
            return Files.getLastModifiedTime(part.file().path()).toMillis() / 1000;
        } catch (IOException _) {
            // It has no name any more: it was rotated away just now.
            return Instant.now().getEpochSecond();
        }
    }
}
