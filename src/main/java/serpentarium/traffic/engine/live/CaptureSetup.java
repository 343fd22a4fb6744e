package serpentarium.traffic.engine.live;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;
import serpentarium.task.ChildProcess;
import serpentarium.task.TaskContext;

/// What is asked before a capture begins.
public final class CaptureSetup {
    static final Strings STRINGS = Strings.of(CaptureSetup.class);
    private static final int MOST_LINES = 2_000;

    private CaptureSetup() {}

    /// Where packets can be captured, the interfaces that are most likely wanted first.
    ///
    /// @throws ProblemException when the program cannot be started or does not know
    public static List<CaptureInterface> interfaces(CaptureTool tool, TaskContext context) throws IOException, InterruptedException {
        startable(tool, context);
        var lines = new ArrayList<String>();
        int code = run(tool.list(), lines, context);
        List<CaptureInterface> found = CaptureInterface.parse(lines);
        if (found.isEmpty()) throw new ProblemException(Problem.of(STRINGS, "capture.no-interfaces", Place.NOWHERE, tool.program().toString(), code, said(lines)));
        return found;
    }

    /// What is wrong with a filter, in the words of the library that compiles it; empty where nothing is.
    ///
    /// @throws ProblemException when it cannot be told, because the right to open the interface is missing
    public static Optional<String> filterError(CaptureTool tool, String device, String filter, TaskContext context) throws IOException, InterruptedException {
        if (filter.isBlank()) return Optional.empty();
        startable(tool, context);
        var lines = new ArrayList<String>();
        run(tool.check(device, filter), lines, context);
        String said = said(lines);
        if (refused(said)) throw new ProblemException(CaptureRights.refused(tool, said, context));
        // dumpcap ends with 0 whatever it found.
        return compiled(lines) ? Optional.empty() : Optional.of(filterWords(said));
    }

    /// The right to start it is a right to capture, too: Debian gives both to a group.
    static void startable(CaptureTool tool, TaskContext context) throws IOException, InterruptedException {
        if (!Files.isExecutable(tool.program())) throw new ProblemException(CaptureRights.refused(tool, "", context));
    }

    private static int run(List<String> command, List<String> lines, TaskContext context) throws IOException, InterruptedException {
        return ChildProcess.run(ChildProcess.Spec.of(command.toArray(String[]::new)).lines(line -> {
            if (lines.size() < MOST_LINES) lines.add(line.text());
        }), context);
    }

    private static boolean compiled(List<String> lines) {
        return lines.stream().anyMatch(line -> line.startsWith("(000) "));
    }

    /// Whether a program says that the system refused it.
    static boolean refused(String said) {
        return said.contains("permission") || said.contains("Operation not permitted") || said.contains("Permission denied");
    }

    /// What a capturing program complains of, in one line: without its name, and without advice that does not fit here.
    static String said(List<String> lines) {
        var out = new StringBuilder();
        boolean speaks = false;
        for (String each : lines) {
            String line = each.strip();
            if (line.startsWith("Please check") || line.startsWith("See the User") || line.startsWith("On Debian")) break;
            boolean begins = line.startsWith("dumpcap: ") || line.startsWith("tcpdump: ");
            if (begins && (line.contains("verbose output suppressed") || line.contains("listening on"))) continue;
            speaks |= begins;
            if (!speaks || line.isEmpty()) continue;
            if (!out.isEmpty()) out.append(' ');
            out.append(begins ? line.substring(9) : line);
        }
        return out.toString();
    }

    /// What libpcap says of a filter, out of the sentence around it.
    static String filterWords(String said) {
        int from = said.indexOf("valid capture filter (");
        if (from < 0) return said.isEmpty() ? STRINGS.get("capture.filter-unknown") : said;
        int start = from + "valid capture filter (".length();
        int end = said.lastIndexOf(')');
        return end > start ? said.substring(start, end) : said;
    }
}
