package serpentarium.traffic.engine.rewrite;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import serpentarium.base.ProblemException;
import serpentarium.task.TaskContext;
import serpentarium.traffic.BodyFacts;
import serpentarium.traffic.FlowTable;
import serpentarium.traffic.Headers;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.ResponseHead;
import serpentarium.traffic.Side;
import serpentarium.traffic.engine.OpenTraffic;
import serpentarium.traffic.engine.TrafficReader;
import serpentarium.traffic.format.ReadOptions;

/// Answers from what was recorded: the response to the same method and URL, each one once, the last one again and again. A file is opened once.
/// Safe to use from any thread; takes a while where a file is opened.
public final class Recordings implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Recordings.class);

    private final Map<String, Opened> opened = new HashMap<>();
    private TrafficReader reader = new TrafficReader(List.of());

    private record Opened(OpenTraffic traffic, Map<String, List<Integer>> rows, Map<String, Integer> next) {}

    /// Reads files of these formats, too; without it only own sessions.
    public synchronized void reader(TrafficReader now) {
        reader = now;
    }

    /// The next answer to a request.
    ///
    /// @param onward whether nothing is answered to what was not recorded; else it is 404
    /// @return empty where the server is to be asked
    public synchronized Optional<ReadyAnswer> answer(String file, boolean onward, RequestHead request) {
        try {
            Opened there = open(file);
            ReadyAnswer found = next(there, key(request.method(), request.url()));
            if (found != null) return Optional.of(found);
            return onward ? Optional.empty() : Optional.of(ReadyAnswer.notFound("answer.not-recorded"));
        } catch (IOException | ProblemException | InvalidPathException e) {
            LOG.warn("The recording {} cannot be read", file, e);
            return Optional.of(ReadyAnswer.unusable("answer.no-recording"));
        }
    }

    private static String key(String method, String url) {
        return method + " " + url;
    }

    private Opened open(String file) throws IOException {
        Opened there = opened.get(file);
        if (there != null) return there;
        OpenTraffic traffic = reader.open(Path.of(file), ReadOptions.NONE, TaskContext.detached());
        FlowTable table = traffic.session().table();
        var rows = new HashMap<String, List<Integer>>();
        for (int row = 0; row < table.size(); row++)
            if (table.status(row) >= 200 && table.kind(row).http() && !table.deleted(row)) rows.computeIfAbsent(table.title(row), _ -> new ArrayList<>()).add(row);
        there = new Opened(traffic, rows, new HashMap<>());
        opened.put(file, there);
        return there;
    }

    private static ReadyAnswer next(Opened there, String key) throws IOException {
        List<Integer> rows = there.rows.get(key);
        if (rows == null) return null;
        int number = there.next.merge(key, 1, Integer::sum) - 1;
        return answer(there, rows.get(Math.min(number, rows.size() - 1)));
    }

    private static ReadyAnswer answer(Opened there, int row) throws IOException {
        var flow = there.traffic.session().flow(row);
        var body = new ReadyAnswer.Body(flow.responseBody().stored(), () -> there.traffic.session().body(row, Side.RESPONSE));
        ResponseHead head = flow.response();
        BodyFacts facts = flow.responseBody();
        List<Headers.Field> fields = head.headers().fields().stream().filter(field -> !facts.decoded() || !field.name().equalsIgnoreCase("content-encoding")).toList();
        String reason = head.reason().isEmpty() ? ReadyAnswer.reason(head.status()) : head.reason();
        return new ReadyAnswer(new ResponseHead(head.status(), reason, "HTTP/1.1", new Headers(fields)), body);
    }

    /// Begins anew: files are opened again, and answers are given from the first one on.
    public synchronized void reset() {
        for (Opened each : opened.values()) {
            try {
                each.traffic.close();
            } catch (IOException e) {
                LOG.warn("A recording was not closed", e);
            }
        }
        opened.clear();
    }

    @Override public void close() {
        reset();
    }
}
