package serpentarium.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;
import serpentarium.log.Level;
import serpentarium.log.LogFormat;
import serpentarium.log.engine.MergedLog;
import serpentarium.log.format.LogSource;
import serpentarium.log.format.PythonFormat;
import serpentarium.task.TaskContext;

/// `logs FILE…`: reads logs, several merged by time.
@Command(name = "logs", resourceBundle = "serpentarium.app.cli.strings", mixinStandardHelpOptions = true)
public final class LogsVerb implements Callable<Integer> {
    private static final Strings STRINGS = Strings.of(LogsVerb.class);

    private final Console console;

    @Spec private CommandSpec spec;
    @Parameters(arity = "0..*", paramLabel = "FILE", descriptionKey = "logs.file") private List<Path> files;
    @Option(names = "--level", paramLabel = "LEVEL", descriptionKey = "logs.level") private String level;
    @Option(names = "--summary", descriptionKey = "logs.summary") private boolean summary;
    @Option(names = "--format", paramLabel = "STRING", descriptionKey = "logs.format") private String format;
    @Option(names = "--datefmt", paramLabel = "STRING", descriptionKey = "logs.datefmt") private String dates;
    @Option(names = "--zone", paramLabel = "ZONE", descriptionKey = "logs.zone") private String zone;
    @Option(names = "--json", descriptionKey = "logs.json") private boolean json;

    /// Writes to `console`.
    public LogsVerb(Console console) {
        this.console = console;
    }

    @Override public Integer call() throws IOException {
        if (files == null) throw new ParameterException(spec.commandLine(), STRINGS.get("usage.no-log"));
        int least = level == null ? Integer.MIN_VALUE : Level.number(level);
        if (least == Level.UNKNOWN) throw new ParameterException(spec.commandLine(), STRINGS.get("usage.level", level));
        LogFormat chosen = chosen();
        ZoneId local = local();
        console.run(STRINGS.get("task.read-logs", files.size(), files.getFirst()), context -> {
            read(chosen, local, least, context);
            return 0;
        });
        return 0;
    }

    private LogFormat chosen() {
        if (format == null) return null;
        try {
            return PythonFormat.of(format, dates);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), STRINGS.get("usage.log-format", e.getMessage()), e);
        }
    }

    private ZoneId local() {
        try {
            return zone == null ? ZoneId.systemDefault() : ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new ParameterException(spec.commandLine(), STRINGS.get("usage.zone", zone), e);
        }
    }

    private void read(LogFormat chosen, ZoneId local, int least, TaskContext context) throws IOException {
        var sources = new ArrayList<LogSource>();
        var unreadable = new ArrayList<ProblemException>();
        for (Path file : files) {
            try {
                sources.add(LogSource.open(file, chosen, local));
            } catch (ProblemException e) {
                unreadable.add(e);
            }
        }
        if (sources.isEmpty()) throw unreadable.getFirst();
        try (var log = new MergedLog(sources, context)) {
            var output = new LogsOutput(console, sources, log, json);
            if (summary) output.summary(view -> view.severity() >= least, unreadable, context);
            else output.records(view -> view.severity() >= least, unreadable, context);
        }
    }
}
