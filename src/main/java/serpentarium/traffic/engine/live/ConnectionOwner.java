package serpentarium.traffic.engine.live;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import serpentarium.traffic.Endpoint;
import serpentarium.traffic.ProcessFacts;

/// Which program of this machine has a TCP connection: its two ends are looked up in `/proc/net/tcp` and `tcp6`, which name the socket, and the
/// socket among the open files of the processes. Only processes that this user may look into are found, and only while the connection stands.
///
/// A look-up reads some files of `/proc`: a few milliseconds at first, microseconds while what was read counts, which is a second. Ask when the
/// connection is new, on a thread that may wait. May be used by several threads.
public final class ConnectionOwner {
    private static final long FRESH = TimeUnit.SECONDS.toNanos(1);
    /// What is missing in a table is looked for in a newer one, but not more often than this.
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int MOST_SOCKETS = 200_000;
    private static final int MOST_KEPT = 50_000;
    private static final int MOST_LIKELY = 16;
    private static final int NEWEST = 12;
    private static final int MOST_FILES = 100_000;
    private static final String SOCKET = "socket:[";

    private final Path proc;
    private final Path net;
    private final LongSupplier nanoTime;
    private final Map<Pair, Long> sockets = new HashMap<>();
    private final Map<Long, Owned> owners = newest(MOST_KEPT);
    private final Map<Long, Program> programs = newest(MOST_LIKELY);
    private boolean looked;
    private long tableRead;
    private boolean searched;
    private long searchEnd;
    /// Looking through all processes is dear: as much time as it took passes before the next time.
    private long rest;

    /// Both ends of a socket.
    private record Pair(Endpoint near, Endpoint far) {}

    /// Who had a socket when it was looked for.
    private record Owned(long pid, long when) {}

    /// What is known of a process.
    private record Program(ProcessFacts facts, long when) {}

    private static <V> Map<Long, V> newest(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override protected boolean removeEldestEntry(Map.Entry<Long, V> eldest) {
                return size() > most;
            }
        };
    }

    /// Of this machine.
    public ConnectionOwner() {
        this(Path.of("/proc"), "self");
    }

    /// Of the network that a process is in, where that is another one than this program's.
    public static ConnectionOwner inNetworkOf(long pid) {
        return new ConnectionOwner(Path.of("/proc"), Long.toString(pid));
    }

    private ConnectionOwner(Path proc, String whose) {
        this(proc, proc.resolve(whose).resolve("net"), System::nanoTime);
    }

    ConnectionOwner(Path proc, Path net, LongSupplier nanoTime) {
        this.proc = proc;
        this.net = net;
        this.nanoTime = nanoTime;
    }

    /// The program at the near end of a connection; empty where the system does not tell.
    ///
    /// @param near the address and port that the program has: for who connected to a proxy's port, the far end as the proxy sees it
    /// @param far  those it is connected to
    public synchronized Optional<ProcessFacts> of(Endpoint near, Endpoint far) {
        var pair = new Pair(plain(near), plain(far));
        long now = nanoTime.getAsLong();
        if (!looked || now - tableRead > FRESH) readTables(now);
        Long socket = sockets.get(pair);
        if (socket == null && now - tableRead > PAUSE) {
            readTables(now);
            socket = sockets.get(pair);
        }
        return socket == null ? Optional.empty() : owner(socket, now);
    }

    /// The same address is written in many ways; an IPv4 address that is written as one of IPv6 is the same, too.
    private static Endpoint plain(Endpoint end) {
        String host = end.host();
        if (host.indexOf(':') < 0) return end;
        int zone = host.indexOf('%');
        try {
            return new Endpoint(IpText.of(InetAddress.ofLiteral(zone > 0 ? host.substring(0, zone) : host).getAddress()), end.port());
        } catch (IllegalArgumentException e) {
            return end;
        }
    }

    private Optional<ProcessFacts> owner(long socket, long now) {
        Owned known = owners.get(socket);
        if (known != null && (now - known.when <= FRESH || search(known.pid, socket, now))) return Optional.of(facts(known.pid, now));
        // Who had the last ones most likely has this one too.
        for (long pid : List.copyOf(programs.keySet()).reversed()) {
            if (search(pid, socket, now)) return Optional.of(facts(pid, now));
        }
        List<Long> all = processes();
        // A program that has just begun is among the newest, and may be gone before the next search of all.
        for (long pid : all.subList(0, Math.min(NEWEST, all.size()))) {
            if (search(pid, socket, now)) return Optional.of(facts(pid, now));
        }
        if (searched && now - searchEnd < rest) return Optional.empty();
        // What is found on the way serves the next questions.
        for (long pid : all) search(pid, socket, now);
        searched = true;
        searchEnd = nanoTime.getAsLong();
        rest = searchEnd - now;
        Owned found = owners.get(socket);
        return found == null || found.when != now ? Optional.empty() : Optional.of(facts(found.pid, now));
    }

    /// Notes all sockets of a process.
    ///
    /// @return whether the wanted one was among them
    private boolean search(long pid, long wanted, long now) {
        boolean found = false;
        int count = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(proc.resolve(Long.toString(pid)).resolve("fd"))) {
            for (Path file : files) {
                if (++count > MOST_FILES) break;
                long socket = socket(file);
                if (socket >= 0) owners.put(socket, new Owned(pid, now));
                found |= socket == wanted;
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException _) {
            // It has ended, or belongs to somebody else.
            return found;
        }
        return found;
    }

    private static long socket(Path file) {
        try {
            String target = Files.readSymbolicLink(file).toString();
            return target.startsWith(SOCKET) ? Long.parseLong(target, SOCKET.length(), target.length() - 1, 10) : -1;
        } catch (IOException | NumberFormatException e) {
            return -1;
        }
    }

    /// The newest first: it is they who make new connections.
    private List<Long> processes() {
        var all = new ArrayList<Long>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path entry : entries) all.add(Long.parseLong(entry.getFileName().toString()));
        } catch (IOException | java.nio.file.DirectoryIteratorException | NumberFormatException e) {
            return List.of();
        }
        all.sort((a, b) -> Long.compare(b, a));
        return all;
    }

    private ProcessFacts facts(long pid, long now) {
        Program known = programs.get(pid);
        if (known != null && now - known.when <= FRESH) return known.facts;
        ProcessFacts facts;
        try {
            facts = CommandLine.facts(pid, Files.readAllBytes(proc.resolve(Long.toString(pid)).resolve("cmdline")));
        } catch (IOException e) {
            facts = new ProcessFacts(pid, "", null);
        }
        programs.put(pid, new Program(facts, now));
        return facts;
    }

    private void readTables(long now) {
        looked = true;
        tableRead = now;
        sockets.clear();
        read(net.resolve("tcp"));
        read(net.resolve("tcp6"));
    }

    private void read(Path table) {
        try (BufferedReader lines = Files.newBufferedReader(table, StandardCharsets.ISO_8859_1)) {
            lines.readLine();
            for (String line; (line = lines.readLine()) != null && sockets.size() < MOST_SOCKETS; ) {
                String[] fields = line.strip().split(" +");
                if (fields.length < 10 || fields[9].equals("0")) continue;
                Endpoint near = end(fields[1]);
                Endpoint far = end(fields[2]);
                if (near != null && far != null) sockets.put(new Pair(near, far), Long.parseLong(fields[9]));
            }
        } catch (IOException | NumberFormatException e) {
            // Not Linux, or without IPv6: what was read counts.
            return;
        }
    }

    /// An address of the tables: words of 32 bits in this machine's order, in hexadecimal, and the port.
    static Endpoint end(String text) {
        int colon = text.indexOf(':');
        if (colon != 8 && colon != 32) return null;
        int port = Integer.parseInt(text, colon + 1, text.length(), 16);
        byte[] bytes = new byte[colon / 2];
        boolean little = java.nio.ByteOrder.nativeOrder() == java.nio.ByteOrder.LITTLE_ENDIAN;
        for (int i = 0; i < bytes.length; i++) {
            int at = little ? i / 4 * 4 + 3 - i % 4 : i;
            bytes[at] = (byte) Integer.parseInt(text, i * 2, i * 2 + 2, 16);
        }
        return new Endpoint(IpText.of(bytes), port);
    }
}
