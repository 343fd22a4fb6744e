package serpentarium.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import serpentarium.base.ProblemException;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.log.Level;
import serpentarium.log.LogFormat;
import serpentarium.log.analysis.LogFilter;
import serpentarium.log.analysis.LogFilterParser;
import serpentarium.log.analysis.LogQuestion;
import serpentarium.log.engine.OutputFile;
import serpentarium.log.format.Clock;
import serpentarium.log.format.LogSource;
import serpentarium.log.format.PythonFormat;
import serpentarium.task.TaskContext;

/// `logs FILE…`: reads logs, several merged by time; `-` is standard input, and a folder is all logs in it.
@Command(name = "logs", resourceBundle = "serpentarium.app.cli.strings", mixinStandardHelpOptions = true)
public final class LogsVerb implements Callable<Integer> {
    private static final Strings STRINGS = Strings.of(LogsVerb.class);

    private static final Path STANDARD_INPUT = Path.of("-");

    private final Console console;
    private final InputStream standard;

    @Spec private CommandSpec spec;
    @Parameters(arity = "0..*", paramLabel = "FILE", descriptionKey = "logs.file") private List<Path> files;
    @Option(names = "--filter", paramLabel = "EXPR", descriptionKey = "logs.filter") private String filter;
    @Option(names = "--ask", paramLabel = "QUESTION", descriptionKey = "logs.ask") private String ask;
    @Option(names = "--cost", descriptionKey = "logs.cost") private boolean cost;
    @Option(names = "--level", paramLabel = "LEVEL", descriptionKey = "logs.level") private String level;
    @Option(names = "--summary", descriptionKey = "logs.summary") private boolean summary;
    @Option(names = "--format", paramLabel = "STRING", descriptionKey = "logs.format") private String format;
    @Option(names = "--datefmt", paramLabel = "STRING", descriptionKey = "logs.datefmt") private String dates;
    @Option(names = "--zone", paramLabel = "ZONE", descriptionKey = "logs.zone") private String zone;
    @Option(names = "--json", descriptionKey = "logs.json") private boolean json;

    /// Writes to `console`.
    public LogsVerb(Console console) {
        this(console, System.in);
    }

    /// @param standard what is read for the name `-`
    LogsVerb(Console console, InputStream standard) {
        this.console = console;
        this.standard = standard;
    }

    @Override public Integer call() throws IOException {
        if (files == null) throw new ParameterException(spec.commandLine(), STRINGS.get("usage.no-log"));
        int least = level == null ? Integer.MIN_VALUE : Level.number(level);
        if (least == Level.UNKNOWN) throw new ParameterException(spec.commandLine(), STRINGS.get("usage.level", level));
        if ((ask != null ? 1 : 0) + (cost ? 1 : 0) + (summary ? 1 : 0) > 1) throw new ParameterException(spec.commandLine(), STRINGS.get("usage.logs-one"));
        LogFormat chosen = chosen();
        ZoneId local = local();
        LogFilter wanted = wanted(least, local);
        LogQuestion question = question(local);
        console.run(STRINGS.get("task.read-logs", files.size(), files.getFirst()), context -> {
            read(chosen, local, wanted, question, context);
            return 0;
        });
        return 0;
    }

    private LogFormat chosen() {
        if (format == null && dates != null) throw new ParameterException(spec.commandLine(), STRINGS.get("usage.datefmt"));
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

    private void read(LogFormat chosen, ZoneId local, LogFilter wanted, LogQuestion question, TaskContext context) throws IOException {
        Path folder = files.contains(STANDARD_INPUT) ? Files.createTempDirectory("serpentarium") : null;
        OutputFile input = folder == null ? null : OutputFile.in(folder, "input");
        try {
            // What is piped comes once, and is read more than once.
            while (input != null && input.takeSome(standard)) context.checkpoint();
            read(input, chosen, local, wanted, question, context);
        } finally {
            if (input != null) {
                input.delete();
                Files.deleteIfExists(folder);
            }
        }
    }

    private List<LogSource> open(Path file, OutputFile input, LogFormat chosen, ZoneId local) throws IOException {
        if (input != null && file.equals(STANDARD_INPUT)) return List.of(LogSource.of(new Input(Source.of(input.path())), chosen, new Clock(local, Instant.now().getEpochSecond())));
        if (!Files.isDirectory(file)) return List.of(LogSource.open(file, chosen, local));
        var logs = new ArrayList<LogSource>();
        try (Stream<Path> files = Files.list(file)) {
            for (Path each : files.filter(Files::isRegularFile).sorted().toList()) {
                LogSource source = LogSource.open(each, chosen, local);
                if (source.detection().log()) logs.add(source);
            }
        }
        return logs.isEmpty() ? List.of(LogSource.open(file, chosen, local)) : logs;
    }

    /// What came on standard input, under the name that a person gave it.
    ///
    /// @param kept the file that it was kept in
    private record Input(Source kept) implements Source {
        @Override public String name() {
            return STANDARD_INPUT.toString();
        }

        @Override public long size() throws IOException {
            return kept.size();
        }

        @Override public InputStream open() throws IOException {
            return kept.open();
        }
    }

    private void read(OutputFile input, LogFormat chosen, ZoneId local, LogFilter wanted, LogQuestion question, TaskContext context) throws IOException {
        var sources = new ArrayList<LogSource>();
        var unreadable = new ArrayList<ProblemException>();
        for (Path file : files) {
            try {
                sources.addAll(open(file, input, chosen, local));
            } catch (ProblemException e) {
                unreadable.add(e);
            }
        }
        if (sources.isEmpty()) throw unreadable.getFirst();
        var output = new LogsOutput(console, sources, unreadable, json);
        if (question != null) output.answer(question.of(wanted), context);
        else if (cost) output.cost(wanted, context);
        else if (summary) output.summary(wanted, context);
        else output.records(wanted, context);
    }

    private LogFilter wanted(int least, ZoneId local) {
        if (filter == null) return least == Integer.MIN_VALUE ? new LogFilter.All() : new LogFilter.LevelOf(LogFilter.Comparison.AT_LEAST, least);
        return switch (LogFilterParser.parse(filter, local)) {
            case LogFilterParser.Result.Parsed(LogFilter parsed) -> least == Integer.MIN_VALUE ? parsed
                    : new LogFilter.And(List.of(new LogFilter.LevelOf(LogFilter.Comparison.AT_LEAST, least), parsed));
            case LogFilterParser.Result.Wrong(int from, int _, String why) -> throw new ParameterException(spec.commandLine(), STRINGS.get("usage.filter", from + 1, why));
        };
    }

    private LogQuestion question(ZoneId local) {
        if (ask == null) return null;
        return switch (LogQuestion.parse(ask, local)) {
            case LogQuestion.Result.Parsed(LogQuestion parsed) -> parsed;
            case LogQuestion.Result.Wrong(LogFilterParser.Result.Wrong(int from, int _, String why)) ->
                    throw new ParameterException(spec.commandLine(), STRINGS.get("usage.ask", from + 1, why));
        };
    }
}
