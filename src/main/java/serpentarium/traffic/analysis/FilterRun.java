package serpentarium.traffic.analysis;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import serpentarium.task.Abreast;
import serpentarium.task.Progress;
import serpentarium.task.TaskContext;
import serpentarium.traffic.FlowTable;

/// Applies a filter to the rows of one picture of a session, on all cores: rows are looked at in runs, and what was found is told in their order. A
/// flow's record is read once for all parts that need it.
public final class FilterRun {
    private static final int STEP = 1 << 12;
    private static final long EVERY = 50_000_000L;

    private final FlowTable table;
    private final FlowContent content;
    private final TaskContext context;
    private final FlowFilter.Price price;
    private final RowTest test;
    private final List<FlowFilter.TextTest> bodies;
    private final RowReader own;

    /// Over a filter that was parsed.
    public FilterRun(FlowFilter filter, FlowTable table, FlowContent content, TaskContext context) {
        this.table = table;
        this.content = content;
        this.context = context;
        price = filter.price();
        var tests = new RowTests(table, context);
        test = tests.of(filter);
        bodies = List.copyOf(tests.bodies());
        own = new RowReader(table, content, context, bodies);
    }

    /// Whether a row matches.
    ///
    /// @throws IOException when the session cannot be read
    public boolean test(int row) throws IOException {
        return test.test(row, own);
    }

    /// Is told of the rows that matched so far.
    public interface Found {
        /// @param rows in ascending order, from `begin` to `end` - 1
        void found(int[] rows, int begin, int end);
    }

    /// Looks at rows `from`…`to` - 1 that are not deleted, and tells of what it found first at once, then at least every 50 milliseconds.
    ///
    /// @throws IOException when the session cannot be read
    public void run(int from, int to, Found found) throws IOException {
        context.checkpoint();
        if (from >= to) return;
        boolean listed = price == FlowFilter.Price.COLUMN || price == FlowFilter.Price.TEXT;
        RowRuns runs = listed ? RowRuns.even(from, to) : RowRuns.bySize(table, from, to, context);
        // What only one thread may read is read by this one.
        Optional<FlowContent> first = listed ? Optional.of(content) : content.apart();
        var readers = new ConcurrentLinkedQueue<RowReader>();
        if (first.isPresent()) readers.add(new RowReader(table, first.get(), context, bodies));
        else readers.add(own);
        int[] rows = new int[STEP];
        int size = 0;
        int told = 0;
        long last = 0;
        try (var abreast = new Abreast<>(runs.count(), first.isPresent() ? Runtime.getRuntime().availableProcessors() : 1, number -> {
            RowReader reader = readers.poll();
            if (reader == null) reader = new RowReader(table, listed ? content : content.apart().orElseThrow(), context, bodies);
            int[] matching = run(runs.from(number), runs.to(number), reader);
            readers.add(reader);
            return matching;
        })) {
            int done = 0;
            for (int[] more; (more = abreast.next()) != null; ) {
                context.checkpoint();
                context.progress(runs.to(done++) - from, to - from, Progress.Unit.ITEMS);
                if (more.length > rows.length - size) {
                    if (size > told) found.found(rows, told, size);
                    rows = new int[Math.max(more.length, Math.min(1 << 20, rows.length * 2))];
                    size = 0;
                    told = 0;
                }
                System.arraycopy(more, 0, rows, size, more.length);
                size += more.length;
                if (size > told && System.nanoTime() - last > EVERY) {
                    found.found(rows, told, size);
                    told = size;
                    last = System.nanoTime();
                }
            }
        }
        if (size > told) found.found(rows, told, size);
    }

    private int[] run(int from, int to, RowReader reader) throws IOException {
        int[] rows = new int[to - from];
        int size = 0;
        for (int row = from; row < to; row++) {
            if ((row & STEP - 1) == 0) context.checkpoint();
            if (!table.deleted(row) && test.test(row, reader)) rows[size++] = row;
        }
        return Arrays.copyOf(rows, size);
    }
}
