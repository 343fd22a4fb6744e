package serpentarium.traffic.analysis;

/// The form of a path: without its query, and with `{id}` for each part that names one thing among many.
public final class PathForm {
    private PathForm() {}

    /// The form of a path.
    public static String of(String path) {
        int end = path.length();
        for (int i = 0; i < end; i++) if (path.charAt(i) == '?' || path.charAt(i) == '#') end = i;
        var form = new StringBuilder(end);
        int at = 0;
        while (at < end) {
            int next = path.indexOf('/', at);
            if (next < 0 || next > end) next = end;
            if (key(path, at, next)) form.append("{id}");
            else form.append(path, at, next);
            if (next < end) form.append('/');
            at = next + 1;
        }
        return form.toString();
    }

    /// Numbers, and long words of letters and digits mixed such as UUIDs and hashes.
    private static boolean key(String path, int from, int to) {
        int digits = 0;
        boolean hex = true;
        for (int i = from; i < to; i++) {
            char c = path.charAt(i);
            if (c >= '0' && c <= '9') digits++;
            else if (c == '.') return false;
            else if (!(c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F' || c == '-')) hex = false;
        }
        int length = to - from;
        return length > 0 && digits == length || digits > 0 && hex && length >= 8 || digits >= 4 && length >= 16;
    }
}
