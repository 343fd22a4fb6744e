package serpentarium.traffic.analysis.body;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import serpentarium.base.Bid;
import serpentarium.base.Strings;
import serpentarium.task.TaskContext;

/// The fields of a form, decoded.
public final class FormView implements BodyView {
    private static final Strings STRINGS = Strings.of(FormView.class);
    private static final int MOST = 100_000;

    @Override public String id() {
        return "form";
    }

    @Override public Bid bid(BodyInput in) {
        return in.mediaType().equals("application/x-www-form-urlencoded") ? new Bid.Yes(90) : new Bid.No(STRINGS.get("bid.form"));
    }

    @Override public BodyModel model(BodyInput in, TaskContext context) {
        var rows = new ArrayList<List<String>>();
        String text = new String(in.bytes(), StandardCharsets.ISO_8859_1).strip();
        int at = 0;
        while (at <= text.length() && rows.size() < MOST) {
            if ((rows.size() & 1023) == 0) context.checkpoint();
            int end = text.indexOf('&', at);
            if (end < 0) end = text.length();
            String pair = text.substring(at, end);
            at = end + 1;
            if (pair.isEmpty()) continue;
            int equals = pair.indexOf('=');
            rows.add(List.of(decoded(equals < 0 ? pair : pair.substring(0, equals)), equals < 0 ? "" : decoded(pair.substring(equals + 1))));
        }
        return new BodyModel.Table(List.of(STRINGS.get("column.name"), STRINGS.get("column.value")), rows,
                rows.size() == MOST ? STRINGS.get("note.rows", MOST) : "");
    }

    /// Percent signs and plus signs undone; what is none stays.
    static String decoded(String text) {
        var bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int high = c == '%' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = high >= 0 ? Character.digit(text.charAt(i + 2), 16) : -1;
            if (low >= 0) {
                bytes.write(high << 4 | low);
                i += 2;
            } else bytes.write(c == '+' ? ' ' : c);
        }
        byte[] all = bytes.toByteArray();
        String utf = new String(all, StandardCharsets.UTF_8);
        return utf.indexOf(0xfffd) < 0 ? utf : new String(all, StandardCharsets.ISO_8859_1);
    }
}
