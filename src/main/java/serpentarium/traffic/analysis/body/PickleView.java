package serpentarium.traffic.analysis.body;

import java.nio.BufferUnderflowException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import serpentarium.base.Bid;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;
import serpentarium.task.TaskContext;

/// A pickle, opcode by opcode, as `pickletools.dis` prints it. Nothing is loaded, imported or called.
///
/// Source: CPython's `Lib/pickletools.py`.
public final class PickleView implements BodyView {
    private static final Strings STRINGS = Strings.of(PickleView.class);
    private static final int MOST = 300_000;
    private static final int DEEPEST = 60;

    private final PickleCodes codes = new PickleCodes();

    @Override public String id() {
        return "pickle";
    }

    @Override public Bid bid(BodyInput in) {
        if (in.mediaType().contains("pickle")) return new Bid.Yes(90);
        int length = in.bytes().length;
        boolean begins = in.starts(0x80) && length > 3 && in.bytes()[1] >= 2 && in.bytes()[1] <= 5;
        boolean framed = begins && (in.bytes()[1] < 4 || (in.bytes()[2] & 0xff) == 0x95 || length < 16);
        return framed && (!in.whole() || in.bytes()[length - 1] == '.') && codes.of(in.bytes()[2] & 0xff) != null ? new Bid.Yes(85)
                : new Bid.No(STRINGS.get("bid.pickle"));
    }

    @Override public BodyModel model(BodyInput in, TaskContext context) {
        var run = new Run(in.bytes());
        String fault = run.all(context);
        if (run.count == 0) throw new ProblemException(Problem.of(STRINGS, "body.pickle", Place.NOWHERE, fault));
        return run.out.model(fault.isEmpty() && run.out.cut() ? STRINGS.get("note.cut") : fault);
    }

    /// One pass over a pickle with its stack, of which only the marks are kept.
    private final class Run {
        private final PickleArgument in;
        private final PrettyText out = new PrettyText();
        private final BitSet marks = new BitSet();
        private final Map<Long, Boolean> memo = new HashMap<>();
        private final java.util.ArrayDeque<Integer> places = new java.util.ArrayDeque<>();
        private int size;
        private int highest = -1;
        private int count;

        Run(byte[] bytes) {
            in = new PickleArgument(bytes);
        }

        /// Why it ended early; empty where it did not.
        String all(TaskContext context) {
            for (;;) {
                if ((count & 1023) == 0) context.checkpoint();
                if (in.atEnd()) return STRINGS.get("note.pickle.ends");
                if (count == MOST) return STRINGS.get("note.pickle.most", MOST);
                int at = in.position();
                int byteAt = in.u8();
                PickleCodes.Code code = codes.of(byteAt);
                if (code == null) return STRINGS.get("note.pickle.code", at, String.format("0x%02x", byteAt));
                String argument;
                try {
                    argument = code.argument().equals("-") ? null : in.read(code.argument());
                } catch (BufferUnderflowException | IllegalArgumentException _) {
                    return STRINGS.get("note.pickle.argument", at, code.name());
                }
                String fault = line(at, byteAt, code, argument);
                count++;
                if (!fault.isEmpty()) return fault;
                if (code.name().equals("STOP")) return end();
            }
        }

        private String end() {
            out.line(0).add("highest protocol among opcodes = " + highest);
            return size > 0 ? STRINGS.get("note.pickle.left") : in.atEnd() ? "" : STRINGS.get("note.pickle.more", in.position());
        }

        private String line(int at, int byteAt, PickleCodes.Code code, String argument) {
            String fault = "";
            int deep = places.size();
            highest = Math.max(highest, code.protocol());
            String said = null;
            int takes = code.takes();
            boolean popsMark = code.name().equals("POP") && size > 0 && marks.get(size - 1);
            if (code.toMark() || popsMark) {
                if (places.isEmpty()) {
                    said = "no MARK exists on stack";
                    fault = STRINGS.get("note.pickle.no-mark", at);
                } else {
                    said = "(MARK at " + places.pop() + ")";
                    size = marks.previousSetBit(size - 1);
                    marks.clear(size);
                    if (popsMark) takes = 0;
                }
            }
            boolean puts = code.name().endsWith("PUT") || code.name().equals("MEMOIZE");
            boolean gets = code.name().endsWith("GET");
            long key = code.name().equals("MEMOIZE") ? memo.size() : in.number();
            if (code.name().equals("MEMOIZE")) said = "(as " + key + ")";
            if (puts && (size == 0 || marks.get(size - 1) || memo.putIfAbsent(key, true) != null)) fault = STRINGS.get("note.pickle.memo", at);
            if (gets && !memo.containsKey(key)) fault = STRINGS.get("note.pickle.get", at, key);
            write(at, byteAt, code, argument, said, deep);
            if (!fault.isEmpty()) return fault;
            if (size < takes) return STRINGS.get("note.pickle.stack", at);
            marks.clear(size - takes, size);
            size -= takes;
            if (code.gives() < 0) {
                marks.set(size++);
                places.push(at);
            } else size += code.gives();
            return "";
        }

        private void write(int at, int byteAt, PickleCodes.Code code, String argument, String said, int deep) {
            if (count > 0) out.line(0);
            out.add(String.format("%5d: ", at), Spans.Kind.COMMENT);
            String sign = byteAt >= 0x80 ? String.format("\\x%02x", byteAt) : byteAt == '\'' || byteAt == '\\' ? "\\" + (char) byteAt : String.valueOf((char) byteAt);
            out.add(String.format("%-4s ", sign)).add("    ".repeat(Math.min(deep, DEEPEST)));
            boolean calls = switch (code.name()) {
                case "GLOBAL", "STACK_GLOBAL", "REDUCE", "INST", "OBJ", "NEWOBJ", "NEWOBJ_EX", "BUILD", "EXT1", "EXT2", "EXT4" -> true;
                default -> false;
            };
            out.add(code.name(), calls ? Spans.Kind.WORD : Spans.Kind.TAG);
            if (argument == null && said == null) return;
            out.add(" ".repeat(Math.max(0, 10 - code.name().length())));
            boolean text = argument != null && !argument.isEmpty() && "'\"b".indexOf(argument.charAt(0)) >= 0;
            if (argument != null) out.add(" ").add(argument, text ? Spans.Kind.STRING : Spans.Kind.NUMBER);
            if (said != null) out.add(" ").add(said, Spans.Kind.COMMENT);
        }
    }
}
