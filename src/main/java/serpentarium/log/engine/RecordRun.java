package serpentarium.log.engine;

import java.io.IOException;
import serpentarium.log.format.RecordScanner;
import serpentarium.log.format.RecordStarts;
import serpentarium.task.TaskContext;

/// The records of a part from a line on, exactly those that a [RecordScanner] finds that begins with the first line.
final class RecordRun {
    /// How far back it is looked for a line that tells what the next ones are.
    private static final int FARTHEST = 1 << 13;
    private static final int STEP = 64;
    /// Docker cuts lines at 16 KiB, which its escapes may make several times as long.
    private static final int KEPT = 1 << 18;

    private RecordRun() {}

    /// Goes over the records of the lines from `line` on, and perhaps of some before, up to the byte `end`.
    ///
    /// @param many whether several threads do that at once
    static RecordScanner from(LogPart part, PartFormat format, long line, long end, boolean many, TaskContext context) throws IOException {
        return from(part, format.reader(), line, end, many, context);
    }

    /// @param starts looks at lines; a fresh one where not each line can be told without those before it
    static RecordScanner from(LogPart part, RecordStarts starts, long line, long end, boolean many, TaskContext context) throws IOException {
        long first = settled(part, starts, line);
        long from = part.pages().offset(first);
        return new RecordScanner(part.bytes().name(), new BytesStream(part.bytes(), from, end, many), -1, part.index().encoding(), starts, first, context);
    }

    /// The last line up to `line` before which nothing has a say in what it is.
    private static long settled(LogPart part, RecordStarts starts, long line) throws IOException {
        if (starts.apart()) return line;
        long before = line;
        for (int step = STEP; before > 0 && line - before < FARTHEST; step = Math.min(step * 2, 1 << 12)) {
            long from = Math.max(0, before - step);
            // One more, for what it says about the first.
            LinePage page = part.pages().page(Math.max(0, from - 1), (int) (before - Math.max(0, from - 1)), KEPT);
            int skipped = from > 0 ? 1 : 0;
            for (int i = page.count() - 1; i >= skipped; i--) {
                boolean alone = i == 0 || !partial(page, i - 1, starts);
                int after = page.cut(i) ? -1 : settles(page, i, alone, starts);
                if (after >= 0) return page.first() + i + after;
            }
            before = from;
        }
        return before;
    }

    private static int settles(LinePage page, int line, boolean alone, RecordStarts starts) {
        byte[] bytes = bytes(page, line);
        return bytes == page.bytes() ? starts.settles(bytes, page.from(line), page.to(line), alone) : starts.settles(bytes, 0, bytes.length, alone);
    }

    private static boolean partial(LinePage page, int line, RecordStarts starts) {
        byte[] bytes = bytes(page, line);
        return bytes == page.bytes() ? starts.partial(bytes, page.from(line), page.to(line)) : starts.partial(bytes, 0, bytes.length);
    }

    private static byte[] bytes(LinePage page, int line) {
        return page.encoding().unit() == 1 ? page.bytes() : page.text(line).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
