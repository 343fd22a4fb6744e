package serpentarium.traffic.engine.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.Strings;
import serpentarium.task.ChildProcess;
import serpentarium.task.TaskContext;

/// Why a capture is refused, and the command that grants it. The right goes to the distribution's own program, never to this one.
final class CaptureRights {
    private static final Strings STRINGS = Strings.of(CaptureRights.class);
    private static final List<String> GETCAP = List.of("/usr/sbin/getcap", "/sbin/getcap", "/usr/bin/getcap");

    private CaptureRights() {}

    /// There is no program that captures.
    static Problem missing() {
        return Problem.of(STRINGS, "capture.missing", Place.NOWHERE, debian() ? "sudo apt-get install wireshark-common" : "sudo dnf install wireshark-cli");
    }

    /// The program may not be started, or was refused by the system.
    ///
    /// @param said what it said itself
    static Problem refused(CaptureTool tool, String said, TaskContext context) throws IOException, InterruptedException {
        String user = System.getProperty("user.name");
        Path program = tool.program();
        if (!Files.isExecutable(program)) {
            String group = group(program);
            return member(user, group) ? problem("capture.rights-login", program, group, user) : problem("capture.rights-group", program, group, user);
        }
        if (capable(program, context)) return problem(noNewPrivileges() ? "capture.rights-confined" : "capture.rights-refused", program, said);
        boolean packaged = debian() && tool.kind() == CaptureTool.Kind.DUMPCAP && program.startsWith("/usr/bin");
        return problem(packaged ? "capture.rights-reconfigure" : "capture.rights-setcap", program, said, user);
    }

    private static Problem problem(String id, Object... arguments) {
        for (int i = 0; i < arguments.length; i++) arguments[i] = String.valueOf(arguments[i]);
        return Problem.of(STRINGS, id, Place.NOWHERE, arguments);
    }

    private static boolean debian() {
        return Files.exists(Path.of("/etc/debian_version"));
    }

    private static String group(Path program) {
        try {
            return Files.readAttributes(program, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS).group().getName();
        } catch (IOException | UnsupportedOperationException e) {
            return "wireshark";
        }
    }

    /// Whether the system's list has the user in a group, be it since after the log-in.
    private static boolean member(String user, String group) {
        try {
            return Files.readAllLines(Path.of("/etc/group")).stream().map(line -> line.split(":", -1))
                    .anyMatch(fields -> fields.length == 4 && fields[0].equals(group) && Arrays.asList(fields[3].split(",")).contains(user));
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean capable(Path program, TaskContext context) throws IOException, InterruptedException {
        for (String getcap : GETCAP) {
            if (!Files.isExecutable(Path.of(getcap))) continue;
            var lines = new ArrayList<String>();
            ChildProcess.run(ChildProcess.Spec.of(getcap, program.toRealPath().toString()).lines(line -> lines.add(line.text())), context);
            return lines.stream().anyMatch(line -> line.contains("cap_net_raw"));
        }
        return false;
    }

    private static boolean noNewPrivileges() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream().anyMatch(line -> line.startsWith("NoNewPrivs:") && line.endsWith("1"));
        } catch (IOException e) {
            return false;
        }
    }
}
