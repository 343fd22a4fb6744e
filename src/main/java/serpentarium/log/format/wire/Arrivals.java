package serpentarium.log.format.wire;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Records that came, as lines of JSON, one after the other in one array: what is written to disk as it is. Beside it stands what is counted
/// of each: when it was made, and by which process.
///
/// A record is written between [#begin()] and [#end(long)]; values follow their keys. What cannot be said in JSON is said as text.
public final class Arrivals {
    /// How many bytes of JSON a record may take; what goes beyond is left out.
    static final int MOST = 32 << 20;
    private static final int FIRST = 1 << 12;
    private static final int KEPT = 1 << 20;
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    private static final double NANOS = 1e9;

    private byte[] bytes = new byte[FIRST];
    private int size;
    private int start = -1;
    private int records;
    private Sender sender;
    private byte[] tail = {};
    private double[] created = new double[8];
    private long[] process = new long[8];
    private Sender[] senders = new Sender[8];
    private final Map<Sender, int[]> refused = new HashMap<>();

    /// Records of nobody yet; see [#of(Sender)].
    public Arrivals() {}

    /// Records of one sender.
    public Arrivals(Via via, String host, int port) {
        of(new Sender(via, host, port));
    }

    /// What comes from now on is of this sender.
    public void of(Sender now) {
        if (now.equals(sender)) return;
        sender = now;
        int before = size;
        put(",\"via\":");
        string(now.via().word());
        put(",\"from\":");
        string(now.from());
        put("}\n");
        tail = Arrays.copyOfRange(bytes, before, size);
        size = before;
    }

    /// The lines; good until something is added.
    public byte[] bytes() {
        return bytes;
    }

    /// How many bytes the lines take.
    public int size() {
        return size;
    }

    /// How many records there are.
    public int records() {
        return records;
    }

    /// When a record was made, in seconds since 1970; NaN where it does not say.
    public double created(int record) {
        return created[record];
    }

    /// The process that made a record; -1 where it does not say.
    public long process(int record) {
        return process[record];
    }

    /// Who sent a record.
    public Sender sender(int record) {
        return senders[record];
    }

    /// How much was refused, by sender and the ordinal of [Refusal].
    public Map<Sender, int[]> refused() {
        return refused;
    }

    /// How much was refused for this reason, of all.
    public int refused(Refusal why) {
        return refused.values().stream().mapToInt(each -> each[why.ordinal()]).sum();
    }

    /// Whether there is nothing to tell.
    public boolean isEmpty() {
        return records == 0 && refused.isEmpty();
    }

    /// Forgets all.
    public void clear() {
        size = 0;
        records = 0;
        refused.clear();
        if (bytes.length > KEPT) bytes = new byte[FIRST];
        if (created.length > KEPT / 8) columns(8);
    }

    /// Counts something that is no record.
    public void refuse(Refusal why) {
        refused.computeIfAbsent(sender, _ -> new int[Refusal.values().length])[why.ordinal()]++;
    }

    private void columns(int length) {
        created = Arrays.copyOf(created, length);
        process = Arrays.copyOf(process, length);
        senders = Arrays.copyOf(senders, length);
    }

    /// Begins a record.
    void begin() {
        start = size;
        if (records == created.length) columns(records * 2);
        senders[records] = sender;
        created[records] = Double.NaN;
        process[records] = -1;
        add('{');
    }

    /// Says when the record was made, beside its fields.
    void made(double seconds) {
        created[records] = seconds;
    }

    /// Says which process made the record, beside its fields.
    void by(long pid) {
        process[records] = pid;
    }

    /// Gives up the record that was begun.
    void drop(Refusal why) {
        size = start;
        refuse(why);
    }

    /// Ends a record.
    ///
    /// @param received when it came, in nanoseconds since 1970
    void end(long received) {
        if (size > start + 1) add(',');
        put("\"received\":");
        long micros = Math.floorDiv(received, 1000L);
        whole(Math.floorDiv(micros, 1_000_000L));
        add('.');
        int rest = (int) Math.floorMod(micros, 1_000_000L);
        for (int unit = 100_000; unit > 0; unit /= 10) add('0' + rest / unit % 10);
        room(tail.length);
        System.arraycopy(tail, 0, bytes, size, tail.length);
        size += tail.length;
        records++;
    }

    /// Whether the record has as many bytes as it may.
    boolean full() {
        return size - start > MOST;
    }

    /// A key; its value follows.
    void key(String name) {
        separate();
        string(name);
        add(':');
    }

    /// A text under a key; nothing where it is null.
    void field(String name, String value) {
        if (value == null) return;
        key(name);
        string(value);
    }

    /// A whole number under a key.
    void field(String name, long value) {
        key(name);
        whole(value);
    }

    /// A number under a key.
    void field(String name, double value) {
        key(name);
        real(value);
    }

    /// Begins an object or a list, as a value.
    void open(char bracket) {
        separate();
        add(bracket);
    }

    /// Ends it.
    void close(char bracket) {
        add(bracket);
    }

    /// A key that stands in bytes; false where it is not ASCII without controls.
    boolean plainKey(byte[] from, int begin, int end) {
        if (!plainText(from, begin, end)) return false;
        add(':');
        return true;
    }

    /// A text that stands in bytes; false where it is not ASCII.
    boolean plainText(byte[] from, int begin, int end) {
        separate();
        room(2 + (end - begin) * 2);
        byte[] to = bytes;
        int n = size;
        to[n++] = '"';
        for (int i = begin; i < end; i++) {
            byte c = from[i];
            if (c >= ' ' && c != '"' && c != '\\' && c != 0x7f) to[n++] = c;
            else if (c == '\n' || c == '"' || c == '\\') {
                to[n++] = '\\';
                to[n++] = c == '\n' ? (byte) 'n' : c;
            } else return false;
        }
        to[n++] = '"';
        size = n;
        return true;
    }

    /// Begins the record that was begun anew.
    void again() {
        size = start + 1;
        created[records] = Double.NaN;
        process[records] = -1;
    }

    /// A text as a value.
    void text(String value) {
        separate();
        string(value);
    }

    /// A whole number as a value.
    void number(long value) {
        separate();
        whole(value);
    }

    /// A number as a value; what is no number is said as text.
    void number(double value) {
        separate();
        real(value);
    }

    /// `null`, `true`, `false`, or a number as it is written.
    void word(String literal) {
        separate();
        put(literal);
    }

    /// A level's name and number under Python's keys.
    void level(String name, int number) {
        field("levelname", name);
        if (number >= 0) field("levelno", number);
    }

    /// Nanoseconds since 1970 under the key `created`, in seconds.
    void time(long nanos) {
        made(nanos / NANOS);
        key("created");
        whole(Math.floorDiv(nanos, 1_000_000_000L));
        int rest = (int) Math.floorMod(nanos, 1_000_000_000L);
        if (rest == 0) return;
        add('.');
        for (int unit = 100_000_000; unit > 0 && rest > 0; unit /= 10) {
            add('0' + rest / unit);
            rest %= unit;
        }
    }

    private void separate() {
        byte last = bytes[size - 1];
        if (last != '{' && last != '[' && last != ':') add(',');
    }

    private void room(int more) {
        if (size + more > bytes.length) bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }

    private void add(int c) {
        if (size == bytes.length) room(1);
        bytes[size++] = (byte) c;
    }

    private void put(String ascii) {
        int length = ascii.length();
        room(length);
        for (int i = 0; i < length; i++) bytes[size++] = (byte) ascii.charAt(i);
    }

    private void whole(long value) {
        if (value >= 0 && value < 10) add('0' + (int) value);
        else put(Long.toString(value));
    }

    private void real(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) string(Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf");
        else put(Decimal.plain(value));
    }

    private void string(String text) {
        int length = text.length();
        room(length + 2);
        byte[] to = bytes;
        int at = size;
        to[at++] = '"';
        int i = 0;
        for (; i < length; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || c > '~') break;
            to[at++] = (byte) c;
        }
        size = at;
        for (; i < length; i++) {
            char c = text.charAt(i);
            room(6 + length - i);
            if (c >= ' ' && c != '"' && c != '\\' && c < 0x7f) bytes[size++] = (byte) c;
            else if (c >= 0x80) i = beyond(text, i);
            else escape(c);
            if (full()) break;
        }
        add('"');
    }

    private int beyond(String text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c) && at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))) {
            int code = Character.toCodePoint(c, text.charAt(at + 1));
            bytes[size++] = (byte) (0xf0 | code >> 18);
            bytes[size++] = (byte) (0x80 | code >> 12 & 0x3f);
            bytes[size++] = (byte) (0x80 | code >> 6 & 0x3f);
            bytes[size++] = (byte) (0x80 | code & 0x3f);
            return at + 1;
        }
        // A lone surrogate is no UTF-8; neither are the separators that some take for the end of a line.
        if (Character.isSurrogate(c) || c == '\u2028' || c == '\u2029' || c == '\u0085') escape(c);
        else if (c < 0x800) {
            bytes[size++] = (byte) (0xc0 | c >> 6);
            bytes[size++] = (byte) (0x80 | c & 0x3f);
        } else {
            bytes[size++] = (byte) (0xe0 | c >> 12);
            bytes[size++] = (byte) (0x80 | c >> 6 & 0x3f);
            bytes[size++] = (byte) (0x80 | c & 0x3f);
        }
        return at;
    }

    private void escape(char c) {
        int known = "\b\t\n\f\r\"\\".indexOf(c);
        bytes[size++] = '\\';
        if (known >= 0) bytes[size++] = (byte) "btnfr\"\\".charAt(known);
        else {
            bytes[size++] = 'u';
            for (int shift = 12; shift >= 0; shift -= 4) bytes[size++] = HEX[c >> shift & 15];
        }
    }
}
