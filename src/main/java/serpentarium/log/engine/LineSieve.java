package serpentarium.log.engine;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;
import serpentarium.log.TextEncoding;

/// Finds the lines of some bytes that match; for one thread. What every such line has is looked for first, many bytes at a time. What is found that way
/// is asked of a [LineMachine], and a [LineMatcher] is left what that does not know: lines with bytes that are no letters, and expressions that are more
/// than regular.
final class LineSieve {
    /// How far a machine that began at a needle goes before it begins anew with the line, so that it never reads a long line once for each needle in it.
    private static final int FAR = 256;

    private final TextEncoding encoding;
    private final int unit;
    private final boolean little;
    private final LineMatcher matcher;
    private final ByteNeedle needle;
    private final boolean needleEnough;
    private final LineMachine machine;
    private final boolean needleFirst;
    private final LongPredicate tooLong;
    private boolean givenUp;

    /// Lines that were found, sorted.
    static final class Hits {
        private long[] lines = new long[64];
        private int count;

        private void add(long line) {
            if (count > 0 && lines[count - 1] == line) return;
            if (count == lines.length) lines = Arrays.copyOf(lines, count * 2);
            lines[count++] = line;
        }

        /// Their numbers, with room behind them.
        long[] lines() {
            return lines;
        }

        /// How many there are.
        int count() {
            return count;
        }
    }

    /// @param allowed nanoseconds for a line
    /// @param tooLong is told which line took too long, and says whether to go on
    LineSieve(LineQuery query, TextEncoding encoding, long allowed, LongPredicate tooLong) {
        this.encoding = encoding;
        this.tooLong = tooLong;
        unit = encoding.unit();
        little = encoding.little();
        matcher = new LineMatcher(query, encoding, allowed);
        needle = query.needle(encoding).orElse(null);
        needleEnough = needle != null && query.pattern().isEmpty();
        Optional<LineMachine> made = query.parts().flatMap(each -> LineMachine.of(each, encoding));
        machine = made.orElse(null);
        needleFirst = machine != null && query.needleFirst();
    }

    /// Sets what says whether to stop at once.
    void stopWhen(BooleanSupplier stop) {
        matcher.stopWhen(stop);
    }

    /// Adds the lines that match.
    ///
    /// @param line the number of the first
    void sift(byte[] bytes, int from, int to, long line, Hits hits) {
        givenUp = false;
        if (needle != null && !LineMatcher.coloured(bytes, from, to)) byNeedle(bytes, from, to, line, hits);
        else if (machine != null) byMachine(bytes, from, to, line, hits);
        else oneByOne(bytes, from, to, line, hits);
    }

    private void byNeedle(byte[] bytes, int from, int to, long line, Hits hits) {
        long number = line;
        int counted = from;
        for (int at = from; !givenUp && (at = needle.find(bytes, at, to)) >= 0; ) {
            if (unit == 2 && (at - from & 1) == 1) {
                at++;
                continue;
            }
            int fixed = needleFirst && !needleEnough ? atNeedle(bytes, at, from, to) : LineMachine.UNSURE;
            if (fixed == LineMachine.NO) {
                at++;
                continue;
            }
            int start = NewlineCount.last(bytes, counted, at, unit, little);
            start = start < 0 ? counted : start + unit;
            number += NewlineCount.of(bytes, counted, start, unit, little);
            counted = start;
            int feed = NewlineCount.first(bytes, at, to, unit, little);
            int end = feed < 0 ? to : feed;
            if (needleEnough || fixed == LineMachine.YES || whole(bytes, start, end, number)) hits.add(number);
            at = feed < 0 ? to : feed + unit;
        }
    }

    private int atNeedle(byte[] bytes, int at, int from, int to) {
        int before = at == from ? '\n' : bytes[at - 1] & 0xff;
        if (!machine.after(before)) return LineMachine.UNSURE;
        int stop = Math.min(to, at + FAR);
        int state = machine.run(bytes, at, stop, machine.place(before == '\n' ? -1 : before));
        return state < 0 ? state : stop == to ? machine.end(state) : LineMachine.UNSURE;
    }

    private boolean whole(byte[] bytes, int from, int to, long line) {
        int answer = machine == null ? LineMachine.UNSURE : machine.end(machine.run(bytes, from, to, machine.line()));
        return answer == LineMachine.UNSURE ? matches(bytes, from, to, line) : answer == LineMachine.YES;
    }

    private void byMachine(byte[] bytes, int from, int to, long line, Hits hits) {
        long number = line;
        int begin = machine.line();
        for (int at = from; at < to && !givenUp; number++) {
            int answer = machine.end(machine.run(bytes, at, to, begin));
            int stopped = machine.stopped();
            int feed = answer == LineMachine.NO ? stopped : NewlineCount.first(bytes, stopped, to, 1, false);
            if (feed < 0) feed = to;
            if (answer == LineMachine.YES || answer == LineMachine.UNSURE && matches(bytes, at, feed, number)) hits.add(number);
            at = feed + 1;
        }
    }

    private void oneByOne(byte[] bytes, int from, int to, long line, Hits hits) {
        long number = line;
        for (int at = from; at < to && !givenUp; number++) {
            int feed = NewlineCount.first(bytes, at, to, unit, little);
            int end = feed < 0 ? to : feed;
            if (matches(bytes, at, end, number)) hits.add(number);
            at = end + unit;
        }
    }

    private boolean matches(byte[] bytes, int from, int to, long line) {
        boolean carriage = to - from >= unit && bytes[little ? to - 2 : to - 1] == '\r' && (unit == 1 || bytes[little ? to - 1 : to - 2] == 0);
        return switch (matcher.answer(bytes, from, carriage ? to - unit : to)) {
            case YES -> true;
            case NO -> false;
            case TOO_LONG -> {
                givenUp = !tooLong.test(line);
                yield false;
            }
        };
    }
}
