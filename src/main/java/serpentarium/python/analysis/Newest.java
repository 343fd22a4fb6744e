package serpentarium.python.analysis;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which version the beginning of one means: what `pyenv latest` answers, among the installed ones or among the definitions.
///
/// `3.12` means the newest `3.12.x` or `3.12-x`; development, source and `latest` builds and pre-releases do not count, and free-threaded ones
/// only when the beginning ends in `t`. The order has pyenv's own oddities: of `3.8.1` and `3.8.1-debug` the latter is newest, and
/// `miniconda3-4.7.12` is newer than `miniconda3-3.10-23`.
public final class Newest {
    private static final Pattern NO_RELEASE = Pattern.compile("(?:-dev|-src|-latest|(?:a|b|rc)[0-9]+)$");
    private static final Pattern THREADED = Pattern.compile("(?s)(.*[0-9])t");
    private static final Pattern NAMED = Pattern.compile("[A-Za-z0-9]+-");
    private static final Pattern NUMBER = Pattern.compile("[ \\t]*(-?)0*([0-9]*)");

    private Newest() {}

    /// The newest of `candidates` that begins with `prefix`; itself where it is one of them.
    public static Optional<String> of(String prefix, Collection<String> candidates) {
        if (candidates.contains(prefix)) return Optional.of(prefix);
        String begin = stem(prefix);
        boolean threaded = begin.length() < prefix.length();
        return candidates.stream().filter(name -> answers(name, begin, threaded)).map(Key::of).min(Key.ORDER).map(Key::name);
    }

    /// The beginning without the `t` that asks for a free-threaded build.
    public static String stem(String prefix) {
        var threaded = THREADED.matcher(prefix);
        return threaded.matches() ? threaded.group(1) : prefix;
    }

    private static boolean answers(String name, String begin, boolean threaded) {
        int end = begin.length();
        if (name.length() <= end || !name.startsWith(begin) || name.charAt(end) != '-' && name.charAt(end) != '.') return false;
        if (NO_RELEASE.matcher(name).find()) return false;
        boolean ends = name.endsWith("t") && name.length() > end + 1;
        return threaded ? ends : !THREADED.matcher(name).matches();
    }

    /// The line that pyenv gives to `sort -t. -k1,1r -k2,2nr -k3,3nr -k4,4nr`, whose least is the newest.
    private record Key(String name, String line, String[] fields) {
        static final Comparator<Key> ORDER = Comparator.<Key, String>comparing(key -> key.fields[0]).reversed()
                .thenComparing((a, b) -> number(b.field(1), a.field(1)))
                .thenComparing((a, b) -> number(b.field(2), a.field(2)))
                .thenComparing((a, b) -> number(b.field(3), a.field(3)))
                .thenComparing(Key::line);

        static Key of(String name) {
            var named = NAMED.matcher(name);
            // awk counts from 1, so that the part from 0 that pyenv asks for is one character shorter than it means.
            String line = named.lookingAt() ? name.substring(0, named.end() - 2) + "." + name.substring(named.end()) + "..|" + name : name + "...|" + name;
            return new Key(name, line, line.split("\\.", 5));
        }

        private String field(int index) {
            return index < fields.length ? fields[index] : "";
        }
    }

    /// Whole numbers of any length; what is none is 0.
    private static int number(String a, String b) {
        var left = NUMBER.matcher(a);
        var right = NUMBER.matcher(b);
        left.lookingAt();
        right.lookingAt();
        boolean leftMinus = !left.group(1).isEmpty() && !left.group(2).isEmpty();
        boolean rightMinus = !right.group(1).isEmpty() && !right.group(2).isEmpty();
        if (leftMinus != rightMinus) return leftMinus ? -1 : 1;
        int order = Integer.compare(left.group(2).length(), right.group(2).length());
        if (order == 0) order = left.group(2).compareTo(right.group(2));
        return leftMinus ? -order : order;
    }
}
