package serpentarium.profile.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the files that callgrind wrote in one run: beside `callgrind.out.PID` those of numbers that were asked for while the program ran
/// (`.1`, `.2`), and those of its threads (`-01`, `.1-02`).
///
/// Names only propose: files belong together where their headers name the same process and command. Only the file's own folder is looked
/// at, and only so far.
public final class RunFiles {
    /// How many files a run has at most; further ones are not listed.
    public static final int MOST = 1_000;
    private static final int MOST_ENTRIES = 50_000;
    private static final int HEADER = 4 * 1024;
    private static final int DIGITS = 9;
    private static final Pattern THREAD = Pattern.compile("-(\\d{2," + DIGITS + "})$");
    private static final Pattern PART = Pattern.compile("\\.(\\d{1," + DIGITS + "})$");
    private static final Pattern NO_BASE = Pattern.compile("(?:callgrind|cachegrind)\\.out");

    private RunFiles() {}

    private record Named(Path path, int part, int thread) {
        /// The file without a part's number is written last, when the program ends.
        static final Comparator<Named> ORDER = Comparator.comparingInt((Named n) -> n.part == 0 ? Integer.MAX_VALUE : n.part).thenComparingInt(Named::thread);
    }

    private record Header(String process, String command) {}

    /// The files of the run that `file` belongs to, in the order in which they were written and without empty ones; none where `file` is
    /// not one of several. Work for a background task.
    public static List<Path> of(Path file) {
        if (file.getFileName() == null) return List.of();
        String name = file.getFileName().toString();
        Matcher thread = THREAD.matcher(name);
        String withPart = thread.find() ? name.substring(0, thread.start()) : name;
        Matcher part = PART.matcher(withPart);
        List<Path> found = family(file, withPart);
        if (!part.find() || NO_BASE.matcher(withPart.substring(0, part.start())).matches()) return found;
        // A number may be that of a part, or of the process and belong to the base.
        List<Path> ofPart = family(file, withPart.substring(0, part.start()));
        return ofPart.size() > found.size() ? ofPart : found;
    }

    private static List<Path> family(Path file, String base) {
        List<Named> named = new ArrayList<>();
        Path folder = file.toAbsolutePath().getParent();
        int[] left = {MOST_ENTRIES};
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, _ -> left[0]-- > 0)) {
            for (Path entry : entries) {
                Named member = member(file.resolveSibling(entry.getFileName()), base);
                if (member != null && named.size() < MOST) named.add(member);
                if (left[0] <= 0) break;
            }
        } catch (IOException | DirectoryIteratorException _) {
            return List.of();
        }
        named.sort(Named.ORDER);
        return sameRun(file, named.stream().map(Named::path).toList());
    }

    private static Named member(Path path, String base) {
        String name = path.getFileName().toString();
        if (!name.startsWith(base)) return null;
        Matcher suffix = Pattern.compile("(?:\\.(\\d{1," + DIGITS + "}))?(?:-(\\d{2," + DIGITS + "}))?").matcher(name.substring(base.length()));
        if (!suffix.matches()) return null;
        return new Named(path, number(suffix.group(1)), number(suffix.group(2)));
    }

    private static int number(String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static List<Path> sameRun(Path file, List<Path> named) {
        if (named.size() < 2) return List.of();
        Header wanted = header(file);
        List<Path> same = new ArrayList<>();
        for (Path each : named) {
            Header has = header(each);
            if (has == null) continue;
            if (wanted == null) wanted = has;
            if (has.equals(wanted)) same.add(each);
        }
        // The empty file that valgrind leaves when each thread has its own is no member and still belongs to them.
        return same.size() > 1 || same.size() == 1 && !same.contains(file) && isEmpty(file) ? List.copyOf(same) : List.of();
    }

    private static boolean isEmpty(Path file) {
        try {
            return Files.size(file) == 0;
        } catch (IOException _) {
            return false;
        }
    }

    /// What the first lines say; null where they name no process.
    private static Header header(Path file) {
        if (!Files.isRegularFile(file)) return null;
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(HEADER);
        } catch (IOException _) {
            return null;
        }
        String process = null;
        String command = null;
        for (String line : new String(bytes, StandardCharsets.ISO_8859_1).split("\\R")) {
            if (line.startsWith("pid:")) process = line;
            else if (line.startsWith("cmd:")) command = line;
            else if (line.startsWith("fn=")) break;
        }
        return process == null ? null : new Header(process, command);
    }
}
