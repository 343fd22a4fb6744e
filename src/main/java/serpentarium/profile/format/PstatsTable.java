package serpentarium.profile.format;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.SplittableRandom;

import serpentarium.profile.CountColumn;

/// A pstats dict as it stands in the file, in columns: keys (file, line, name), numbered from 0 in the order in which they were first
/// met, be it as a key of the dict or as a caller; for each key that has one, its entry; and callers.
///
/// An entry owns a range of callers. Entries may share a range, and a range may belong to nobody: its entry was not usable.
final class PstatsTable {
    // Nobody can write a file whose keys all fall into one place of the table.
    private final long seed = new SplittableRandom().nextLong();
    private int[] file = new int[256];
    private int[] line = new int[256];
    private int[] name = new int[256];
    private int[] begin = new int[256];
    private int[] end = new int[256];
    private double[] self = new double[256];
    private double[] total = new double[256];
    private int keys;
    private int[] table = new int[1024];
    private int[] entry = new int[256];
    private int entries;
    private int[] caller = new int[512];
    private double[] callerSelf = new double[512];
    private double[] callerTotal = new double[512];
    private int callers;

    /// The first count of each key's entry: primitive calls, but see [PstatsGraph].
    final CountColumn primitive = new CountColumn();
    /// The second count of each key's entry: all calls.
    final CountColumn calls = new CountColumn();
    /// The number of calls of each caller.
    final CountColumn callerCalls = new CountColumn();

    /// The number of a key; all three are compared, file and name by their text's number.
    int key(int file, int line, int name) {
        int mask = table.length - 1;
        int slot = hash(file, line, name) & mask;
        for (int known; (known = table[slot]) != 0; slot = slot + 1 & mask) {
            int key = known - 1;
            if (this.name[key] == name && this.line[key] == line && this.file[key] == file) return key;
        }
        table[slot] = newKey(file, line, name) + 1;
        if (keys * 2 > table.length) rehash();
        return keys - 1;
    }

    /// A key of its own, even if there is one that looks the same; [#key(int, int, int)] never finds it.
    int newKey(int file, int line, int name) {
        if (keys == this.file.length) {
            int more = keys * 2;
            this.file = Arrays.copyOf(this.file, more);
            this.line = Arrays.copyOf(this.line, more);
            this.name = Arrays.copyOf(this.name, more);
            begin = Arrays.copyOf(begin, more);
            end = Arrays.copyOf(end, more);
            self = Arrays.copyOf(self, more);
            total = Arrays.copyOf(total, more);
        }
        this.file[keys] = file;
        this.line[keys] = line;
        this.name[keys] = name;
        begin[keys] = -1;
        return keys++;
    }

    /// How many keys there are.
    int keys() {
        return keys;
    }

    /// The text's number of a key's file.
    int file(int key) {
        return file[key];
    }

    /// The line of a key as the file gives it.
    int line(int key) {
        return line[key];
    }

    /// The text's number of a key's name.
    int name(int key) {
        return name[key];
    }

    /// Whether the key has an entry.
    boolean hasEntry(int key) {
        return begin[key] >= 0;
    }

    /// How many entries there are.
    int entries() {
        return entries;
    }

    /// The key of the `index`-th entry, in the order of the file.
    int entry(int index) {
        return entry[index];
    }

    /// Gives a key its entry, or another one in place of the one that it had. The counts are set by the caller.
    ///
    /// @param begin the first of its callers
    /// @param end   one past the last
    void setEntry(int key, double self, double total, int begin, int end) {
        if (this.begin[key] < 0) {
            if (entries == entry.length) entry = Arrays.copyOf(entry, entries * 2);
            entry[entries++] = key;
        }
        this.self[key] = self;
        this.total[key] = total;
        this.begin[key] = begin;
        this.end[key] = end;
    }

    /// The time in a key's function itself.
    double self(int key) {
        return self[key];
    }

    /// The time in a key's function with all that it called.
    double total(int key) {
        return total[key];
    }

    /// The first caller of a key that has an entry.
    int begin(int key) {
        return begin[key];
    }

    /// One past the last caller of a key that has an entry.
    int end(int key) {
        return end[key];
    }

    /// Adds a caller.
    ///
    /// @param calls how often it called
    /// @param large the same where it is beyond 64 bits, else null
    /// @param self  NaN where the file does not say
    /// @param total NaN where the file does not say
    void addCaller(int key, long calls, BigInteger large, double self, double total) {
        if (callers == caller.length) {
            caller = Arrays.copyOf(caller, callers * 2);
            callerSelf = Arrays.copyOf(callerSelf, callers * 2);
            callerTotal = Arrays.copyOf(callerTotal, callers * 2);
        }
        caller[callers] = key;
        callerSelf[callers] = self;
        callerTotal[callers] = total;
        put(callerCalls, callers++, calls, large);
    }

    /// Sets a count.
    ///
    /// @param large the count where it is beyond 64 bits, else null
    static void put(CountColumn column, int index, long count, BigInteger large) {
        if (large == null) column.set(index, count);
        else column.set(index, large);
    }

    /// How many callers there are, over all entries.
    int callers() {
        return callers;
    }

    /// The key of a caller.
    int caller(int index) {
        return caller[index];
    }

    /// What the callee itself took under a caller; NaN where the file does not say.
    double callerSelf(int index) {
        return callerSelf[index];
    }

    /// What the callee took under a caller with all below it; NaN where the file does not say.
    double callerTotal(int index) {
        return callerTotal[index];
    }

    private void rehash() {
        int[] old = table;
        table = new int[old.length * 4];
        int mask = table.length - 1;
        for (int known : old) {
            if (known == 0) continue;
            int slot = hash(file[known - 1], line[known - 1], name[known - 1]) & mask;
            while (table[slot] != 0) slot = slot + 1 & mask;
            table[slot] = known;
        }
    }

    private int hash(int file, int line, int name) {
        long h = (((long) file << 32 | line & 0xffffffffL) ^ seed) * 0x9E3779B97F4A7C15L;
        h = (h ^ h >>> 32 ^ name) * 0xC2B2AE3D27D4EB4FL;
        return (int) (h ^ h >>> 29 ^ h >>> 47);
    }
}
