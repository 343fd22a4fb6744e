package serpentarium.traffic.engine.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.Strings;
import serpentarium.task.ChildProcess;
import serpentarium.task.TaskContext;

/// A network of its own for a program that talks to its own machine only, where the system lets every user make one: packets can be captured in it
/// without any right. It has a loopback interface and nothing else.
public final class PrivateNetwork {
    private static final Strings STRINGS = CaptureSetup.STRINGS;
    private static final int MOST_LINES = 20;

    private PrivateNetwork() {}

    /// Why there can be none here, with what to do; empty where there can.
    public static Optional<Problem> obstacle(TaskContext context) throws IOException, InterruptedException {
        for (String needed : List.of("unshare", "nsenter", "ip")) {
            if (find(needed).isEmpty()) return Optional.of(problem("network.missing", needed));
        }
        var lines = new ArrayList<String>();
        int code = ChildProcess.run(ChildProcess.Spec.of(inside(List.of("true")).toArray(String[]::new)).lines(line -> {
            if (lines.size() < MOST_LINES) lines.add(line.text());
        }), context);
        if (code == 0) return Optional.empty();
        String said = String.join(" ", lines).strip();
        if (is("/proc/sys/kernel/unprivileged_userns_clone", "0")) return Optional.of(problem("network.off", "kernel.unprivileged_userns_clone=1", said));
        if (is("/proc/sys/user/max_user_namespaces", "0")) return Optional.of(problem("network.off", "user.max_user_namespaces=10000", said));
        if (is("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1"))
            return Optional.of(problem("network.off", "kernel.apparmor_restrict_unprivileged_userns=0", said));
        return Optional.of(problem("network.refused", said));
    }

    private static Problem problem(String id, Object... arguments) {
        return Problem.of(STRINGS, id, Place.NOWHERE, arguments);
    }

    private static boolean is(String file, String value) {
        try {
            return Files.readString(Path.of(file)).strip().equals(value);
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<Path> find(String program) {
        return List.of("/usr/bin", "/usr/sbin", "/bin", "/sbin", "/usr/local/bin").stream().map(folder -> Path.of(folder, program)).filter(Files::isExecutable).findFirst();
    }

    private static String path(String program) {
        return find(program).map(Path::toString).orElse(program);
    }

    /// A command that makes the network and runs another in it.
    static List<String> inside(List<String> command) {
        var all = new ArrayList<>(List.of(path("unshare"), "--user", "--map-root-user", "--net", "--", "sh", "-c", path("ip") + " link set lo up && exec \"$0\" \"$@\""));
        all.addAll(command);
        return all;
    }

    /// A command that runs another in the network that a process is in.
    static List<String> beside(long pid, List<String> command) {
        var all = new ArrayList<>(List.of(path("nsenter"), "--target", Long.toString(pid), "--user", "--net", "--preserve-credentials", "--"));
        all.addAll(command);
        return all;
    }
}
