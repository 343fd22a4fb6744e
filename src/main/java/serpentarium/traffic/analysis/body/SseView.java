package serpentarium.traffic.analysis.body;

import java.util.ArrayList;
import java.util.List;
import serpentarium.base.Bid;
import serpentarium.base.Strings;
import serpentarium.task.TaskContext;

/// The events of an event stream as a table.
///
/// Source: HTML Standard, section 9.2.6, Interpreting an event stream. An event that is not ended by a blank line is shown all the same: it is what
/// came.
public final class SseView implements BodyView {
    private static final Strings STRINGS = Strings.of(SseView.class);
    private static final int MOST = 100_000;

    @Override public String id() {
        return "events";
    }

    @Override public Bid bid(BodyInput in) {
        return in.mediaType().equals("text/event-stream") ? new Bid.Yes(95) : new Bid.No(STRINGS.get("bid.events"));
    }

    @Override public BodyModel model(BodyInput in, TaskContext context) {
        String text = in.text().replace("\r\n", "\n").replace('\r', '\n');
        var rows = new ArrayList<List<String>>();
        var data = new StringBuilder();
        String id = "";
        String type = "";
        String retry = "";
        boolean any = false;
        for (int at = 0; at <= text.length() && rows.size() < MOST; ) {
            if ((at & 1023) == 0) context.checkpoint();
            int end = text.indexOf('\n', at);
            if (end < 0) end = text.length();
            String line = text.substring(at, end);
            at = end + 1;
            if (!line.isEmpty() && line.charAt(0) != ':') {
                int colon = line.indexOf(':');
                String field = colon < 0 ? line : line.substring(0, colon);
                String value = colon < 0 ? "" : line.substring(colon + 1);
                if (value.startsWith(" ")) value = value.substring(1);
                any = true;
                switch (field) {
                    case "data" -> data.append(data.isEmpty() ? "" : "\n").append(value);
                    case "event" -> type = value;
                    case "id" -> id = value;
                    case "retry" -> retry = value;
                    default -> { }
                }
            } else if (!line.isEmpty()) rows.add(List.of(String.valueOf(rows.size() + 1), STRINGS.get("events.comment"), "", line.substring(1).strip()));
            boolean last = at > text.length();
            if (any && (line.isEmpty() || last)) {
                String shown = data.isEmpty() && !retry.isEmpty() ? "retry: " + retry : data.toString();
                rows.add(List.of(String.valueOf(rows.size() + 1), type.isEmpty() ? "message" : type, id, shown));
                data.setLength(0);
                type = "";
                retry = "";
                any = false;
            }
        }
        return new BodyModel.Table(List.of(STRINGS.get("column.number"), STRINGS.get("column.event"), STRINGS.get("column.id"), STRINGS.get("column.data")),
                rows, rows.size() >= MOST ? STRINGS.get("note.rows", MOST) : "");
    }
}
