package serpentarium.log.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import serpentarium.log.Failure;
import serpentarium.log.Frame;
import serpentarium.log.Traceback;

/// Takes the text of a traceback apart: chains, groups with their margins, repeated lines, carets, notes, syntax errors, stacks, faulthandler's threads, and
/// loguru's dialect.
public final class TracebackParser {
    private static final Pattern HEADER = Pattern.compile("(?:\\+ )?(?:Exception Group )?Traceback \\(most recent call last\\):\\s*");
    private static final Pattern STACK = Pattern.compile("(?:Stack|Call stack)(?: \\(most recent call last\\))?:\\s*");
    private static final Pattern FAULT = Pattern.compile("((?:Current thread|Thread|Stack).{0,200}?) \\(most recent call first\\):\\s*");
    private static final Pattern FRAME = Pattern.compile("(>|  |) ?File \"([^\"]*)\", line (\\d{1,9}|\\?\\?\\?)(?:\\s*|,? in (.*))");
    private static final Pattern REPEATED = Pattern.compile("  \\[Previous line repeated (\\d{1,9}) more times?\\]\\s*");
    private static final Pattern CARETS = Pattern.compile("\\s+[~^][~^\\s]*");
    private static final Pattern VALUES = Pattern.compile("\\s*[│└].*");
    private static final Pattern EXCEPTION = Pattern.compile("([\\p{L}_][\\w.<>\\p{L}]*)(?:: ?(.*))?", Pattern.DOTALL);
    private static final Pattern PART = Pattern.compile("\\s*\\+(?:-\\+)?-{4,} (?:\\d+|\\.\\.\\.) -{4,}\\s*");
    private static final Pattern END = Pattern.compile("\\s*\\+-{20,}\\s*");
    private static final Pattern MARGIN = Pattern.compile("\\s*(?:\\| ?|\\+ (?=Exception Group))");
    private static final String CAUSE = "The above exception was the direct cause of the following exception:";
    private static final String CONTEXT = "During handling of the above exception, another exception occurred:";
    private static final int MOST_LINES = 100_000;
    private static final int MOST_DEPTH = 50;

    private final String[] lines;
    private final int[] numbers;
    private int at;

    private TracebackParser(String[] lines, int[] numbers) {
        this.lines = lines;
        this.numbers = numbers;
    }

    /// Takes a text apart that is a traceback, without colours; empty where nothing of one is in it.
    public static Optional<Traceback> parse(String text) {
        String[] lines = text.split("\n", MOST_LINES);
        int[] numbers = new int[lines.length];
        for (int i = 0; i < lines.length; i++) {
            numbers[i] = i;
            if (lines[i].endsWith("\r")) lines[i] = lines[i].substring(0, lines[i].length() - 1);
        }
        List<Failure> failures = new TracebackParser(lines, numbers).chain(0);
        return failures.isEmpty() ? Optional.empty() : Optional.of(new Traceback(failures, Fingerprint.of(failures)));
    }

    private List<Failure> chain(int depth) {
        var failures = new ArrayList<Failure>();
        Failure.Link link = Failure.Link.FIRST;
        while (at < lines.length) {
            String line = lines[at];
            if (line.equals(CAUSE) || line.equals(CONTEXT)) {
                link = line.equals(CAUSE) ? Failure.Link.CAUSED : Failure.Link.DURING;
                at++;
            } else if (begins(line)) {
                failures.add(unit(link, depth));
                link = Failure.Link.FIRST;
            } else if (depth > 0 && failures.isEmpty() && EXCEPTION.matcher(line).matches()) {
                // Parts of a group that were never raised have neither header nor frames.
                failures.add(unit(link, depth));
            } else at++;
        }
        return failures;
    }

    private boolean begins(String line) {
        return header(line) || STACK.matcher(line).matches() || FAULT.matcher(line).matches() || FRAME.matcher(line).matches();
    }

    private static boolean header(String line) {
        return line.contains("Traceback (") && HEADER.matcher(line.strip()).matches();
    }

    private Failure unit(Failure.Link link, int depth) {
        int first = at;
        String line = lines[at];
        boolean headed = header(line);
        boolean group = headed && line.contains("Exception Group");
        // The margin of a group stands before all its lines.
        if (group && line.startsWith("  +")) return group(link, depth);
        Matcher fault = FAULT.matcher(line);
        boolean faulty = fault.matches();
        boolean stack = STACK.matcher(line).matches();
        if (headed || faulty || stack) at++;
        while (at < lines.length && lines[at].isBlank() && headed) at++;
        List<Frame> frames = frames();
        if (stack) return new Failure("", "", frames, link, List.of(), numbers[first], at - first, Failure.Kind.STACK);
        if (faulty) return new Failure(fault.group(1), "", frames.reversed(), link, List.of(), numbers[first], at - first, Failure.Kind.FAULT);
        String type = "";
        var message = new StringBuilder();
        // A name that nothing follows on its line, a colon and a message, and what else belongs to the message: notes too.
        while (at < lines.length && lines[at].isBlank() && at + 1 < lines.length && EXCEPTION.matcher(lines[at + 1]).matches()) at++;
        if (at < lines.length) {
            Matcher exception = EXCEPTION.matcher(lines[at]);
            if (exception.matches()) {
                type = exception.group(1);
                if (exception.group(2) != null) message.append(exception.group(2));
                at++;
                rest(message);
            }
        }
        List<Failure> parts = parts(depth);
        boolean syntax = !headed && frames.size() == 1 && frames.getFirst().function().isEmpty();
        Failure.Kind kind = !parts.isEmpty() || group ? Failure.Kind.GROUP : syntax ? Failure.Kind.SYNTAX : Failure.Kind.EXCEPTION;
        return new Failure(type, message.toString().stripTrailing(), frames, link, parts, numbers[first], at - first, kind);
    }

    /// What of the following lines belongs to a message: all up to the next exception of the chain.
    private void rest(StringBuilder message) {
        while (at < lines.length) {
            String line = lines[at];
            if (line.equals(CAUSE) || line.equals(CONTEXT) || PART.matcher(line).matches() || END.matcher(line).matches() || line.startsWith("  + Exception Group")) return;
            if (header(line) && at + 1 < lines.length && FRAME.matcher(lines[at + 1]).matches() || STACK.matcher(line).matches() || FAULT.matcher(line).matches()) return;
            message.append('\n').append(line);
            at++;
        }
    }

    private List<Frame> frames() {
        var frames = new ArrayList<Frame>();
        while (at < lines.length) {
            // loguru parts frames by blank lines.
            if (lines[at].isBlank() && at + 1 < lines.length && !frames.isEmpty() && FRAME.matcher(lines[at + 1]).matches()) at++;
            Matcher frame = FRAME.matcher(lines[at]);
            if (frame.matches()) {
                int first = at++;
                var source = new ArrayList<String>();
                while (at < lines.length && owned(lines[at])) {
                    if (!CARETS.matcher(lines[at]).matches() && !VALUES.matcher(lines[at]).matches() && !lines[at].isBlank()) source.add(lines[at].strip());
                    at++;
                }
                int number = frame.group(3).startsWith("?") ? -1 : Integer.parseInt(frame.group(3));
                frames.add(new Frame(frame.group(2), number, frame.group(4) == null ? "" : frame.group(4).stripTrailing(), source, 0, frame.group(1).equals(">"), numbers[first], at - first));
                continue;
            }
            Matcher repeated = REPEATED.matcher(lines[at]);
            if (!repeated.matches() || frames.isEmpty()) break;
            Frame last = frames.removeLast();
            frames.add(new Frame(last.file(), last.line(), last.function(), last.source(), Integer.parseInt(repeated.group(1)), last.catching(), last.first(), last.lines() + 1));
            at++;
        }
        return frames;
    }

    /// Whether a line stands below a frame: source, carets, loguru's values.
    private static boolean owned(String line) {
        if (line.startsWith("    ")) return true;
        return VALUES.matcher(line).matches();
    }

    /// A group with its margin: the margin is taken off, and what is left is taken apart like any other text.
    private Failure group(Failure.Link link, int depth) {
        int first = at;
        int end = at + 1;
        while (end < lines.length && lines[end].startsWith("  ") && (lines[end].stripLeading().startsWith("|") || lines[end].stripLeading().startsWith("+"))) end++;
        var inside = new String[end - first];
        var inner = new int[end - first];
        for (int i = first; i < end; i++) {
            Matcher margin = MARGIN.matcher(lines[i]);
            boolean marked = lines[i].startsWith("  | ") || lines[i].equals("  |") || i == first;
            inside[i - first] = marked && margin.lookingAt() ? lines[i].substring(margin.end()) : lines[i].substring(2);
            inner[i - first] = numbers[i];
        }
        at = end;
        var parser = new TracebackParser(inside, inner);
        Failure found = parser.unit(link, depth);
        return new Failure(found.type(), found.message(), found.frames(), link, found.parts(), numbers[first], end - first, Failure.Kind.GROUP);
    }

    /// The parts of a group, each between its two rules.
    private List<Failure> parts(int depth) {
        var parts = new ArrayList<Failure>();
        while (at < lines.length && PART.matcher(lines[at]).matches() && depth < MOST_DEPTH) {
            int first = ++at;
            int rule = column(lines[first - 1]);
            int end = first;
            while (end < lines.length && !(column(lines[end]) == rule && (PART.matcher(lines[end]).matches() || END.matcher(lines[end]).matches()))) end++;
            var inside = new String[end - first];
            var inner = new int[end - first];
            for (int i = first; i < end; i++) {
                Matcher margin = MARGIN.matcher(lines[i]);
                boolean own = lines[i].indexOf('|') == rule || lines[i].indexOf('+') == rule && margin.lookingAt();
                inside[i - first] = own && margin.lookingAt() ? lines[i].substring(margin.end()) : lines[i].substring(Math.min(rule, lines[i].length()));
                inner[i - first] = numbers[i];
            }
            parts.addAll(new TracebackParser(inside, inner).chain(depth + 1));
            at = end;
            if (at < lines.length && END.matcher(lines[at]).matches()) {
                at++;
                break;
            }
        }
        return parts;
    }

    /// Where the last plus sign of a rule stands.
    private static int column(String rule) {
        return rule.startsWith("+-+") || rule.stripLeading().startsWith("+-+") ? rule.indexOf("+-+") + 2 : rule.indexOf('+');
    }
}
