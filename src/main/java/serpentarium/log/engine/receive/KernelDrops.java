package serpentarium.log.engine.receive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/// How many datagrams the system threw away because a port was not read in time, as Linux tells it.
final class KernelDrops {
    private static final Path[] TABLES = {Path.of("/proc/net/udp"), Path.of("/proc/net/udp6")};

    private KernelDrops() {}

    /// Datagrams lost on a port; empty where the system does not tell.
    static OptionalLong of(int port) {
        long drops = -1;
        for (Path table : TABLES) {
            try {
                long here = in(Files.readString(table, StandardCharsets.US_ASCII), port);
                if (here >= 0) drops = Math.max(0, drops) + here;
            } catch (IOException _) {
                continue;
            }
        }
        return drops < 0 ? OptionalLong.empty() : OptionalLong.of(drops);
    }

    /// Those in the text of such a table; -1 where the port is not in it.
    static long in(String table, int port) {
        String wanted = String.format(java.util.Locale.ROOT, ":%04X", port);
        long drops = -1;
        for (String line : table.split("\n")) {
            String[] words = line.strip().split("\\s+");
            if (words.length < 13 || !words[1].endsWith(wanted) || !words[words.length - 1].matches("\\d{1,18}")) continue;
            drops = Math.max(0, drops) + Long.parseLong(words[words.length - 1]);
        }
        return drops;
    }
}
