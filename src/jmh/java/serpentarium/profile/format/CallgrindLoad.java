package serpentarium.profile.format;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import serpentarium.base.Source;
import serpentarium.profile.Glimpse;
import serpentarium.profile.Profile;
import serpentarium.task.TaskContext;

/// Reads a callgrind file once as the window does, with the costs by source line and with first numbers on the way, and says what that took:
/// processor time of all threads of this program, its start with it, and the most memory it had. `CallgrindLoad FILE [no-lines]`.
public final class CallgrindLoad {
    private static final long BETWEEN_GLIMPSES = 250_000_000;

    private CallgrindLoad() {}

    private static final class Shown implements Glimpses {
        private long shown = System.nanoTime();
        private int count;

        @Override public boolean wanted() {
            return System.nanoTime() - shown > BETWEEN_GLIMPSES;
        }

        @Override public void show(Glimpse glimpse) {
            shown = System.nanoTime();
            count++;
        }
    }

    /// Reads a file.
    public static void main(String... arguments) throws IOException {
        var shown = new Shown();
        boolean byLine = arguments.length == 1;
        Profile profile = new CallgrindFormat(byLine).read(Source.of(Path.of(arguments[0])), TaskContext.detached(), shown);
        long rows = profile.lines().end(profile.frames().size());
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long most = Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith("VmHWM")).findFirst()
                .map(line -> Long.parseLong(line.replaceAll("\\D+", ""), 10)).orElse(0L) / 1024;
        System.out.printf("Serpentarium, %s: %.2f s of processor time, %d MB (%d functions, %d rows by line, first numbers %d times)%n",
                byLine ? "with lines as the window reads" : "without lines", system.getProcessCpuTime() / 1e9, most, profile.frames().size(), rows, shown.count);
    }
}
