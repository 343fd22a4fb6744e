package serpentarium.profile.format;

import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.Arrays;

import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.task.TaskContext;

/// The texts and frames at the end of a file of Python's sampler: what the numbers in its samples stand for.
final class TachTables {
    private static final int LONGEST_TEXT = 1 << 20;
    private static final int MOST_BYTES = 64 << 20;

    private final int most = (int) Math.min(4_000_000, Runtime.getRuntime().maxMemory() / 1000);
    private final Strings strings;
    private final LinedFrames frames;
    private final ByteTexts texts = new ByteTexts();
    private final int unknown;
    private int[] text = new int[256];
    private int textCount;
    private int[] place = new int[256];
    private int placeCount;

    TachTables(Strings strings, LinedFrames frames) {
        this.strings = strings;
        this.frames = frames;
        unknown = frames.place(strings.get("tach.unknown"), null, null, 0);
    }

    /// Reads the tables. What is damaged in them is left out.
    ///
    /// @return whether they are whole
    boolean read(Source source, TachHeader header, TaskContext context) throws IOException {
        boolean whole = true;
        try (var in = new ByteInput(new ProgressStream(new SourcePart(source, header.strings(), header.frames() - header.strings()).open(), -1, context))) {
            while (textCount < most && in.more()) text(in);
        } catch (EOFException | StreamCorruptedException _) {
            whole = false;
        }
        byte[] tail;
        try (var in = new ProgressStream(new SourcePart(source, header.frames(), MOST_BYTES).open(), -1, context)) {
            tail = in.readAllBytes();
        }
        long count = frameCount(tail, header);
        whole &= count >= 0 && textCount < most;
        int end = count < 0 ? tail.length : tail.length - TachHeader.FOOTER;
        try (var in = new ByteInput(new java.io.ByteArrayInputStream(tail, 0, end))) {
            while (placeCount < most && (count < 0 ? in.more() : placeCount < count)) frame(in);
        } catch (EOFException | StreamCorruptedException _) {
            whole = false;
        }
        return whole && placeCount < most;
    }

    /// How many frames the footer says there are; -1 where what stands last is no footer of this file.
    private static long frameCount(byte[] tail, TachHeader header) throws IOException {
        if (tail.length < TachHeader.FOOTER) return -1;
        try (var in = new ByteInput(new java.io.ByteArrayInputStream(tail, tail.length - TachHeader.FOOTER, TachHeader.FOOTER))) {
            in.skip(4);
            long count = in.i32(header.bigEndian()) & 0xffffffffL;
            long size = in.i64(header.bigEndian());
            return size == header.frames() + tail.length ? count : -1;
        }
    }

    private void text(ByteInput in) throws IOException {
        in.take(in.varint(), LONGEST_TEXT);
        if (textCount == text.length) text = Arrays.copyOf(text, textCount * 2);
        text[textCount++] = Math.max(0, texts.intern(in.text(), 0, in.length()));
    }

    private void frame(ByteInput in) throws IOException {
        String file = text(in.varint());
        String name = text(in.varint());
        long line = zigzag(in.varint());
        for (int i = 0; i < 3; i++) in.varint();
        in.u8();
        boolean made = file.equals("~") || file.isEmpty();
        boolean task = file.equals("<task>");
        if (placeCount == place.length) place = Arrays.copyOf(place, placeCount * 2);
        place[placeCount++] = frames.place(name.isEmpty() ? strings.get("tach.unknown") : name, made || task ? null : file, task ? file : null,
                Math.clamp(line, 0, Integer.MAX_VALUE));
    }

    private String text(long number) {
        return number >= 0 && number < textCount ? texts.get(text[(int) number]) : "";
    }

    private static long zigzag(long value) {
        return value >>> 1 ^ -(value & 1);
    }

    /// The place that a number in a sample stands for; that of an unknown frame where the tables do not hold it.
    int place(long number) {
        return knows(number) ? place[(int) number] : unknown;
    }

    /// Whether the tables say what a number stands for.
    boolean knows(long number) {
        return number >= 0 && number < placeCount;
    }

    /// The place of a stack without frames.
    int nothing() {
        return frames.place(strings.get("tach.no-frames"), null, null, 0);
    }
}
