package serpentarium.traffic.engine;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import serpentarium.traffic.BodyFacts;
import serpentarium.traffic.ConnectionFacts;
import serpentarium.traffic.Flow;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.FlowSource;
import serpentarium.traffic.Headers;
import serpentarium.traffic.ProcessFacts;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.ResponseHead;
import serpentarium.traffic.Side;
import serpentarium.traffic.Timing;

/// Puts a flow together from its records.
final class FlowParts {
    private static final BodyFacts.State[] STATES = BodyFacts.State.values();

    private final String id;
    private final FlowKind kind;
    private final FlowSource source;
    private ConnectionFacts connection = ConnectionFacts.UNKNOWN;
    private Timing timing;
    private RequestHead request;
    private ResponseHead response;
    private final long[] stored = new long[2];
    private final BodyFacts.State[] state = new BodyFacts.State[2];
    private final long[] wireSize = {-1, -1};
    private final boolean[] decoded = new boolean[2];
    private final Headers[] trailers = {Headers.NONE, Headers.NONE};
    private String error;
    private ProcessFacts process;
    private String parent;
    private String mark = "";
    private String comment = "";
    private boolean closed;
    private final Map<String, byte[]> extras = new LinkedHashMap<>();

    FlowParts(String id, FlowKind kind, FlowSource source, double started) {
        this.id = id;
        this.kind = kind;
        this.source = source;
        timing = Timing.started(started);
    }

    void take(ItemReader items) throws IOException {
        while (items.next()) {
            switch (items.tag()) {
                case Item.CONNECTION -> connection = items.connection();
                case Item.TIMING -> timing = Item.timing(items);
                case Item.REQUEST -> request = Item.request(items);
                case Item.RESPONSE -> response = Item.response(items);
                case Item.BODY -> stored[items.choice(Side.values()).ordinal()] += items.left();
                case Item.BODY_REF -> {
                    int side = items.choice(Side.values()).ordinal();
                    items.number();
                    items.number();
                    stored[side] += items.number();
                }
                case Item.BODY_END -> {
                    int side = items.choice(Side.values()).ordinal();
                    state[side] = items.choice(STATES);
                    wireSize[side] = items.number() - 1;
                    decoded[side] = items.flag();
                }
                case Item.TRAILERS -> trailers[items.choice(Side.values()).ordinal()] = items.headers();
                case Item.ERROR -> error = items.text();
                case Item.PROCESS -> process = new ProcessFacts(items.number(), ItemReader.orEmpty(items.text()), items.text());
                case Item.PARENT -> parent = items.text();
                case Item.NOTES -> {
                    mark = ItemReader.orEmpty(items.text());
                    comment = ItemReader.orEmpty(items.text());
                }
                case Item.EXTRA -> extras.put(ItemReader.orEmpty(items.text()), items.rest());
                case Item.CLOSED -> closed = true;
                default -> { }
            }
        }
    }

    /// The flow so far.
    ///
    /// @param messages how many there are
    /// @param cut      whether its beginning was dropped
    Flow flow(int messages, boolean cut) {
        return new Flow(id, kind, source, connection, timing, request, body(0, cut), trailers[0], response, body(1, cut), trailers[1], error, process, parent,
                mark, comment, messages, extras);
    }

    /// Writes all but bodies and messages, as a record that needs none before it.
    static void write(Flow flow, ItemWriter to) {
        to.begin(Item.CONNECTION).connection(flow.connection()).end();
        Item.timing(to.begin(Item.TIMING), flow.timing());
        to.end();
        if (flow.request() != null) {
            Item.request(to.begin(Item.REQUEST), flow.request());
            to.end();
        }
        if (flow.response() != null) {
            Item.response(to.begin(Item.RESPONSE), flow.response());
            to.end();
        }
        if (flow.error() != null) to.begin(Item.ERROR).text(flow.error()).end();
        if (flow.process() != null) to.begin(Item.PROCESS).number(flow.process().pid()).text(flow.process().name()).text(flow.process().command()).end();
        if (flow.parent() != null) to.begin(Item.PARENT).text(flow.parent()).end();
        to.begin(Item.NOTES).text(flow.mark()).text(flow.comment()).end();
        flow.extras().forEach((key, value) -> to.begin(Item.EXTRA).text(key).raw(value, 0, value.length).end());
    }

    private BodyFacts body(int side, boolean cut) {
        BodyFacts.State now = state[side];
        if (cut && (now == BodyFacts.State.COMPLETE || stored[side] > 0)) now = BodyFacts.State.PARTIAL;
        if (now == null) {
            if (stored[side] == 0) return BodyFacts.NONE;
            now = closed ? BodyFacts.State.COMPLETE : BodyFacts.State.GROWING;
        }
        return new BodyFacts(now, wireSize[side] >= 0 ? wireSize[side] : stored[side], stored[side], decoded[side]);
    }
}
