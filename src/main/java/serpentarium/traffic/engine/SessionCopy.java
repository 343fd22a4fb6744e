package serpentarium.traffic.engine;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import serpentarium.task.Progress;
import serpentarium.task.TaskContext;
import serpentarium.traffic.BodyFacts;
import serpentarium.traffic.Flow;
import serpentarium.traffic.FlowSink;
import serpentarium.traffic.FlowTable;
import serpentarium.traffic.FlowWriter;
import serpentarium.traffic.Message;
import serpentarium.traffic.RecordedFlows;
import serpentarium.traffic.Side;

/// Copies flows of one session into another, with all that is known of them.
final class SessionCopy {
    private static final int BATCH = 256;
    private static final int PIECE = 1 << 16;

    private SessionCopy() {}

    static void copy(RecordedFlows from, IntPredicate rows, FlowSink to, TaskContext context) throws IOException {
        FlowTable table = from.table();
        byte[] buffer = new byte[PIECE];
        for (int row = 0; row < table.size(); row++) {
            if (row % 64 == 0) {
                context.checkpoint();
                context.progress(row, table.size(), Progress.Unit.ITEMS);
            }
            if (rows.test(row)) flow(from, row, to, buffer);
        }
        for (String warning : from.warnings()) to.warn("", warning);
    }

    private static void flow(RecordedFlows from, int row, FlowSink sink, byte[] buffer) throws IOException {
        Flow flow = from.flow(row);
        try (FlowWriter to = sink.begin(flow.id(), flow.kind(), flow.source(), flow.timing().started())) {
            to.connection(flow.connection());
            to.timing(flow.timing());
            if (flow.request() != null) to.request(flow.request());
            body(from, row, flow, Side.REQUEST, to, buffer);
            if (!flow.requestTrailers().fields().isEmpty()) to.trailers(Side.REQUEST, flow.requestTrailers());
            if (flow.response() != null) to.response(flow.response());
            body(from, row, flow, Side.RESPONSE, to, buffer);
            if (!flow.responseTrailers().fields().isEmpty()) to.trailers(Side.RESPONSE, flow.responseTrailers());
            messages(from, row, flow, to);
            if (flow.error() != null) to.error(flow.error());
            if (flow.process() != null) to.process(flow.process());
            if (flow.parent() != null) to.parent(flow.parent());
            if (!flow.mark().isEmpty() || !flow.comment().isEmpty()) to.notes(flow.mark(), flow.comment());
            for (Map.Entry<String, byte[]> extra : flow.extras().entrySet()) to.extra(extra.getKey(), extra.getValue());
        }
    }

    private static void body(RecordedFlows from, int row, Flow flow, Side side, FlowWriter to, byte[] buffer) throws IOException {
        BodyFacts facts = flow.body(side);
        if (facts.equals(BodyFacts.NONE)) return;
        if (facts.stored() > 0) {
            try (InputStream in = from.body(row, side)) {
                for (int got; (got = in.read(buffer)) >= 0; ) to.body(side, buffer, 0, got);
            }
        }
        BodyFacts.State state = facts.state() == BodyFacts.State.GROWING ? BodyFacts.State.PARTIAL : facts.state();
        to.bodyEnd(side, state, facts.wireSize(), facts.decoded());
    }

    private static void messages(RecordedFlows from, int row, Flow flow, FlowWriter to) throws IOException {
        for (int first = 0; first < flow.messages(); first += BATCH) {
            List<Message> batch = from.messages(row, first, first + BATCH);
            for (int i = 0; i < batch.size(); i++) {
                Message message = batch.get(i);
                to.message(message.from(), message.time(), message.opcode(), from.content(row, first + i, Integer.MAX_VALUE), message.dropped(), message.injected());
            }
        }
    }
}
