package serpentarium.log.engine;

import java.io.IOException;
import java.util.Optional;
import serpentarium.log.TextEncoding;

/// A file whose end is read on, and the part of the log that it is. A new file has no part before something is in it.
final class FollowedFile {
    private static final int STEP = 1 << 20;

    private final LogFile file;
    private LogBytes bytes;
    private LogPart part;
    private long base;
    private final RecentBytes recent = new RecentBytes();
    /// Where the file ended before it was cut: a writer that does not append goes on there and leaves zeros before it.
    private final long hole;
    private final Optional<TextEncoding> likely;
    private long quietSince;

    /// What reading on found.
    enum Found {
        /// Nothing new.
        NOTHING,
        /// More at the end.
        MORE,
        /// What had been read is no longer there.
        CUT
    }

    private FollowedFile(LogFile file, LogPart part, long hole, Optional<TextEncoding> likely) {
        this.file = file;
        bytes = file;
        this.part = part;
        this.hole = hole;
        this.likely = likely;
    }

    /// A part that is shown already.
    static FollowedFile of(LogPart part) {
        return new FollowedFile(part.file(), part, 0, Optional.empty());
    }

    /// A file that was begun.
    ///
    /// @param hole   how many zeros may be before its first byte
    /// @param likely the encoding of the part before it
    static FollowedFile begun(LogFile file, long hole, Optional<TextEncoding> likely) {
        return new FollowedFile(file, null, hole, likely);
    }

    LogFile file() {
        return file;
    }

    Optional<LogPart> part() {
        return Optional.ofNullable(part);
    }

    RecentBytes recent() {
        return recent;
    }

    /// Where its first byte is: behind a hole of zeros.
    long base() {
        return base;
    }

    /// Its bytes, as the part counts them.
    LogBytes text() {
        return bytes.from(base);
    }

    /// How many bytes there are now.
    long size() throws IOException {
        return Math.max(0, bytes.size() - base);
    }

    /// For how long nothing came, by a clock.
    long quiet(long now) {
        return now - quietSince;
    }

    /// Makes the part as soon as something is in the file.
    ///
    /// @return the new part
    Optional<LogPart> begin(long now) throws IOException {
        if (part != null || file.size() == 0) return Optional.empty();
        long start = start();
        byte[] head = file.some(start, 4096);
        if (head.length == 0) return Optional.empty();
        TextEncoding found = TextEncoding.detect(head, head.length);
        boolean undecided = found.equals(TextEncoding.UTF_8) && likely.isPresent() && likely.get().unit() == 1;
        TextEncoding encoding = undecided ? new TextEncoding(likely.get().charset(), 1, 0) : found;
        base = start;
        part = LogPart.of(file, base, new LineIndex(encoding));
        part.filledNow();
        quietSince = now;
        return Optional.of(part);
    }

    /// The position of the first byte that is not zero; the end where there is none yet.
    private long start() throws IOException {
        byte[] head = file.some(0, 2);
        if (head.length < 2 || head[0] != 0 || head[1] != 0) return 0;
        byte[] last = hole == 0 ? head : file.some(hole - 1, 1);
        long at = last.length == 1 && last[0] == 0 ? hole : 0;
        byte[] some = new byte[STEP];
        for (int got; (got = file.read(at, some, 0, STEP)) > 0; at += got) for (int i = 0; i < got; i++) if (some[i] != 0) return at + i;
        return at;
    }

    /// Reads on.
    ///
    /// @param limit how far at most
    /// @param now   what the clock says
    Found read(long limit, long now) throws IOException {
        if (part == null || !part.filling().tryLock()) return Found.NOTHING;
        try {
            LineIndex index = part.index();
            long position = index.bytes();
            if (recent.end() != position) recent.begin(text(), position);
            if (size() < position) return Found.CUT;
            Found found = Found.NOTHING;
            byte[] some = null;
            do {
                int before = recent.sample();
                int step = (int) Math.clamp(limit - position, 0, (long) STEP);
                if (some == null || some.length < before + step) some = new byte[before + step];
                // One read for what is known and what is new: what is new follows only if what is known is still there.
                int got = bytes.read(base + position - before, some, 0, before + step);
                if (got < before || !recent.endsWith(some, 0)) return Found.CUT;
                int more = got - before - (got - before) % index.encoding().unit();
                if (more == 0) break;
                recent.add(some, before, before + more);
                index.add(index.count(position, some, before, before + more));
                position += more;
                found = Found.MORE;
                quietSince = now;
            } while (position < limit);
            return found;
        } finally {
            part.filling().unlock();
        }
    }

    /// Goes on with the same text from elsewhere: a copy of the file, or the file opened anew.
    FollowedFile reopened(LogBytes other) {
        bytes = other;
        part.moved(null, other.from(base));
        return this;
    }
}
