package serpentarium.traffic.ui;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import serpentarium.base.Strings;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;
import serpentarium.traffic.Flow;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.Headers;
import serpentarium.traffic.Side;
import serpentarium.traffic.analysis.BodySearch;
import serpentarium.traffic.analysis.FlowContent;
import serpentarium.traffic.analysis.Secrets;
import serpentarium.traffic.engine.RedactedBody;

/// Which hits of a search may be seen while secrets are masked: those that are found word for word in what they were found in when its secrets
/// are taken out. A piece around a hit does not say by itself what name it stands behind. Looked up in the background for the hits in sight.
final class MaskedHits {
    private static final Strings STRINGS = Strings.of(MaskedHits.class);
    private static final int REMEMBERED = 4000;
    /// A hit in more than this is not shown.
    private static final int LOOKED_THROUGH = 32 << 20;

    private final TrafficViewModel model;
    private final Tasks tasks;
    private final Runnable changed;
    private final Map<BodySearch.Hit, Boolean> known = new LinkedHashMap<>() {
        @Override protected boolean removeEldestEntry(Map.Entry<BodySearch.Hit, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };
    private final Set<BodySearch.Hit> wanted = new LinkedHashSet<>();
    private boolean running;

    /// @param changed is told when it is known of more hits
    MaskedHits(TrafficViewModel model, Tasks tasks, Runnable changed) {
        this.model = model;
        this.tasks = tasks;
        this.changed = changed;
    }

    /// Whether a hit may be seen; not as long as it is not known.
    boolean seen(BodySearch.Hit hit) {
        Boolean may = known.get(hit);
        if (may != null) return may;
        wanted.add(hit);
        look();
        return known.getOrDefault(hit, false);
    }

    private void look() {
        if (running || wanted.isEmpty()) return;
        running = true;
        List<BodySearch.Hit> hits = List.copyOf(wanted);
        wanted.clear();
        var content = model.content();
        var table = model.table().get();
        tasks.submit(TaskSpec.of(STRINGS.get("task.mask"), Lane.IO, context -> {
            Map<BodySearch.Hit, Boolean> found = new HashMap<>();
            BodySearch.Hit last = null;
            String text = "";
            for (BodySearch.Hit hit : hits) {
                context.checkpoint();
                if (last == null || last.row() != hit.row() || last.where() != hit.where() || hit.where() == BodySearch.Where.MESSAGE && last.at() != hit.at())
                    text = hit.where() == BodySearch.Where.URL ? Secrets.maskUrl(table.title(hit.row())) : masked(content, hit);
                last = hit;
                found.put(hit, holds(text, hit));
            }
            return found;
        }).hidden()).whenEnded(state -> {
            running = false;
            if (state instanceof TaskState.Done<Map<BodySearch.Hit, Boolean>>(var found)) {
                known.putAll(found);
                changed.run();
            }
            look();
        });
    }

    private static boolean holds(String text, BodySearch.Hit hit) {
        return text.contains(hit.before() + hit.match() + hit.after()) || text.contains(hit.before() + hit.match()) && text.contains(hit.after()) && hit.match().length() >= 200;
    }

    private static String masked(FlowContent content, BodySearch.Hit hit) {
        try {
            Flow flow = content.flow(hit.row());
            return plain(switch (hit.where()) {
                case URL -> "";
                case REQUEST_HEADER -> header(flow.headers(Side.REQUEST));
                case RESPONSE_HEADER -> header(flow.headers(Side.RESPONSE));
                case REQUEST_BODY -> body(content, flow, hit.row(), Side.REQUEST);
                case RESPONSE_BODY -> body(content, flow, hit.row(), Side.RESPONSE);
                case MESSAGE -> new String(RedactedBody.masked(content.message(hit.row(), (int) hit.at()), flow.kind() == FlowKind.SSE ? "text/event-stream" : ""),
                        StandardCharsets.UTF_8);
            });
        } catch (IOException e) {
            return "";
        }
    }

    private static String header(Headers headers) {
        var text = new StringBuilder();
        for (Headers.Field field : headers.fields())
            text.append(field.name()).append(": ").append(Secrets.USUAL.headerValue(field.name(), field.value())).append('\n');
        return text.toString();
    }

    private static String body(FlowContent content, Flow flow, int row, Side side) throws IOException {
        byte[] bytes;
        try (InputStream in = content.body(row, side)) {
            bytes = in.readNBytes(LOOKED_THROUGH + 1);
        }
        if (bytes.length > LOOKED_THROUGH) return "";
        return new String(RedactedBody.masked(bytes, flow.headers(side).first("content-type").orElse("")), StandardCharsets.UTF_8);
    }

    /// As hits are written.
    private static String plain(String text) {
        char[] all = text.toCharArray();
        for (int i = 0; i < all.length; i++) if (Character.isISOControl(all[i])) all[i] = ' ';
        return new String(all);
    }
}
