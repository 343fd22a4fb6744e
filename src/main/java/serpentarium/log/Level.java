package serpentarium.log;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// Python's five levels, and all others. Other names keep their number on Python's scale where it is known, so that they can be compared.
public enum Level {
    /// Another name, or none.
    OTHER(0),
    /// 10.
    DEBUG(10),
    /// 20.
    INFO(20),
    /// 30.
    WARNING(30),
    /// 40.
    ERROR(40),
    /// 50.
    CRITICAL(50);

    /// The number of a level whose name says none.
    public static final int UNKNOWN = -1;

    private static final int LONGEST = 24;
    private static final Map<String, Integer> WORDS = words();

    private final int number;

    Level(int number) {
        this.number = number;
    }

    /// Python's number.
    public int number() {
        return number;
    }

    /// The level with a number on Python's scale; [#OTHER] between them.
    public static Level of(int number) {
        return switch (number) {
            case 10 -> DEBUG;
            case 20 -> INFO;
            case 30 -> WARNING;
            case 40 -> ERROR;
            case 50 -> CRITICAL;
            default -> OTHER;
        };
    }

    /// The number of a level's name in whatever spelling (`I`, `warn`, `Level 33`, `SEVERE`); [#UNKNOWN] where it is the name of none.
    public static int number(String name) {
        if (name == null || name.isEmpty() || name.length() > LONGEST) return UNKNOWN;
        Integer known = WORDS.get(name.strip().toLowerCase(Locale.ROOT));
        if (known != null) return known;
        byte[] bytes = name.strip().getBytes(StandardCharsets.ISO_8859_1);
        return numbered(bytes, 0, bytes.length);
    }

    /// The number of a name in bytes; as [#number(String)], without making a text of the usual ones.
    public static int number(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length <= 0 || length > LONGEST) return UNKNOWN;
        int first = bytes[from] | 0x20;
        switch (length) {
            case 1 -> {
                return switch (first) {
                    case 'd' -> 10;
                    case 'i' -> 20;
                    case 'w' -> 30;
                    case 'e' -> 40;
                    case 'c', 'f' -> 50;
                    default -> UNKNOWN;
                };
            }
            case 4 -> {
                if (is(bytes, from, "info")) return 20;
                if (is(bytes, from, "warn")) return 30;
            }
            case 5 -> {
                if (is(bytes, from, "debug")) return 10;
                if (is(bytes, from, "error")) return 40;
            }
            case 7 -> {
                if (is(bytes, from, "warning")) return 30;
            }
            case 8 -> {
                if (is(bytes, from, "critical")) return 50;
            }
            default -> { }
        }
        if (first < 'a' || first > 'z') return UNKNOWN;
        int numbered = numbered(bytes, from, to);
        if (numbered != UNKNOWN) return numbered;
        for (int i = from; i < to; i++) if ((bytes[i] | 0x20) < 'a' || (bytes[i] | 0x20) > 'z') return UNKNOWN;
        Integer known = WORDS.get(new String(bytes, from, length, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT));
        return known == null ? UNKNOWN : known;
    }

    /// A level of syslog (0 emergency … 7 debug) on Python's scale.
    public static int ofSyslog(int severity) {
        return switch (severity) {
            case 0, 1, 2 -> 50;
            case 3 -> 40;
            case 4 -> 30;
            case 5 -> 25;
            case 6 -> 20;
            case 7 -> 10;
            default -> UNKNOWN;
        };
    }

    /// What a level is called: Python's name where it is one of its five, otherwise as it was written.
    public static String title(int number, String written) {
        Level level = of(number);
        if (level != OTHER) return level.name();
        if (written != null && !written.isBlank()) return written.strip();
        return switch (number) {
            case 5 -> "TRACE";
            case 25 -> "NOTICE";
            case UNKNOWN -> null;
            default -> "Level " + number;
        };
    }

    private static boolean is(byte[] bytes, int from, String word) {
        for (int i = 0; i < word.length(); i++) if ((bytes[from + i] | 0x20) != word.charAt(i)) return false;
        return true;
    }

    /// `Level 33`, as Python writes numbers without a name.
    private static int numbered(byte[] bytes, int from, int to) {
        if (to - from < 7 || to - from > 12 || !is(bytes, from, "level") || bytes[from + 5] != ' ') return UNKNOWN;
        int number = 0;
        for (int i = from + 6; i < to; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') return UNKNOWN;
            number = number * 10 + bytes[i] - '0';
        }
        return number;
    }

    private static Map<String, Integer> words() {
        var words = new HashMap<String, Integer>();
        put(words, 5, "trace trc verbose finest finer");
        put(words, 10, "d debug deb debu dbug debg dbg fine");
        put(words, 20, "i info information informational inf");
        put(words, 25, "notice success");
        put(words, 30, "w warning war warn warni wrn");
        put(words, 40, "e error err erro eror severe failure");
        put(words, 50, "c critical cri crit criti fatal ftl f alert emerg emergency panic");
        return Map.copyOf(words);
    }

    private static void put(Map<String, Integer> words, int number, String names) {
        for (String name : names.split(" ")) words.put(name, number);
    }
}
