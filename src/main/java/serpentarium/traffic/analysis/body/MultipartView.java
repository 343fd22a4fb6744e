package serpentarium.traffic.analysis.body;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import serpentarium.base.Bid;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.task.TaskContext;

/// The parts of a multipart body, each by its own view. Names of files are shown and never used.
///
/// Source: RFC 2046 section 5.1, RFC 7578.
public final class MultipartView implements BodyView {
    private static final Strings STRINGS = Strings.of(MultipartView.class);
    private static final Pattern FIRST = Pattern.compile("\\A(?:\\r?\\n)?--([!-~]{1,70})\\r?\\n");
    private static final int MOST = 10_000;
    private static final int LONGEST_HEAD = 16 * 1024;

    @Override public String id() {
        return "multipart";
    }

    @Override public int limit() {
        return Integer.MAX_VALUE;
    }

    @Override public Bid bid(BodyInput in) {
        return in.mediaType().startsWith("multipart/") ? new Bid.Yes(90) : new Bid.No(STRINGS.get("bid.multipart"));
    }

    @Override public BodyModel model(BodyInput in, TaskContext context) {
        String boundary = in.parameter("boundary");
        String note = "";
        Matcher first = FIRST.matcher(in.head());
        if (boundary == null || boundary.isEmpty()) {
            if (!first.find()) throw new ProblemException(Problem.of(STRINGS, "body.multipart", Place.NOWHERE));
            boundary = first.group(1);
            note = STRINGS.get("note.boundary");
        }
        byte[] mark = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        var parts = new ArrayList<BodyModel.Part>();
        byte[] bytes = in.bytes();
        boolean ended = false;
        for (int at = find(bytes, mark, 0); at >= 0 && parts.size() < MOST && !ended; ) {
            context.checkpoint();
            int begin = at + mark.length;
            if (begin + 1 < bytes.length && bytes[begin] == '-' && bytes[begin + 1] == '-') {
                ended = true;
                break;
            }
            while (begin < bytes.length && bytes[begin] != '\n') begin++;
            begin = Math.min(bytes.length, begin + 1);
            int next = find(bytes, mark, begin);
            int end = next < 0 ? bytes.length : next;
            if (next >= 0 && end > begin && bytes[end - 1] == '\n') end--;
            if (next >= 0 && end > begin && bytes[end - 1] == '\r') end--;
            parts.add(part(bytes, begin, end, parts.size() + 1));
            at = next;
        }
        if (parts.isEmpty()) throw new ProblemException(Problem.of(STRINGS, "body.multipart", Place.NOWHERE));
        if (!ended && in.whole()) note = STRINGS.get("note.multipart.ends");
        return new BodyModel.Parts(parts, note);
    }

    private static BodyModel.Part part(byte[] bytes, int from, int to, int number) {
        int at = from;
        String disposition = "";
        String type = "";
        while (at < to && at - from < LONGEST_HEAD) {
            int end = at;
            while (end < to && bytes[end] != '\n') end++;
            String line = new String(bytes, at, end - at, StandardCharsets.UTF_8).strip();
            at = Math.min(to, end + 1);
            if (line.isEmpty()) break;
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            if (name.equals("content-disposition")) disposition = line.substring(colon + 1).strip();
            else if (name.equals("content-type")) type = line.substring(colon + 1).strip();
        }
        String name = HeaderValue.parameter(disposition, "name");
        String file = HeaderValue.parameter(disposition, "filename");
        String title = name == null ? STRINGS.get("part.number", number) : name;
        var facts = new ArrayList<String>();
        if (file != null) facts.add(file);
        if (!type.isEmpty()) facts.add(type);
        facts.add(Quantity.size(to - at));
        String shownType = type.isEmpty() && file == null ? "text/plain" : type;
        return new BodyModel.Part(oneLine(title), oneLine(String.join(" · ", facts)), BodyInput.of(Arrays.copyOfRange(bytes, at, to), shownType));
    }

    private static String oneLine(String text) {
        String cut = text.length() > 300 ? text.substring(0, 300) + "…" : text;
        return cut.replaceAll("\\p{Cntrl}", "\u2423");
    }

    /// The next boundary that begins a line.
    private static int find(byte[] bytes, byte[] mark, int from) {
        for (int i = from; i + mark.length <= bytes.length; i++)
            if (bytes[i] == '-' && (i == 0 || bytes[i - 1] == '\n') && Arrays.equals(bytes, i, i + mark.length, mark, 0, mark.length)) return i;
        return -1;
    }
}
