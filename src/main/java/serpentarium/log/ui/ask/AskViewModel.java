package serpentarium.log.ui.ask;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import serpentarium.base.Problem;
import serpentarium.base.Strings;
import serpentarium.kit.Settings;
import serpentarium.log.analysis.GroupFilter;
import serpentarium.log.analysis.LogCost;
import serpentarium.log.analysis.LogFilter;
import serpentarium.log.analysis.LogQuestion;
import serpentarium.log.analysis.LogTally;
import serpentarium.log.engine.LogLines;
import serpentarium.log.engine.LogScan;
import serpentarium.log.engine.RecordReader;
import serpentarium.task.Lane;
import serpentarium.task.TaskHandle;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;

/// What is asked of a log, and the last answers.
public final class AskViewModel {
    private static final Strings STRINGS = Strings.of(AskViewModel.class);
    private static final String RECENT = "log.questions.recent";
    private static final int MOST = 30;
    private static final List<String> EXAMPLES = List.of("level>=WARNING | count by logger, 1m", "count by template | top 20", "has:traceback | count by failure", "count by level, 1m",
            "extract /(\\d+(?:\\.\\d+)?) ?ms/ | p95(value) by 1m");

    private final LogLines lines;
    private final RecordReader records;
    private final Tasks tasks;
    private final Settings settings;
    private final Consumer<Problem> problems;
    private final ReadOnlyObjectWrapper<Answer> answer = new ReadOnlyObjectWrapper<>(this, "answer");
    private final ReadOnlyObjectWrapper<List<LogCost.Statement>> statements = new ReadOnlyObjectWrapper<>(this, "statements", List.of());
    private final ReadOnlyStringWrapper wrong = new ReadOnlyStringWrapper(this, "wrong", "");
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper(this, "busy");
    private final ReadOnlyBooleanWrapper costing = new ReadOnlyBooleanWrapper(this, "costing");
    private TaskHandle<?> asking;
    private TaskHandle<?> summing;

    /// An answer.
    ///
    /// @param text     the question as it was written
    /// @param question the same
    /// @param table    what came out
    public record Answer(String text, LogQuestion question, LogTally.Table table) {
        /// The filter that finds the records of a row.
        public String filter(LogTally.Row row) {
            return GroupFilter.of(text, question, table, row);
        }
    }

    /// @param problems is told what keeps the log from being read
    public AskViewModel(LogLines lines, RecordReader records, Tasks tasks, Settings settings, Consumer<Problem> problems) {
        this.lines = lines;
        this.records = records;
        this.tasks = tasks;
        this.settings = settings;
        this.problems = problems;
    }

    /// The questions that were asked lately, and some examples.
    public List<String> offered() {
        var offered = new LinkedHashSet<>(settings.texts(RECENT));
        offered.addAll(EXAMPLES);
        return List.copyOf(offered);
    }

    /// Asks; the question before is given up.
    public void ask(String asked) {
        String text = asked.strip();
        switch (LogQuestion.parse(text, records.zone())) {
            case LogQuestion.Result.Wrong(var fault) -> wrong.set(STRINGS.get("ask.wrong", fault.from() + 1, fault.text()));
            case LogQuestion.Result.Parsed(LogQuestion question) -> {
                wrong.set("");
                remember(text);
                if (asking != null) asking.cancel();
                busy.set(true);
                TaskHandle<LogTally.Table> mine = tasks.submit(TaskSpec.of(STRINGS.get("task.ask", text), Lane.CPU,
                        context -> LogScan.of(lines, records).ask(question, context).value().table()));
                asking = mine;
                mine.whenEnded(state -> {
                    if (asking != mine) return;
                    busy.set(false);
                    if (state instanceof TaskState.Done<LogTally.Table>(LogTally.Table table)) answer.set(new Answer(text, question, table));
                    else if (state instanceof TaskState.Failed<LogTally.Table>(Problem problem)) problems.accept(problem);
                });
            }
        }
    }

    private void remember(String text) {
        var recent = new ArrayList<>(settings.texts(RECENT));
        recent.remove(text);
        recent.addFirst(text);
        settings.put(RECENT, recent.subList(0, Math.min(MOST, recent.size())));
    }

    /// Works out what statements cost.
    public void cost() {
        if (summing != null) summing.cancel();
        costing.set(true);
        TaskHandle<List<LogCost.Statement>> mine = tasks.submit(TaskSpec.of(STRINGS.get("task.cost"), Lane.CPU,
                context -> LogScan.of(lines, records).cost(new LogFilter.All(), context).value().statements()));
        summing = mine;
        mine.whenEnded(state -> {
            if (summing != mine) return;
            costing.set(false);
            if (state instanceof TaskState.Done<List<LogCost.Statement>>(List<LogCost.Statement> found)) statements.set(found);
            else if (state instanceof TaskState.Failed<List<LogCost.Statement>>(Problem problem)) problems.accept(problem);
        });
    }

    /// The last answer, or null.
    public ReadOnlyObjectProperty<Answer> answer() {
        return answer.getReadOnlyProperty();
    }

    /// What the statements cost, the dearest first; empty until it was asked for.
    public ReadOnlyObjectProperty<List<LogCost.Statement>> statements() {
        return statements.getReadOnlyProperty();
    }

    /// What is wrong with the question, or empty.
    public ReadOnlyStringProperty wrong() {
        return wrong.getReadOnlyProperty();
    }

    /// Whether an answer is on its way.
    public ReadOnlyBooleanProperty busy() {
        return busy.getReadOnlyProperty();
    }

    /// Whether costs are worked out.
    public ReadOnlyBooleanProperty costing() {
        return costing.getReadOnlyProperty();
    }

    /// The log's lines.
    LogLines lines() {
        return lines;
    }

    /// Gives up what is asked.
    public void close() {
        if (asking != null) asking.cancel();
        if (summing != null) summing.cancel();
    }
}
