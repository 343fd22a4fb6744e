package serpentarium.traffic.format.packets;

import java.io.IOException;
import serpentarium.traffic.ProcessFacts;
import serpentarium.traffic.Side;
import serpentarium.traffic.format.wire.Conversation;
import serpentarium.traffic.format.wire.Link;
import serpentarium.traffic.format.wire.Protocol;
import serpentarium.traffic.format.wire.Recording;

/// One TCP connection: brings the segments of both directions into their order, and what one side says before what the other answers to it.
///
/// A segment waits for the bytes before it, and for those that it acknowledges. What does not come although the other side acknowledged it was
/// not captured: after some more segments it is given up, and said to be lost.
final class TcpConnection {
    private static final int FIN = 1;
    private static final int SYN = 2;
    private static final int RST = 4;
    private static final int ACK = 16;
    private static final int PATIENCE = 12;
    private static final int MOST_ASKED = 6;
    private static final double ASK_PAUSE = 0.25;
    private static final long MOST_WAITING = 8L << 20;

    private final TcpDirection[] directions = {new TcpDirection(), new TcpDirection()};
    private final Ends ends;
    private final int id;
    private final Recording recording;
    private Conversation conversation;
    private Link made;
    private int client = -1;
    private boolean started;
    private boolean closed;
    private double connectStart = Double.NaN;
    private double connectEnd = Double.NaN;
    private double last;
    private long pid;
    private int impatience;
    private ProcessFacts program;
    private int asked;
    private double askedAt;

    TcpConnection(Recording recording, Ends ends, int id) {
        this.recording = recording;
        this.ends = ends;
        this.id = id;
    }

    /// When something was seen last.
    double last() {
        return last;
    }

    boolean closed() {
        return closed;
    }

    /// How many bytes wait for ones before them.
    long waiting() {
        return directions[0].waiting() + directions[1].waiting();
    }

    /// Whether a SYN begins another connection between the same ends.
    boolean another(int direction, int seq, boolean answer) {
        TcpDirection d = directions[direction];
        if (answer) return d.synced() && d.first() != seq && closed;
        return closed || d.known() && (!d.synced() || d.first() != seq);
    }

    void segment(int direction, double time, int seq, int ack, int flags, byte[] bytes, int from, int there, int length, long process, String comment)
            throws IOException {
        last = time;
        if (closed) return;
        TcpDirection d = directions[direction];
        TcpDirection other = directions[1 - direction];
        boolean acks = (flags & ACK) != 0;
        int data = seq;
        if ((flags & SYN) != 0) {
            handshake(direction, time, seq, acks);
            data++;
        }
        d.meet(data);
        if (acks) other.meet(ack);
        if (acks) other.acknowledged(ack);
        if (process != 0 && direction == client) pid = process;
        if (comment != null) link().comment(comment);
        if (length > 0) {
            start(direction, time);
            askAgain();
            if (d.next() == data && d.empty() && (!acks || other.reached(ack))) deliver(direction, time, bytes, from, there, length);
            else d.keep(data, acks ? ack : 0, acks, time, bytes, from, there, length);
        }
        if ((flags & FIN) != 0) d.finishes(data + length);
        pump(time);
        if ((flags & RST) != 0) {
            giveUp();
            close(time, Protocol.Ending.RESET);
        }
    }

    private void handshake(int direction, double time, int seq, boolean answer) {
        directions[direction].sync(seq);
        client = answer ? 1 - direction : direction;
        // The program can be asked for only while the connection stands, which may not be for long.
        ask();
        if (!answer && Double.isNaN(connectStart)) connectStart = time;
        if (answer && Double.isNaN(connectEnd)) connectEnd = time;
        if (made != null) made.connected(connectStart, connectEnd);
    }

    private void ask() {
        if (program != null || !recording.live()) return;
        asked++;
        askedAt = last;
        program = recording.process(ends.end(client), ends.end(1 - client)).orElse(null);
    }

    /// Who did not answer at once may do so later; what begins then is known to be its.
    private void askAgain() {
        if (program != null || asked == 0 || asked >= MOST_ASKED || last - askedAt < ASK_PAUSE || made == null) return;
        ask();
        if (program != null) made.process(program);
    }

    private Link link() {
        if (made == null) {
            boolean guessed = client < 0;
            int asks = guessed ? ends.port(0) < ends.port(1) ? 1 : 0 : client;
            client = asks;
            made = new Link(recording, String.valueOf(id), ends.end(asks), ends.end(1 - asks));
            made.connected(connectStart, connectEnd);
            conversation = new Conversation(made, !guessed);
        }
        return made;
    }

    private void start(int direction, double time) {
        if (started) return;
        started = true;
        if (client < 0 && ends.port(0) == ends.port(1)) client = direction;
        Link begun = link();
        ask();
        if (program != null && (pid == 0 || pid == program.pid())) begun.process(program);
        else if (pid != 0) begun.process(new ProcessFacts(pid, "", null));
    }

    private Side side(int direction) {
        return direction == client ? Side.REQUEST : Side.RESPONSE;
    }

    private void deliver(int direction, double time, byte[] bytes, int from, int there, int length) throws IOException {
        TcpDirection d = directions[direction];
        double at = d.time(time);
        d.advance(length);
        impatience = 0;
        if (there > 0) conversation.bytes(side(direction), at, bytes, from, there);
        if (there < length) conversation.lost(side(direction), at, length - there);
    }

    /// Hands on what need not wait any more.
    private void pump(double time) throws IOException {
        boolean moved = true;
        while (moved && !closed) {
            moved = false;
            for (int direction = 0; direction < 2; direction++) {
                TcpDirection d = directions[direction];
                TcpDirection other = directions[1 - direction];
                TcpDirection.Segment head = d.ready(other);
                while (head != null) {
                    moved = true;
                    deliver(direction, Math.max(time, head.time()), head.bytes(), 0, head.bytes().length, head.length());
                    head = d.ready(other);
                }
                if (d.finished()) {
                    moved = true;
                    if (conversation != null) conversation.end(side(direction), d.time(time));
                }
            }
            if (directions[0].over() && directions[1].over()) close(time, Protocol.Ending.CLOSED);
            if (!moved && !closed && stuck() && (++impatience > PATIENCE || waiting() > MOST_WAITING)) moved = jump(time, false);
        }
    }

    private boolean stuck() {
        return !directions[0].empty() || !directions[1].empty() || directions[0].behind() || directions[1].behind();
    }

    /// Gives up bytes that do not come.
    ///
    /// @param all whether also those that the other side did not acknowledge
    /// @return whether there were any
    private boolean jump(double time, boolean all) throws IOException {
        for (int direction = 0; direction < 2; direction++) {
            TcpDirection d = directions[direction];
            long gap = d.gap(all || waiting() > MOST_WAITING);
            if (gap <= 0) continue;
            d.advance((int) Math.min(gap, Integer.MAX_VALUE));
            // One that is missing with nothing after it is the number that a FIN takes.
            if (conversation != null && (gap > 1 || !d.empty())) conversation.lost(side(direction), d.time(time), gap);
            return true;
        }
        impatience = 0;
        return false;
    }

    /// Hands on what is there, whatever is missing.
    void giveUp() throws IOException {
        int rounds = 0;
        do pump(last);
        while (!closed && !(directions[0].empty() && directions[1].empty()) && (jump(last, true) || unblock()) && ++rounds < 1_000_000);
    }

    /// Lets segments go that wait for what they acknowledge.
    private boolean unblock() {
        boolean any = false;
        for (TcpDirection d : directions) any |= d.unblock();
        return any;
    }

    private void close(double time, Protocol.Ending how) throws IOException {
        if (closed) return;
        closed = true;
        if (directions[0].differs() || directions[1].differs()) recording.warnOnce(PcapFormat.STRINGS.get("capture.differs", ends.end(client), ends.end(1 - client)));
        if (conversation != null) conversation.close(time, how);
        conversation = null;
        made = null;
        for (TcpDirection d : directions) d.release();
    }

    /// Nothing of it comes any more.
    ///
    /// @param unseen whether it may go on; else another one took its ends
    void finish(double time, boolean unseen) throws IOException {
        if (closed) return;
        giveUp();
        boolean half = directions[0].over() || directions[1].over();
        close(time, unseen && !half ? Protocol.Ending.UNSEEN : Protocol.Ending.CLOSED);
    }
}
