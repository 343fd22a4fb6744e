package serpentarium.app.cli;

import java.io.IOException;
import java.util.BitSet;
import java.util.function.IntPredicate;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import serpentarium.base.Strings;
import serpentarium.task.TaskContext;
import serpentarium.traffic.FlowTable;
import serpentarium.traffic.RecordedFlows;
import serpentarium.traffic.analysis.FilterParser;
import serpentarium.traffic.analysis.FilterRun;
import serpentarium.traffic.analysis.FlowFilter;
import serpentarium.traffic.engine.SessionContent;

/// Which flows a verb is about.
///
/// @param filter null for all
record FlowChoice(FlowFilter filter) {
    private static final Strings STRINGS = Strings.of(FlowChoice.class);

    /// What `--filter` says.
    ///
    /// @throws ParameterException when it is no filter
    static FlowChoice of(String text, CommandSpec spec) {
        if (text == null) return new FlowChoice(null);
        return switch (FilterParser.parse(text)) {
            case FilterParser.Result.Parsed(FlowFilter filter) -> new FlowChoice(filter);
            case FilterParser.Result.Wrong(int from, int _, String why) ->
                    throw new ParameterException(spec.commandLine(), STRINGS.get("usage.filter", from + 1, why));
        };
    }

    /// The rows of a session that match and are not deleted.
    IntPredicate rows(RecordedFlows session, TaskContext context) throws IOException {
        FlowTable table = session.table();
        if (filter == null) return row -> !table.deleted(row);
        var rows = new BitSet();
        new FilterRun(filter, table, new SessionContent(session), context).run(0, table.size(), (found, begin, end) -> {
            for (int i = begin; i < end; i++) rows.set(found[i]);
        });
        return rows::get;
    }
}
