package serpentarium.log.ui.list;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.log.engine.LogLines;
import serpentarium.task.Lane;
import serpentarium.task.Progress;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;

/// The text of selected rows, put together in the background.
final class ListText {
    private static final Strings STRINGS = Strings.of(ListText.class);
    private static final int STEP = 512;
    /// More than this is no use on a clipboard.
    private static final int MOST = 64 << 20;

    private final Supplier<RowReader> readers;
    private final Tasks tasks;
    private final Object latest = new Object();

    ListText(Supplier<RowReader> readers, Tasks tasks) {
        this.readers = readers;
        this.tasks = tasks;
    }

    /// @param numbers gives each line its place before it; null for the lines alone
    /// @param then    gets the text on the window's thread
    void copy(RowSource source, List<Selection.Rows> rows, ToLongFunction<LogLines.Spot> numbers, Consumer<String> then) {
        long all = rows.stream().mapToLong(each -> each.to() - each.from() + 1).sum();
        if (all == 0) return;
        tasks.submit(TaskSpec.of(STRINGS.get("list.copying", Quantity.count(all)), Lane.IO, context -> {
            RowReader reader = readers.get();
            var text = new StringBuilder();
            long done = 0;
            for (Selection.Rows each : rows) {
                for (long row = each.from(); row <= each.to() && text.length() < MOST; ) {
                    context.checkpoint();
                    context.progress(done, all, Progress.Unit.ITEMS);
                    List<Row> some = reader.read(source, row, (int) Math.min(STEP, each.to() - row + 1));
                    if (some.isEmpty()) break;
                    for (Row line : some) append(text, line, numbers);
                    row += some.size();
                    done += some.size();
                }
            }
            return text.toString();
        }).latest(latest)).whenEnded(state -> {
            if (state instanceof TaskState.Done<String>(String text)) then.accept(text);
        });
    }

    private static void append(StringBuilder text, Row row, ToLongFunction<LogLines.Spot> numbers) {
        if (!text.isEmpty()) text.append('\n');
        if (numbers != null) text.append(row.spot().part().file().path().getFileName()).append(':').append(numbers.applyAsLong(row.spot()) + 1).append(": ");
        text.append(row.text());
    }
}
