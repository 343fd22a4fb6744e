package serpentarium.log.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import serpentarium.base.Place;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;
import serpentarium.log.Warning;
import serpentarium.task.TaskContext;

/// Keeps a log up to date while its file grows, is renamed and made anew, copied and cut, deleted, and while its writer notices late.
///
/// Every file of the log stays open once it was seen: what is still written to a file that was rotated away goes to its part, and no inode comes again
/// that could be mistaken. Per turn the sizes are asked from the newest file to the oldest, then read from the oldest to the newest: what one writer
/// wrote to the old file before it turned to the new one is read before the new one's. A file that was cut is noticed by the bytes before the place
/// where reading goes on; what was in it is looked for in its copy, and read to the end there. What nobody can know is a [Warning].
public final class Follower {
    private static final Strings STRINGS = Strings.of(Follower.class);
    private static final long QUICK = 10;
    private static final long SLOW = 200;
    /// How long a file that was rotated away is watched after the last line that came to it.
    private static final long WATCHED = TimeUnit.MINUTES.toNanos(2);
    /// How many turns after a rotation are looked for files that came and went in between.
    private static final int LOOK_AGAIN = 3;
    private static final int REMEMBERED = 256;
    /// How far the clocks of file systems are trusted.
    private static final long SLACK = 5000;
    /// How many seen files are remembered; older ones are gone from the folder or known by their content.
    private static final int MOST_SEEN = 4096;

    private final LogLines lines;
    private final Path path;
    private final Path folder;
    private final Listener listener;
    private final LongSupplier nanoTime;
    /// From the oldest to the newest; the last is the one with the name, as long as that is there.
    private final List<FollowedFile> followed = new ArrayList<>();
    private final List<FileIdentity> seen = new ArrayList<>();
    /// Files that were read to their end and are watched no more.
    private final List<RecentBytes> past = new ArrayList<>();
    /// When the newest file had the name for the last time, in milliseconds since 1970.
    private long named = System.currentTimeMillis();
    private int lookAgain;
    private boolean lateSaid;

    /// Is told what happens, on the follower's thread.
    public interface Listener {
        /// There is more of a part.
        ///
        /// @param from bytes that were known of it
        /// @param to   bytes that are known now
        void grew(LogPart part, long from, long to);

        /// Something happened of which a person should know.
        void warned(Warning warning);
    }

    /// @param lines what is followed: a log whose last part is the file, or has none of it yet
    /// @param path  the file that is written
    /// @param folder where a file is unpacked to that was compressed before it was read to its end
    /// @throws IOException where the folder cannot be listed
    public Follower(LogLines lines, Path path, Path folder, Listener listener) throws IOException {
        this(lines, path, folder, listener, System::nanoTime);
    }

    Follower(LogLines lines, Path path, Path folder, Listener listener, LongSupplier nanoTime) throws IOException {
        this.lines = lines;
        this.path = path.toAbsolutePath();
        this.folder = folder;
        this.listener = listener;
        this.nanoTime = nanoTime;
        for (RotatedSet.Member member : RotatedSet.of(this.path).members()) if (!member.live()) identity(member.path()).ifPresent(seen::add);
        for (LogPart part : lines.parts()) seen.add(part.file().identity());
        List<LogPart> parts = lines.parts();
        if (!parts.isEmpty() && !parts.getLast().packed() && parts.getLast().file().path().toAbsolutePath().equals(this.path))
            followed.add(FollowedFile.of(parts.getLast()));
    }

    /// Follows until the task is cancelled. The system's news of the folder make it look sooner; without them, as on a network's file system, it looks
    /// five times a second, and a hundred times while the file grows.
    ///
    /// @throws CancellationException when it was
    public void run(TaskContext context) throws IOException {
        try (FolderNews news = FolderNews.of(path.getParent())) {
            long wait = QUICK;
            while (true) {
                context.checkpoint();
                wait = turn(context) ? QUICK : Math.min(SLOW, wait * 2);
                if (news.await(wait)) wait = QUICK;
            }
        }
    }

    /// Looks once.
    ///
    /// @return whether anything happened
    public boolean turn(TaskContext context) throws IOException {
        long now = nanoTime.getAsLong();
        boolean news = name();
        long[] limits = new long[followed.size()];
        for (int i = limits.length - 1; i >= 0; i--) limits[i] = size(followed.get(i));
        List<FollowedFile> all = List.copyOf(followed);
        for (int i = 0; i < all.size(); i++) {
            context.checkpoint();
            news |= read(all.get(i), limits[i], now, i < all.size() - 1);
        }
        if (followed.size() > 1) {
            FollowedFile oldest = followed.getFirst();
            if (oldest.quiet(now) > WATCHED && followed.getLast().part().isPresent()) {
                oldest.recent().trim();
                past.add(oldest.recent());
                if (past.size() > REMEMBERED) past.removeFirst();
                followed.removeFirst();
            }
        }
        return news;
    }

    private static long size(FollowedFile file) {
        try {
            return file.size();
        } catch (IOException _) {
            // Reading it will say what is the matter.
            return Long.MAX_VALUE;
        }
    }

    private boolean read(FollowedFile file, long limit, long now, boolean old) throws IOException {
        try {
            Optional<LogPart> begun = file.begin(now);
            if (begun.isPresent()) {
                lines.add(begun.get(), after(file));
                if (file.base() > 0) warn("follow.hole", file.base());
            }
            long before = file.part().map(part -> part.index().bytes()).orElse(0L);
            // What came between asking for the size of a new file and knowing where it begins waits for the next turn.
            FollowedFile.Found found = file.read(begun.isPresent() ? limit - file.base() : limit, now);
            if (found == FollowedFile.Found.CUT) {
                grown(file, before);
                cut(file, now);
                return true;
            }
            if (found == FollowedFile.Found.NOTHING) return begun.isPresent();
            if (old && !lateSaid && file.quiet(now) == 0 && next(file).flatMap(FollowedFile::part).map(part -> part.index().bytes() > 0).orElse(false)) {
                lateSaid = true;
                warn("follow.late");
            }
            grown(file, before);
            return true;
        } catch (IOException e) {
            lost(file, e);
            return true;
        }
    }

    private void grown(FollowedFile file, long before) {
        file.part().filter(part -> part.index().bytes() > before).ifPresent(part -> listener.grew(part, before, part.index().bytes()));
    }

    private Optional<FollowedFile> next(FollowedFile file) {
        int at = followed.indexOf(file);
        return at < 0 || at + 1 == followed.size() ? Optional.empty() : Optional.of(followed.get(at + 1));
    }

    /// The part that a new one comes before; null where it is the last.
    private LogPart after(FollowedFile file) {
        int at = followed.indexOf(file);
        return followed.subList(at + 1, followed.size()).stream().flatMap(each -> each.part().stream()).findFirst().orElse(null);
    }

    /// Looks which file has the name now.
    private boolean name() throws IOException {
        Optional<FileIdentity> now = identity(path);
        FollowedFile last = followed.isEmpty() ? null : followed.getLast();
        if (now.isEmpty()) return false;
        if (last != null && now.get().same(last.file().identity())) {
            if (lookAgain == 0) {
                named = System.currentTimeMillis();
                return false;
            }
            lookAgain--;
            return between(last);
        }
        LogFile file;
        try {
            file = LogFile.open(path);
        } catch (NoSuchFileException _) {
            return false;
        }
        FileIdentity opened = file.identity();
        if (followed.stream().anyMatch(each -> each.file().identity().same(opened))) {
            // Renamed away and back.
            file.close();
            return false;
        }
        FollowedFile next = FollowedFile.begun(file, 0, last == null ? Optional.empty() : last.part().map(part -> part.index().encoding()));
        followed.add(next);
        seen.add(opened);
        lookAgain = LOOK_AGAIN;
        if (last != null) between(next);
        return true;
    }

    /// Looks for files that had the name between two looks and were rotated away already.
    private boolean between(FollowedFile newest) throws IOException {
        boolean found = false;
        int numbered = 0;
        // Where nothing was read yet, there is no chain to miss something of.
        boolean known = followed.getFirst() == newest;
        for (RotatedSet.Member member : RotatedSet.of(path).members()) {
            Optional<FileIdentity> identity = member.live() ? Optional.empty() : identity(member.path());
            if (identity.isEmpty()) continue;
            if (seen.stream().anyMatch(each -> each.same(identity.get()))) known = true;
            else if (missed(member, newest)) {
                found = true;
                if (member.number() >= 0) numbered++;
            } else known = true;
        }
        // By numbers alone, files before the first of these may have come and gone; a file that is known is where they begin.
        if (numbered > 0 && !known) warn("follow.overtaken", numbered);
        while (seen.size() > MOST_SEEN) seen.removeFirst();
        return found;
    }

    /// A file that was not here before: a copy of what is known, something old under a new name, or one that was missed.
    private boolean missed(RotatedSet.Member member, FollowedFile newest) throws IOException {
        LogPart part;
        try {
            part = LogPart.open(member.path(), Optional.empty(), folder);
        } catch (NoSuchFileException _) {
            return false;
        } catch (IOException | ProblemException _) {
            identity(member.path()).ifPresent(seen::add);
            warn(LogLines.unreadable(member.path()));
            return false;
        }
        if (part.file().size() == 0) {
            // Its writer may come to it only now: the next look finds it again.
            part.close();
            return false;
        }
        seen.add(part.file().identity());
        boolean old = Files.exists(member.path()) && Files.getLastModifiedTime(member.path()).toMillis() < named - SLACK;
        if (!old && part.packed()) part.fill(TaskContext.detached());
        if (old || part.bytes().size() == 0 || copied(part.bytes())) {
            part.close();
            return false;
        }
        if (part.packed()) {
            lines.add(part, newest.part().orElse(null));
            listener.grew(part, 0, part.index().bytes());
            return true;
        }
        int at = followed.indexOf(newest);
        while (at > 1 && followed.get(at - 1).file().identity().birth().isAfter(part.file().identity().birth())) at--;
        followed.add(at, FollowedFile.begun(part.file(), 0, followed.getFirst().part().map(each -> each.index().encoding())));
        return true;
    }

    private boolean copied(LogBytes text) throws IOException {
        for (FollowedFile each : followed) if (each.recent().copiedTo(text.from(each.base()))) return true;
        for (RecentBytes each : past) if (each.copiedTo(text)) return true;
        return false;
    }

    /// The file was cut: what was in it is looked for in its copy, and the file begins anew.
    private void cut(FollowedFile file, long now) throws IOException {
        LogPart part = file.part().orElseThrow();
        LogFile same = file.file();
        RecentBytes recent = file.recent();
        LogPart copy = copyOf(file);
        if (copy == null) {
            part.moved(null, recent.remembered(part.bytes().name(), null));
            warn("follow.cut");
        } else {
            long end = recent.end();
            LogBytes text = copy.bytes().from(file.base());
            if (text.size() >= end) {
                file.reopened(copy.bytes()).read(text.size(), now);
                grown(file, end);
            } else part.moved(copy, recent.remembered(part.bytes().name(), text));
            part.moved(copy, part.bytes());
            warn("follow.copied", copy.file().path().getFileName());
        }
        int at = followed.indexOf(file);
        boolean newest = at == followed.size() - 1;
        if (newest) followed.set(at, FollowedFile.begun(same, file.base() + recent.end(), Optional.of(part.index().encoding())));
        else followed.remove(at);
    }

    /// The copy of a file that was cut; it may have been compressed already.
    private LogPart copyOf(FollowedFile cut) throws IOException {
        int packed = 0;
        for (RotatedSet.Member member : RotatedSet.of(path).members().reversed()) {
            if (member.live() || member.packed() && packed++ > 0) continue;
            try {
                LogPart copy = LogPart.open(member.path(), Optional.empty(), folder);
                if (copy.packed()) copy.fill(TaskContext.detached());
                if (cut.recent().justCopiedTo(copy.bytes().from(cut.base()))) {
                    seen.add(copy.file().identity());
                    return copy;
                }
                copy.close();
            } catch (IOException | ProblemException _) {
                // Renamed while it was looked at, or not for us to read; the next member may be this one.
            }
        }
        return null;
    }

    /// A handle that is no longer good, as after a server of files was restarted: where the file is still there, reading goes on in it.
    private void lost(FollowedFile file, IOException why) throws IOException {
        int at = followed.indexOf(file);
        if (file.part().isPresent()) {
            try {
                LogFile again = LogFile.open(path);
                RecentBytes recent = file.recent();
                byte[] some = again.some(file.base() + recent.end() - recent.sample(), recent.sample());
                if (some.length == recent.sample() && recent.endsWith(some, 0)) {
                    file.reopened(again);
                    file.part().get().moved(LogPart.of(again, 0, file.part().get().index()), again.from(file.base()));
                    return;
                }
                again.close();
            } catch (IOException _) {
                // It is told as lost.
            }
        }
        if (at >= 0) followed.remove(at);
        warn("follow.lost", String.valueOf(why.getMessage()));
    }

    private static Optional<FileIdentity> identity(Path file) {
        try {
            return Optional.of(FileIdentity.of(file));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private void warn(String id, Object... arguments) {
        warn(new Warning(id, STRINGS.get(id, arguments), Place.of(path.toString())));
    }

    private void warn(Warning warning) {
        lines.warn(warning);
        listener.warned(warning);
    }
}
