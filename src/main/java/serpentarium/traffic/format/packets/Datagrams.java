package serpentarium.traffic.format.packets;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import serpentarium.traffic.format.wire.DatagramFlow;
import serpentarium.traffic.format.wire.Link;
import serpentarium.traffic.Side;
import serpentarium.traffic.format.wire.Recording;

/// All UDP conversations of a capture. Those that began long ago make room when there are too many.
final class Datagrams {
    private static final int MOST = 10_000;
    private static final double TWICE = 0.05;

    private final Recording recording;
    private final Map<Ends, Talk> talks = new LinkedHashMap<>();
    private int count;

    private static final class Talk {
        private final DatagramFlow flow;
        private final int client;
        private final long[] lastId = {-1, -1};
        private final double[] lastTime = new double[2];

        Talk(DatagramFlow flow, int client) {
            this.flow = flow;
            this.client = client;
        }
    }

    Datagrams(Recording recording) {
        this.recording = recording;
    }

    /// A datagram.
    ///
    /// @param id of the IP packet where it may be seen twice, else -1
    void datagram(Ends ends, int direction, double time, byte[] bytes, int from, int length, long id, String comment) throws IOException {
        if (length < 0) return;
        Talk talk = talks.get(ends);
        if (talk == null) {
            if (talks.size() >= MOST) makeRoom();
            var link = new Link(recording, "u" + ++count, ends.end(direction), ends.end(1 - direction));
            talk = new Talk(new DatagramFlow(link), direction);
            talks.put(ends, talk);
        }
        if (id > 0 && talk.lastId[direction] == id && Math.abs(time - talk.lastTime[direction]) < TWICE) return;
        talk.lastId[direction] = id;
        talk.lastTime[direction] = time;
        if (comment != null) talk.flow.comment(comment);
        talk.flow.datagram(direction == talk.client ? Side.REQUEST : Side.RESPONSE, time, bytes, from, length);
    }

    private void makeRoom() throws IOException {
        var oldest = new ArrayList<>(talks.keySet()).subList(0, MOST / 4);
        for (Ends ends : oldest) talks.remove(ends).flow.close();
    }

    void end() throws IOException {
        for (Talk talk : talks.values()) talk.flow.close();
        talks.clear();
    }
}
