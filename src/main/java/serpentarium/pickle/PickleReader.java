package serpentarium.pickle;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.pickle.PickleValue.Atom;
import serpentarium.pickle.PickleValue.Dict;
import serpentarium.pickle.PickleValue.Global;
import serpentarium.pickle.PickleValue.Items;
import serpentarium.pickle.PickleValue.Large;
import serpentarium.pickle.PickleValue.Made;
import serpentarium.pickle.PickleValue.Outside;
import serpentarium.pickle.PickleValue.Real;
import serpentarium.pickle.PickleValue.Shape;
import serpentarium.pickle.PickleValue.Text;
import serpentarium.pickle.PickleValue.Whole;
import serpentarium.task.TaskContext;

/// Reads pickles of all protocols, 0 to 5, as data. Nothing is imported, looked up or called, whatever the pickle says: a class is its
/// name, an object is that name with what it would have been made of. A length that is claimed is held against the bytes that are left
/// before anything is made for it; all values together may take so much memory and no more.
///
/// Opcodes: CPython's `Lib/pickletools.py`.
public final class PickleReader {
    private static final Strings STRINGS = Strings.of(PickleReader.class);
    private static final BoundedInput.Wording WORDING = new BoundedInput.Wording(STRINGS, "pickle.truncated", "pickle.length");
    private static final long BUDGET = 4L << 30;
    private static final int HIGHEST_PROTOCOL = 5;
    // What values take here in bytes, rounded up.
    private static final int NUMBER = 24;
    private static final int OBJECT = 64;
    private static final int ITEM = 8;
    private static final PickleValue[] SMALL = new PickleValue[256];

    static {
        for (int i = 0; i < SMALL.length; i++) SMALL[i] = new Whole(i);
    }


    private final String name;
    private final BoundedInput in;
    private final PickleTexts texts;
    private final PickleMemo memo = new PickleMemo();
    private final List<Made> made = new ArrayList<>();
    private PickleValue[] stack = new PickleValue[64];
    private int size;
    private int[] marks = new int[16];
    private int depth;
    private long left;

    private PickleReader(String name, BoundedInput in, long budget, boolean strict) {
        this.name = name;
        this.in = in;
        left = budget;
        texts = new PickleTexts(in, this, strict);
    }

    /// What was read.
    ///
    /// @param value   the value; null where the pickle is damaged
    /// @param made    all its objects in the order in which they were begun
    /// @param problem null, or why there is no value
    public record Result(PickleValue value, List<Made> made, Problem problem) {}

    /// Reads the pickle that the source starts with. Its values may take half of the memory there is.
    public static Result read(Source source, TaskContext context) throws IOException {
        return read(source, Math.min(BUDGET, Runtime.getRuntime().maxMemory() / 2), false, context);
    }

    /// Reads the pickle that the source starts with.
    ///
    /// @param budget how many bytes its values may take
    /// @param strict whether strings of Python 2 that are no UTF-8 are bytes; else they are taken as Latin-1
    public static Result read(Source source, long budget, boolean strict, TaskContext context) throws IOException {
        context.checkpoint();
        try (var in = new BoundedInput(source, context, WORDING)) {
            var reader = new PickleReader(source.name(), in, budget, strict);
            try {
                return new Result(reader.run(), reader.made, null);
            } catch (ProblemException e) {
                return new Result(null, reader.made, e.problem());
            }
        }
    }

    /// A problem where the reader is now.
    ProblemException problem(String id, Object... arguments) {
        return new ProblemException(Problem.of(STRINGS, id, in.place(in.position()), arguments));
    }

    /// Takes room for something of about this many bytes.
    void charge(long bytes) {
        left -= bytes;
        if (left < 0) throw problem("pickle.too-large", name);
    }

    private PickleValue run() throws IOException {
        for (;;) {
            int code = in.u8();
            switch (code) {
                case '.' -> {
                    return pop();
                }
                case 0x80 -> {
                    int protocol = in.u8();
                    if (protocol > HIGHEST_PROTOCOL) throw problem("pickle.protocol", protocol);
                }
                case 0x95 -> {
                    long length = in.i64();
                    in.claim(length, 1);
                }
                case '(' -> mark();
                case '0' -> drop();
                case '1' -> size = unmark();
                case '2' -> place(top());
                case 'N' -> place(Atom.NONE);
                case 0x88 -> place(Atom.TRUE);
                case 0x89 -> place(Atom.FALSE);
                case 'I' -> push(texts.decimal(false));
                case 'L' -> push(texts.decimal(true));
                case 'J' -> push(new Whole(in.i32()));
                case 'K' -> place(SMALL[in.u8()]);
                case 'M' -> push(new Whole(in.u16()));
                case 0x8a -> push(large(in.u8()));
                case 0x8b -> push(large(in.i32()));
                case 'F' -> push(texts.decimalReal());
                case 'G' -> push(new Real(Double.longBitsToDouble(Long.reverseBytes(in.i64()))));
                case 'S' -> push(texts.quoted());
                case 'V' -> push(texts.escaped());
                case 'T' -> push(texts.text(in.i32(), true));
                case 'U' -> push(texts.text(in.u8(), true));
                case 'X' -> push(texts.text(in.i32() & 0xffffffffL, false));
                case 0x8c -> push(texts.text(in.u8(), false));
                case 0x8d -> push(texts.text(in.i64(), false));
                case 'B' -> push(texts.bytes(in.i32() & 0xffffffffL));
                case 'C' -> push(texts.bytes(in.u8()));
                case 0x8e, 0x96 -> push(texts.bytes(in.i64()));
                case 0x97 -> push(new Outside(Atom.NONE));
                case 0x98 -> top();
                case ']' -> push(new Items(Shape.LIST));
                case ')' -> push(new Items(Shape.TUPLE));
                case 0x8f -> push(new Items(Shape.SET));
                case '}' -> push(new Dict());
                case 'l' -> push(new Items(Shape.LIST, kept(fromMark())));
                case 't' -> push(new Items(Shape.TUPLE, kept(fromMark())));
                case 0x91 -> push(new Items(Shape.FROZEN_SET, kept(fromMark())));
                case 0x85 -> tuple(1);
                case 0x86 -> tuple(2);
                case 0x87 -> tuple(3);
                case 'd' -> push(new Dict(kept(pairs(fromMark()))));
                case 'a' -> append(List.of(pop()));
                case 'e', 0x90 -> append(fromMark());
                case 's' -> {
                    PickleValue value = pop();
                    set(List.of(pop(), value));
                }
                case 'u' -> set(pairs(fromMark()));
                case 'p' -> put(texts.number());
                case 'q' -> put(in.u8());
                case 'r' -> put(in.i32() & 0xffffffffL);
                case 0x94 -> put(memo.size());
                case 'g' -> get(texts.number());
                case 'h' -> get(in.u8());
                case 'j' -> get(in.i32() & 0xffffffffL);
                case 0x82 -> push(new Outside(new Whole(in.u8())));
                case 0x83 -> push(new Outside(new Whole(in.u16())));
                case 0x84 -> push(new Outside(new Whole(in.i32())));
                case 'P' -> push(new Outside(new Text(texts.line())));
                case 'Q' -> push(new Outside(pop()));
                case 'c' -> {
                    String module = texts.line();
                    push(new Global(module, texts.line()));
                }
                case 0x93 -> stackGlobal();
                case 'i' -> {
                    String module = texts.line();
                    var type = new Global(module, texts.line());
                    make(type, new Items(Shape.TUPLE, kept(fromMark())));
                }
                case 'o' -> {
                    List<PickleValue> parts = kept(fromMark());
                    if (parts.isEmpty()) throw problem("pickle.stack");
                    make(parts.removeFirst(), new Items(Shape.TUPLE, parts));
                }
                case 'R', 0x81 -> {
                    PickleValue arguments = pop();
                    make(pop(), arguments instanceof Items items ? items : new Items(Shape.TUPLE, List.of(arguments)));
                }
                case 0x92 -> {
                    PickleValue keywords = pop();
                    PickleValue arguments = pop();
                    make(pop(), new Items(Shape.TUPLE, List.of(arguments, keywords)));
                }
                case 'b' -> {
                    PickleValue state = pop();
                    if (top() instanceof Made object) object.state(state);
                }
                default -> throw problem("pickle.code", Integer.toHexString(code));
            }
        }
    }

    private void push(PickleValue value) {
        charge(value instanceof Whole || value instanceof Real ? NUMBER : OBJECT);
        place(value);
    }

    private void place(PickleValue value) {
        if (size == stack.length) {
            charge((long) size * ITEM);
            stack = Arrays.copyOf(stack, size * 2);
        }
        stack[size++] = value;
    }

    private PickleValue pop() {
        if (size == floor()) throw problem("pickle.stack");
        PickleValue value = stack[--size];
        stack[size] = null;
        return value;
    }

    private PickleValue top() {
        if (size == floor()) throw problem("pickle.stack");
        return stack[size - 1];
    }

    private int floor() {
        return depth == 0 ? 0 : marks[depth - 1];
    }

    private void mark() {
        if (depth == marks.length) {
            charge((long) depth * ITEM);
            marks = Arrays.copyOf(marks, depth * 2);
        }
        marks[depth++] = size;
    }

    private int unmark() {
        if (depth == 0) throw problem("pickle.stack");
        return marks[--depth];
    }

    private void drop() {
        if (depth > 0 && marks[depth - 1] == size) depth--;
        else pop();
    }

    private List<PickleValue> fromMark() {
        int from = unmark();
        List<PickleValue> list = new ArrayList<>(Math.max(1, size - from));
        for (int i = from; i < size; i++) {
            list.add(stack[i]);
            stack[i] = null;
        }
        size = from;
        return list;
    }

    private List<PickleValue> kept(List<PickleValue> list) {
        charge((long) list.size() * ITEM);
        return list;
    }

    private List<PickleValue> pairs(List<PickleValue> list) {
        if (list.size() % 2 != 0) throw problem("pickle.stack");
        return list;
    }

    private void tuple(int length) {
        if (size - floor() < length) throw problem("pickle.stack");
        var items = new ArrayList<PickleValue>(length);
        for (int i = size - length; i < size; i++) items.add(stack[i]);
        size -= length;
        push(new Items(Shape.TUPLE, items));
    }

    private void append(List<PickleValue> values) {
        charge((long) values.size() * ITEM);
        switch (top()) {
            case Items(_, var list) -> list.addAll(values);
            case Made object -> object.items().list().addAll(values);
            case Atom _, Whole _, Large _, Real _, Text _, PickleValue.Bytes _, Global _, Outside _, Dict _ ->
                throw problem("pickle.stack");
        }
    }

    private void set(List<PickleValue> pairs) {
        charge((long) pairs.size() * ITEM);
        switch (top()) {
            case Dict(var flat) -> flat.addAll(pairs);
            case Made object -> object.entries().flat().addAll(pairs);
            case Atom _, Whole _, Large _, Real _, Text _, PickleValue.Bytes _, Global _, Outside _, Items _ ->
                throw problem("pickle.stack");
        }
    }

    private void put(long number) {
        if (memo.put(number, top())) charge(number < 2L * memo.size() ? 2 * ITEM : 2 * OBJECT);
    }

    private void get(long number) {
        PickleValue value = memo.get(number);
        if (value == null) throw problem("pickle.memo", number);
        place(value);
    }

    private void stackGlobal() {
        PickleValue attribute = pop();
        PickleValue module = pop();
        if (!(module instanceof Text(String m)) || !(attribute instanceof Text(String n))) throw problem("pickle.stack");
        push(new Global(m, n));
    }

    private void make(PickleValue callable, Items arguments) {
        charge(OBJECT);
        var object = new Made(callable, arguments);
        made.add(object);
        push(object);
    }

    private PickleValue large(int length) throws IOException {
        in.claim(length, 1);
        if (length > PickleTexts.LONGEST_NUMBER) throw problem("pickle.too-large", name);
        if (length == 0) return new Whole(0);
        in.take(length);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) bytes[i] = in.bytes()[in.offset() + length - 1 - i];
        return PickleTexts.whole(new BigInteger(bytes));
    }
}
