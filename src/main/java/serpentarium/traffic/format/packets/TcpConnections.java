package serpentarium.traffic.format.packets;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import serpentarium.traffic.format.wire.Recording;

/// All TCP connections of a capture. Those that were quiet for long make room when there are too many.
final class TcpConnections {
    private static final int SYN = 2;
    private static final int ACK = 16;
    private static final int MOST = 10_000;
    private static final int ROOM = 2_000;
    /// Bytes that wait for ones before them, over all connections.
    private static final long MOST_WAITING = 128L << 20;

    private final Recording recording;
    private final Map<Ends, TcpConnection> connections = new LinkedHashMap<>();
    private Ends lastEnds;
    private TcpConnection last;
    private int count;
    private long waiting;

    TcpConnections(Recording recording) {
        this.recording = recording;
    }

    void segment(Ends ends, int direction, double time, int seq, int ack, int flags, byte[] bytes, int from, int there, int length, long pid, String comment)
            throws IOException {
        TcpConnection connection = ends.equals(lastEnds) ? last : connections.get(ends);
        if (connection != null && (flags & SYN) != 0 && connection.another(direction, seq, (flags & ACK) != 0)) {
            connection.finish(time, false);
            connections.remove(ends);
            connection = null;
        }
        if (connection == null) {
            // What is left of a connection whose beginning was not seen, and has nothing to say, is none.
            if (length == 0 && (flags & SYN) == 0) return;
            if (connections.size() >= MOST) makeRoom(time);
            connection = new TcpConnection(recording, ends, ++count);
            connections.put(ends, connection);
        }
        lastEnds = ends;
        last = connection;
        long before = connection.waiting();
        connection.segment(direction, time, seq, ack, flags, bytes, from, there, length, pid, comment);
        waiting += connection.waiting() - before;
        if (waiting > MOST_WAITING) {
            waiting -= connection.waiting();
            connection.giveUp();
            waiting += connection.waiting();
        }
    }

    private void makeRoom(double time) throws IOException {
        var quiet = new ArrayList<>(connections.entrySet());
        quiet.sort(Comparator.comparing((Map.Entry<Ends, TcpConnection> e) -> !e.getValue().closed()).thenComparingDouble(e -> e.getValue().last()));
        var gone = new ArrayList<Ends>();
        for (var entry : quiet.subList(0, ROOM)) {
            waiting -= entry.getValue().waiting();
            entry.getValue().finish(time, true);
            gone.add(entry.getKey());
        }
        gone.forEach(connections::remove);
        lastEnds = null;
        last = null;
    }

    void end() throws IOException {
        for (TcpConnection connection : connections.values()) connection.finish(connection.last(), true);
        connections.clear();
    }
}
