package serpentarium.app;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import serpentarium.app.cli.Verbs;

/// The start of the program: a verb answers on the terminal, anything else opens the desktop.
public final class Main {
    private static final Set<String> VERBS = Set.of("profile", "traffic", "proxy", "receive", "versions", "logs", "render", "help", "generate-completion", "manual", "warm-up");

    private Main() {}

    /// Starts. Exit status: 0 done, 1 the work failed, 2 the command line is wrong.
    public static void main(String[] arguments) {
        LogFile.install();
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) {
        PrintWriter out = writer(FileDescriptor.out);
        PrintWriter err = writer(FileDescriptor.err);
        boolean verb = arguments.length > 0 && (VERBS.contains(arguments[0]) || arguments[0].startsWith("-") && !arguments[0].equals(Piped.STANDARD_INPUT));
        int status = verb ? new Verbs(out, err, Wiring.verbs()).run(arguments) : Piped.wanted(arguments) ? Piped.open(arguments, err) : Desktop.run(arguments, err);
        out.flush();
        err.flush();
        return status;
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), false);
    }
}
