package serpentarium.python.engine.develop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;
import serpentarium.python.engine.inventory.Facts;
import serpentarium.task.Lane;
import serpentarium.task.TaskContext;
import serpentarium.task.TaskSpec;

/// Asks a real CMake what `find_package` finds for one Python, with the hints that are offered to copy, and compares it with what its files say.
public final class CmakeCheck {
    private static final Strings STRINGS = Strings.of(CmakeCheck.class);
    private static final String MARK = "-- serpentarium:";
    private static final List<String> ASKED = List.of("FOUND", "VERSION", "EXECUTABLE", "INCLUDE_DIRS", "LIBRARIES", "SOABI", "Interpreter_FOUND",
            "Development.Module_FOUND", "Development.Embed_FOUND");

    private final Path scratch;

    /// @param scratch where the folder of each check is made
    public CmakeCheck(Path scratch) {
        this.scratch = scratch;
    }

    /// The check as a task.
    ///
    /// @param lines is told what CMake says as it says it
    public TaskSpec<CmakeReport> task(Subject subject, Consumer<String> lines) {
        return TaskSpec.of(STRINGS.get("cmake.task", subject.name()), Lane.IO, context -> run(subject, lines, context));
    }

    /// Does the check.
    ///
    /// @throws ProblemException when there is no CMake
    public CmakeReport run(Subject subject, Consumer<String> lines, TaskContext context) throws IOException, InterruptedException {
        Path cmake = CommandLog.program("cmake").orElseThrow(() -> new ProblemException(Problem.of(STRINGS, "cmake.none", Place.NOWHERE)));
        try (Scratch place = Scratch.in(scratch)) {
            Files.writeString(place.folder().resolve("CMakeLists.txt"), project(subject));
            var log = new CommandLog(place.folder(), context, lines);
            var command = new ArrayList<>(List.of(cmake.toString(), "-S", ".", "-B", "build"));
            command.addAll(CmakeHints.arguments(subject));
            int code = log.run(command);
            command.set(0, "cmake");
            return report(subject, code, Quoting.line(command), log.lines());
        }
    }

    /// The project: it asks for the whole version and says what was found.
    static String project(Subject subject) {
        String name = "Python" + subject.major();
        var text = new StringBuilder("cmake_minimum_required(VERSION 3.18)\nproject(check LANGUAGES C)\n");
        text.append("find_package(").append(name).append(' ').append(subject.numbers()).append(" EXACT COMPONENTS Interpreter Development)\n");
        for (String each : ASKED) text.append("message(STATUS \"serpentarium:").append(each).append("=${").append(name).append('_').append(each).append("}\")\n");
        return text.append("message(STATUS \"serpentarium:CMAKE=${CMAKE_VERSION}\")\n").toString();
    }

    /// Reads what CMake said.
    static CmakeReport report(Subject subject, int code, String command, List<String> log) {
        var values = new LinkedHashMap<String, String>();
        var reasons = new ArrayList<String>();
        boolean reason = false;
        for (String line : log) {
            int equals = line.indexOf('=');
            if (line.startsWith(MARK) && equals > 0) values.put(line.substring(MARK.length(), equals), line.substring(equals + 1));
            if (line.contains("Could NOT find") || line.startsWith("CMake Error")) reasons.add(line.replaceFirst("^-- ", "").strip());
            else if (reason && line.startsWith("    ") && !line.isBlank()) reasons.add(line.strip());
            reason = line.contains("Reason given by package") || reason && (line.isBlank() || line.startsWith("    "));
        }
        boolean found = code == 0 && truth(values.get("FOUND"));
        return new CmakeReport(found, values.getOrDefault("CMAKE", ""), command, values, found ? differences(subject, values) : List.of(), reasons, log);
    }

    private static boolean truth(String value) {
        return value != null && (value.equalsIgnoreCase("TRUE") || value.equals("1"));
    }

    private static List<CmakeReport.Difference> differences(Subject subject, Map<String, String> values) {
        Facts facts = subject.facts();
        var differences = new ArrayList<CmakeReport.Difference>();
        compare("VERSION", subject.numbers(), values, differences);
        comparePath("EXECUTABLE", Optional.of(subject.executable()), values, differences);
        comparePath("INCLUDE_DIRS", facts.headers().include(), values, differences);
        comparePath("LIBRARIES", facts.headers().library(), values, differences);
        if (!subject.major().equals("2")) compare("SOABI", facts.headers().abi().orElse(""), values, differences);
        return differences;
    }

    private static void compare(String what, String ours, Map<String, String> values, List<CmakeReport.Difference> differences) {
        String theirs = values.getOrDefault(what, "");
        if (!ours.equals(theirs)) differences.add(new CmakeReport.Difference(what, ours, theirs));
    }

    /// Two names of one file are no difference.
    private static void comparePath(String what, Optional<Path> ours, Map<String, String> values, List<CmakeReport.Difference> differences) {
        String theirs = values.getOrDefault(what, "");
        if (ours.isPresent() && theirs.startsWith("/") && real(ours.get()).equals(real(Path.of(theirs.split(";")[0])))) return;
        differences.add(new CmakeReport.Difference(what, ours.map(Path::toString).orElse(""), theirs));
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException _) {
            return path.toAbsolutePath().normalize();
        }
    }
}
