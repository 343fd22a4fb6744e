package serpentarium.traffic.engine.live;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import serpentarium.base.ProblemException;
import serpentarium.traffic.format.TrafficFormat;
import serpentarium.traffic.format.packets.PcapFormat;
import serpentarium.traffic.format.packets.PcapngFormat;

/// The program that captures packets: it has the right to, this one needs none.
///
/// @param kind    which one
/// @param program where it lies
public record CaptureTool(Kind kind, Path program) {
    private static final int RING_FILES = 8;
    /// Megabytes of packets that wait in the system: a server on loopback sends faster than any program writes.
    private static final String BUFFER = "32";

    /// The programs that are known, the better one first.
    public enum Kind {
        /// Of Wireshark: writes pcapng and goes round in a ring of files.
        DUMPCAP,
        /// Writes one file of the older format.
        TCPDUMP
    }

    /// The one to use; one that this user may not start is found, too, where there is no other.
    ///
    /// @throws ProblemException when there is none, with the command that installs it
    public static CaptureTool find() {
        return find(System.getenv("PATH"));
    }

    static CaptureTool find(String path) {
        var folders = new LinkedHashSet<>(List.of((path == null ? "" : path).split(File.pathSeparator)));
        folders.addAll(List.of("/usr/bin", "/usr/sbin", "/usr/local/bin"));
        Optional<CaptureTool> shut = Optional.empty();
        for (Kind kind : Kind.values()) {
            for (String folder : folders) {
                Path program = Path.of(folder).resolve(kind == Kind.DUMPCAP ? "dumpcap" : "tcpdump");
                if (!Files.isRegularFile(program)) continue;
                if (Files.isExecutable(program)) return new CaptureTool(kind, program);
                if (shut.isEmpty()) shut = Optional.of(new CaptureTool(kind, program));
            }
        }
        return shut.orElseThrow(() -> new ProblemException(CaptureRights.missing()));
    }

    /// How what it writes is read.
    TrafficFormat format() {
        return kind == Kind.DUMPCAP ? new PcapngFormat() : new PcapFormat();
    }

    /// Whether it keeps to a limit by itself.
    boolean rings() {
        return kind == Kind.DUMPCAP;
    }

    /// How many milliseconds nothing may come although there are packets: the libraries wait for so long for more of them.
    int settleMillis() {
        return kind == Kind.DUMPCAP ? 450 : 1_300;
    }

    /// How many files its ring has.
    int ringFiles() {
        return RING_FILES;
    }

    /// What captures packets.
    ///
    /// @param filter in the language of libpcap; empty for all
    /// @param limit  bytes on disk
    List<String> capture(String device, String filter, Path file, long limit) {
        var command = new ArrayList<>(List.of(program.toString(), "-i", device, "-B", kind == Kind.DUMPCAP ? BUFFER : BUFFER + "000"));
        switch (kind) {
            case DUMPCAP -> {
                if (!filter.isBlank()) command.addAll(List.of("-f", filter));
                long size = Math.max(1_000, limit / RING_FILES / 1_000);
                command.addAll(List.of("-w", file.toString(), "-b", "filesize:" + size, "-b", "files:" + RING_FILES));
            }
            case TCPDUMP -> {
                command.addAll(List.of("-U", "-n", "-w", file.toString()));
                // It gives up root for a user of its own, who cannot write into a private folder.
                if ("root".equals(System.getProperty("user.name"))) command.addAll(List.of("-Z", "root"));
                if (!filter.isBlank()) command.addAll(List.of("--", filter));
            }
        }
        return command;
    }

    /// What lists the interfaces.
    List<String> list() {
        return kind == Kind.DUMPCAP ? List.of(program.toString(), "-D", "-M") : List.of(program.toString(), "-D");
    }

    /// What compiles a filter.
    List<String> check(String device, String filter) {
        return kind == Kind.DUMPCAP ? List.of(program.toString(), "-i", device, "-d", "-f", filter)
                : List.of(program.toString(), "-i", device, "-d", "--", filter);
    }
}
