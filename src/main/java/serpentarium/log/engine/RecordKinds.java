package serpentarium.log.engine;

import serpentarium.log.Level;
import serpentarium.log.RecordView;

/// Some kinds of records, by level and by whether they carry a traceback: what [RecordMarks] tells apart.
///
/// @param bits one for each kind; see [#of(RecordView)]
public record RecordKinds(int bits) {
    /// How many kinds there are, with lines that go on in a record.
    static final int MOST = 16;
    /// The kind of a line that goes on in a record, or stands before the first one.
    static final int GOES_ON = 0;
    /// The first after the levels: no level at all.
    private static final int NONE = 7;
    private static final int FAILED_BIT = 8;

    /// All records.
    public static final RecordKinds ALL = new RecordKinds(0xffff & ~(1 << GOES_ON));
    /// Those with a traceback.
    public static final RecordKinds FAILED = new RecordKinds(0xff00);
    /// Those without a level.
    public static final RecordKinds WITHOUT = level(NONE);
    /// Those whose level is none of Python's five.
    public static final RecordKinds OTHER = level(1);

    private static RecordKinds level(int number) {
        return new RecordKinds((1 | 1 << FAILED_BIT) << number);
    }

    /// Records of a level; for [Level#OTHER] those without one and those with another.
    public static RecordKinds of(Level level) {
        return level == Level.OTHER ? OTHER.or(WITHOUT) : level(level.ordinal() + 1);
    }

    /// Records whose level is one of Python's five and at least this.
    public static RecordKinds atLeast(Level least) {
        RecordKinds all = new RecordKinds(0);
        for (Level level : Level.values()) if (level != Level.OTHER && level.compareTo(least) >= 0) all = all.or(of(level));
        return all;
    }

    /// Those of these or of the others.
    public RecordKinds or(RecordKinds other) {
        return new RecordKinds(bits | other.bits);
    }

    /// Those of these that are among the others.
    public RecordKinds and(RecordKinds other) {
        return new RecordKinds(bits & other.bits);
    }

    /// All records but these.
    public RecordKinds not() {
        return new RecordKinds(~bits & ALL.bits);
    }

    boolean has(int kind) {
        return (bits >>> kind & 1) != 0;
    }

    /// The kind of a record: 1 to 6 by its level, 7 for none, and 8 more with a traceback.
    static int of(RecordView view) {
        int severity = view.severity();
        int kind = severity == Level.UNKNOWN ? NONE : Level.of(severity).ordinal() + 1;
        return view.traceback() ? kind + FAILED_BIT : kind;
    }

    /// The level of a kind; [Level#OTHER] for none, too.
    static Level level(byte kind) {
        int level = (kind & FAILED_BIT - 1) - 1;
        return level < 0 || level >= Level.values().length ? Level.OTHER : Level.values()[level];
    }
}
