package serpentarium.app.cli;

import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicReference;
import picocli.AutoComplete;
import picocli.CommandLine;
import serpentarium.app.Wiring;
import serpentarium.base.ProblemException;
import serpentarium.task.InlineTasks;

/// The command line: picks the verb, runs it, turns what went wrong into one line and an exit status.
public final class Verbs {
    private final PrintWriter out;
    private final PrintWriter err;

    /// Results go to `out`, messages and progress to `err`.
    public Verbs(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    /// Runs a command line. Gives 0 when done, 1 when the input is bad or the work failed, 2 when the command line is wrong.
    public int run(String... arguments) {
        boolean terminal = System.console() != null && System.console().isTerminal();
        var self = new AtomicReference<Console>();
        var console = new Console(out, err, new InlineTasks((handle, progress) -> self.get().progress(handle.spec().title(), progress)), terminal);
        self.set(console);
        var root = new RootVerb();
        CommandLine line = new CommandLine(root)
                .addSubcommand(new ProfileVerb(console, Wiring.profileReader()))
                .addSubcommand(new WarmUpVerb())
                .addSubcommand("generate-completion", new AutoComplete.GenerateCompletion())
                .addSubcommand(new CommandLine.HelpCommand())
                .setOut(out).setErr(err)
                .setExecutionExceptionHandler((exception, _, _) -> failed(exception, root.verbose(), console));
        return line.execute(arguments);
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
