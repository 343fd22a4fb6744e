package serpentarium.app.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import picocli.AutoComplete;
import picocli.CommandLine;
import serpentarium.base.ProblemException;
import serpentarium.profile.engine.ProfileExport;
import serpentarium.profile.engine.ProfileReader;
import serpentarium.task.InlineTasks;
import serpentarium.traffic.engine.TrafficReader;

/// The command line: picks the verb, runs it, turns what went wrong into one line and an exit status.
public final class Verbs {
    private final PrintWriter out;
    private final PrintWriter err;
    private final Parts parts;

    /// What verbs work with.
    ///
    /// @param profiles reads profiles
    /// @param sums     reads profiles where costs by source line are not asked for
    /// @param exports  writes profiles
    /// @param traffic  opens captured traffic
    /// @param demo     the demo files
    /// @param renderer takes pictures of the window
    public record Parts(ProfileReader profiles, ProfileReader sums, ProfileExport exports, TrafficReader traffic, List<Path> demo, Renderer renderer) {}

    /// Results go to `out`, messages and progress to `err`.
    public Verbs(PrintWriter out, PrintWriter err, Parts parts) {
        this.out = out;
        this.err = err;
        this.parts = parts;
    }

    /// Runs a command line. Gives 0 when done, 1 when the input is bad or the work failed, 2 when the command line is wrong.
    public int run(String... arguments) {
        boolean terminal = System.console() != null && System.console().isTerminal();
        var self = new AtomicReference<Console>();
        var console = new Console(out, err, new InlineTasks((handle, progress) -> self.get().progress(handle.spec().title(), progress)), terminal);
        self.set(console);
        var root = new RootVerb();
        CommandLine line = new CommandLine(root)
                .addSubcommand(profile(console))
                .addSubcommand(traffic(console))
                .addSubcommand(new LogsVerb(console))
                .addSubcommand(new ProxyVerb(console, parts.traffic()))
                .addSubcommand(new ReceiveVerb(console))
                .addSubcommand(new VersionsVerb(console, System.getenv()))
                .addSubcommand(new RenderVerb(console, parts.renderer()))
                .addSubcommand(new WarmUpVerb(parts))
                .addSubcommand(new ManualVerb())
                .addSubcommand("generate-completion", new AutoComplete.GenerateCompletion())
                .addSubcommand(new CommandLine.HelpCommand())
                .setOut(out).setErr(err)
                .setExecutionExceptionHandler((exception, _, _) -> failed(exception, root.verbose(), console));
        return line.execute(arguments);
    }

    private CommandLine profile(Console console) {
        return new CommandLine(new ProfileVerb(console, parts.sums()))
                .addSubcommand(new ConvertVerb(console, parts.profiles(), parts.exports()))
                .addSubcommand(new DiffVerb(console, parts.profiles()));
    }

    private CommandLine traffic(Console console) {
        return new CommandLine(new TrafficVerb(console, parts.traffic())).addSubcommand(new TrafficConvertVerb(console, parts.traffic()));
    }

    private int failed(Exception exception, boolean verbose, Console console) throws Exception {
        console.progressDone();
        if (!(exception instanceof ProblemException problem)) throw exception;
        err.println(problem.problem().line());
        problem.problem().remedies().forEach(remedy -> err.println("  " + remedy));
        if (verbose) problem.printStackTrace(err);
        err.flush();
        return 1;
    }
}
