package serpentarium.traffic.format.mitm;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.task.Progress;
import serpentarium.task.TaskContext;
import serpentarium.traffic.BodyFacts;
import serpentarium.traffic.Flow;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.FlowTable;
import serpentarium.traffic.Headers;
import serpentarium.traffic.Message;
import serpentarium.traffic.RecordedFlows;
import serpentarium.traffic.Side;
import serpentarium.traffic.format.TrafficWriter;

/// Writes mitmproxy's flow dumps. Version 17 is read by every mitmproxy from 8.1 on, so it is what is written; a flow that was read from a later
/// version goes back as version 21, which can say all that it said.
public final class MitmWriter implements TrafficWriter {
    /// Each flow in the version that fits it.
    public static final int FITTING = 0;
    private static final Strings STRINGS = Strings.of(MitmWriter.class);
    private static final int STREAMED = 1 << 20;
    private static final int BATCH = 256;

    private final int version;

    /// @param version 17 or 21, or [#FITTING]
    public MitmWriter(int version) {
        if (version != FITTING && version != MitmShape.COMMON && version != MitmMigration.LATEST) throw new IllegalArgumentException("version " + version);
        this.version = version;
    }

    @Override public String id() {
        return "mitmproxy";
    }

    @Override public List<String> endings() {
        return List.of(".flows", ".mitm", ".flow", ".dump");
    }

    @Override public List<String> write(RecordedFlows session, IntPredicate rows, OutputStream out, TaskContext context) throws IOException {
        FlowTable table = session.table();
        int lost = 0;
        int coded = 0;
        for (int row = 0; row < table.size(); row++) {
            if (row % 64 == 0) {
                context.checkpoint();
                context.progress(row, table.size(), Progress.Unit.ITEMS);
            }
            if (!rows.test(row)) continue;
            Flow flow = session.flow(row);
            if (recoded(flow, Side.REQUEST) || recoded(flow, Side.RESPONSE)) coded++;
            Map<String, Object> state = state(session, row, flow);
            if (state == null) lost++;
            else TnetOutput.write(MitmShape.of(state, version == FITTING ? fitting(flow) : version), out);
        }
        List<String> notes = new ArrayList<>();
        if (lost > 0) notes.add(STRINGS.get("mitm.lost", Quantity.count(lost)));
        if (coded > 0) notes.add(STRINGS.get("mitm.recoded", Quantity.count(coded)));
        return notes;
    }

    private static int fitting(Flow flow) {
        return flow.extras().containsKey(MitmState.VERSION) ? MitmMigration.LATEST : MitmShape.COMMON;
    }

    /// Whether a body is recorded without the content encoding that its header names.
    private static boolean recoded(Flow flow, Side side) {
        return flow.body(side).decoded() && flow.body(side).stored() > 0 && flow.headers(side).first("content-encoding").isPresent();
    }

    private static Map<String, Object> state(RecordedFlows session, int row, Flow flow) throws IOException {
        Map<String, Object> state = MitmState.of(flow);
        byte[] beyond = flow.extras().get(MitmState.EXTRA);
        if (beyond != null && State.map(Tnet.whole(beyond)) instanceof Map<String, Object> rest) State.merge(state, rest);
        if (flow.kind() == FlowKind.DNS) return dns(session, row, state);
        if (!flow.kind().http()) {
            state.put("messages", messages(session, row, flow, false));
            return state;
        }
        content(session, row, flow, Side.REQUEST, State.map(state, "request"));
        content(session, row, flow, Side.RESPONSE, State.map(state, "response"));
        Map<String, Object> websocket = State.map(state, "websocket");
        if (websocket != null) websocket.put("messages", messages(session, row, flow, true));
        return state;
    }

    private static Map<String, Object> dns(RecordedFlows session, int row, Map<String, Object> state) throws IOException {
        for (Message message : session.messages(row, 0, 2)) {
            String key = message.from() == Side.REQUEST ? "request" : "response";
            byte[] wire = session.content(row, message.from() == Side.REQUEST ? 0 : 1, 1 << 16);
            if (!state.containsKey(key)) state.put(key, MitmDns.unpack(wire, message.time()));
        }
        state.putIfAbsent("response", null);
        return State.map(state, "request") == null ? null : state;
    }

    private static void content(RecordedFlows session, int row, Flow flow, Side side, Map<String, Object> message) {
        if (message == null) return;
        BodyFacts facts = flow.body(side);
        if (facts.state() == BodyFacts.State.MISSING) message.put("content", null);
        else message.put("content", facts.stored() == 0 ? Bytes.NONE : new TnetOutput.Streamed(facts.stored(), () -> session.body(row, side)));
        if (recoded(flow, side)) message.put("headers", MitmState.headers(plain(flow.headers(side), facts.stored())));
    }

    private static Headers plain(Headers headers, long size) {
        List<Headers.Field> fields = new ArrayList<>();
        for (Headers.Field field : headers.fields()) {
            if (field.name().equalsIgnoreCase("content-encoding")) continue;
            fields.add(field.name().equalsIgnoreCase("content-length") ? new Headers.Field(field.name(), Long.toString(size)) : field);
        }
        return new Headers(fields);
    }

    private static List<Object> messages(RecordedFlows session, int row, Flow flow, boolean websocket) throws IOException {
        List<Object> list = new ArrayList<>();
        for (int from = 0; from < flow.messages(); from += BATCH) {
            int number = from;
            for (Message message : session.messages(row, from, from + BATCH)) list.add(message(session, row, number++, flow, message, websocket));
        }
        return list;
    }

    private static List<Object> message(RecordedFlows session, int row, int number, Flow flow, Message message, boolean websocket) throws IOException {
        Object content = message.size() < STREAMED ? Bytes.of(session.content(row, number, STREAMED))
                : new TnetOutput.Streamed(message.size(), () -> new ByteArrayInputStream(session.content(row, number, Integer.MAX_VALUE)));
        double time = Double.isNaN(message.time()) ? flow.timing().started() : message.time();
        boolean fromClient = message.from() == Side.REQUEST;
        if (!websocket) return State.listOf(fromClient, content, time);
        return State.listOf((long) (message.opcode() == 0 ? 2 : message.opcode()), fromClient, content, time, message.dropped(), message.injected());
    }
}
