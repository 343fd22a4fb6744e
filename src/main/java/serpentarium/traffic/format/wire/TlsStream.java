package serpentarium.traffic.format.wire;

import java.io.IOException;
import serpentarium.base.Strings;
import serpentarium.traffic.Side;

/// A TLS connection that goes by: its facts, and what is inside where its keys are known. Where they are not, the encrypted records are the
/// messages of a flow.
final class TlsStream implements Protocol {
    private static final Strings STRINGS = Recording.STRINGS;
    private static final int HEADER = 5;
    private static final int LARGEST = 18_432;
    private static final int LONGEST_HANDSHAKE = 1 << 18;
    private static final int TLS13 = 0x0304;
    private static final int TLS12 = 0x0303;

    private final Link link;
    private final KeyLog log;
    private final TlsHellos hellos = new TlsHellos();
    private final RawStream raw;
    private final TlsHold hold = new TlsHold();
    private final Direction[] directions = {new Direction(Side.REQUEST), new Direction(Side.RESPONSE)};
    private Conversation inner;
    private double began = Double.NaN;
    private String failure;
    private boolean data;
    private boolean undone;
    private boolean waitedEnough;

    /// One direction.
    private static final class Direction {
        private final Side side;
        private final ByteHold record = new ByteHold();
        private final ByteHold handshake = new ByteHold();
        private TlsKeys keys;
        private TlsKeys later;
        private TlsKeys early;
        private boolean encrypted;
        /// The handshake is over: TLS 1.3 has other keys from here on.
        private boolean application;
        private boolean dead;
        private boolean hollow;

        Direction(Side side) {
            this.side = side;
        }
    }

    TlsStream(Link link) {
        this.link = link;
        log = link.recording.keys;
        raw = new RawStream(link);
        link.tls(hellos.facts());
    }

    @Override public void bytes(Side from, double time, byte[] bytes, int offset, int length) throws IOException {
        if (Double.isNaN(began)) began = time;
        Direction d = directions[from.ordinal()];
        int at = offset;
        int end = offset + length;
        while (at < end && !d.dead) {
            if (d.record.length() == 0 && end - at >= HEADER && end - at >= HEADER + size(bytes, at)) {
                int size = size(bytes, at);
                record(d, time, bytes, at, size);
                at += HEADER + size;
                continue;
            }
            at += d.record.fill(HEADER, bytes, at, end - at);
            if (d.record.length() < HEADER) return;
            int size = size(d.record.bytes(), 0);
            at += d.record.fill(HEADER + size, bytes, at, end - at);
            if (d.record.length() == HEADER + size) held(d, time, size);
        }
        if (d.dead && at < end) raw(d.side, time, bytes, at, end - at);
    }

    private void held(Direction d, double time, int size) throws IOException {
        if (d.hollow) {
            d.hollow = false;
            if (hold.holds()) hold.add(new TlsHold.Held.Hollow(d.side, time, size));
            else hollow(d, time, size);
        } else record(d, time, d.record.bytes(), 0, size);
        d.record.clear();
    }

    private void hollow(Direction d, double time, int size) throws IOException {
        if (d.keys != null) d.keys.skip();
        if (inner != null) inner.lost(d.side, time, size);
    }

    private static int size(byte[] b, int at) {
        return (b[at + 3] & 0xff) << 8 | b[at + 4] & 0xff;
    }

    private void record(Direction d, double time, byte[] b, int at, int size) throws IOException {
        int type = b[at] & 0xff;
        if (hold.holds()) {
            hold.sealed(d.side, time, b, at, HEADER + size);
            if (hold.full()) goOn(true);
            return;
        }
        if (type < 20 || type > 24 || b[at + 1] != 3 || size > LARGEST) {
            die(d, STRINGS.get("tls.malformed"));
            return;
        }
        if (type == 20) {
            changeCipher(d);
            return;
        }
        boolean sealed = type == 23 || d.encrypted;
        if (!sealed) {
            content(d, time, type, b, at + HEADER, size);
            return;
        }
        fetch(d);
        byte[] plain = open(d, b, at, size);
        if (plain == null && secretMayCome(d)) {
            hold.sealed(d.side, time, b, at, HEADER + size);
            link.recording.waits(this);
            return;
        }
        if (plain == null) {
            if (type == 23) {
                data = true;
                link.secured(time);
                raw(d.side, time, b, at + HEADER, size);
            }
            return;
        }
        int length = plain.length;
        int inside = type;
        if (hellos.version() == TLS13) {
            while (length > 0 && plain[length - 1] == 0) length--;
            if (length == 0) return;
            inside = plain[--length] & 0xff;
        }
        content(d, time, inside, plain, 0, length);
    }

    private byte[] open(Direction d, byte[] b, int at, int size) {
        byte[] plain = d.keys == null ? null : d.keys.open(b, at, size);
        if (plain == null && d.early != null) plain = d.early.open(b, at, size);
        if (plain != null || d.later == null) return plain;
        plain = d.later.open(b, at, size);
        if (plain != null) {
            d.keys = d.later;
            d.later = null;
            d.application = true;
        }
        return plain;
    }

    /// Looks for secrets that were not known when they were agreed on.
    private void fetch(Direction d) {
        if (!link.recording.awaitsSecrets() || hellos.suite() == null) return;
        if (hellos.version() == TLS13) keys13(d);
        else if (d.encrypted && d.keys == null) keys12(d);
    }

    private boolean secretMayCome(Direction d) {
        if (!link.recording.awaitsSecrets() || waitedEnough || hellos.suite() == null || hellos.suite().mode() == CipherSuite.Mode.OTHER) return false;
        if (hellos.version() == TLS13) return d.application ? d.keys == null : d.later == null;
        return hellos.version() == TLS12 && hellos.clientRandom() != null && d.encrypted && d.keys == null;
    }

    /// How many bytes wait for secrets.
    long held() {
        return hold.size();
    }

    /// When the first of them came, by [System#nanoTime()].
    long heldSince() {
        return hold.since();
    }

    /// Goes on with what waits for secrets, as far as they are known now.
    ///
    /// @param enough whether it does not wait any longer
    /// @return whether nothing waits any more
    boolean goOn(boolean enough) throws IOException {
        waitedEnough |= enough;
        if (!hold.holds()) return true;
        long since = hold.since();
        var events = hold.take();
        while (!events.isEmpty()) {
            play(events.poll());
            if (!hold.holds()) continue;
            hold.putBack(events, since);
            return false;
        }
        return true;
    }

    private void play(TlsHold.Held event) throws IOException {
        switch (event) {
            case TlsHold.Held.Sealed(Side side, double time, byte[] b) -> record(directions[side.ordinal()], time, b, 0, b.length - HEADER);
            case TlsHold.Held.Hollow(Side side, double time, int size) -> hollow(directions[side.ordinal()], time, size);
            case TlsHold.Held.Raw(Side side, double time, byte[] b) -> raw(side, time, b, 0, b.length);
            case TlsHold.Held.Lost(Side side, double time, long count) -> {
                if (inner != null) inner.lost(side, time, count);
            }
            case TlsHold.Held.End(Side side, double time) -> end(side, time);
            case TlsHold.Held.Close(double time, Ending how) -> close(time, how);
        }
    }

    private void raw(Side from, double time, byte[] b, int offset, int length) throws IOException {
        // Data that a client sends before the server has answered has keys of its own, which may not be known although the others are.
        if (hold.holds()) {
            hold.add(new TlsHold.Held.Raw(from, time, java.util.Arrays.copyOfRange(b, offset, offset + length)));
            return;
        }
        boolean ahead = from == Side.REQUEST && hellos.early() && log.knows(hellos.random());
        if (inner != null || ahead) undone = true;
        else if (link.sealed()) raw.seen(from, time);
        else raw.bytes(from, time, b, offset, length);
    }

    private void content(Direction d, double time, int type, byte[] b, int from, int length) throws IOException {
        switch (type) {
            case 21 -> alert(d, b, from, length);
            case 22 -> handshake(d, time, b, from, length);
            case 23 -> {
                link.secured(time);
                if (inner == null) inner = new Conversation(link, true);
                inner.bytes(d.side, time, b, from, length);
            }
            default -> { }
        }
    }

    private void alert(Direction d, byte[] b, int from, int length) {
        if (length < 2 || b[from] != 2 || failure != null) return;
        String name = alert(b[from + 1] & 0xff);
        failure = d.side == Side.REQUEST ? STRINGS.get("tls.client-alert", name) : STRINGS.get("tls.server-alert", name);
    }

    private static String alert(int code) {
        return switch (code) {
            case 10 -> "unexpected message";
            case 20 -> "bad record MAC";
            case 40 -> "handshake failure";
            case 42 -> "bad certificate";
            case 43 -> "unsupported certificate";
            case 44 -> "certificate revoked";
            case 45 -> "certificate expired";
            case 46 -> "certificate unknown";
            case 47 -> "illegal parameter";
            case 48 -> "unknown CA";
            case 51 -> "decrypt error";
            case 70 -> "protocol version";
            case 71 -> "insufficient security";
            case 80 -> "internal error";
            case 86 -> "inappropriate fallback";
            case 109 -> "missing extension";
            case 112 -> "unrecognized name";
            case 116 -> "certificate required";
            case 120 -> "no application protocol";
            default -> String.valueOf(code);
        };
    }

    private void handshake(Direction d, double time, byte[] b, int from, int length) throws IOException {
        d.handshake.add(b, from, length);
        int at = 0;
        byte[] h = d.handshake.bytes();
        int end = d.handshake.length();
        while (end - at >= 4) {
            int size = (h[at + 1] & 0xff) << 16 | (h[at + 2] & 0xff) << 8 | h[at + 3] & 0xff;
            if (size > LONGEST_HANDSHAKE) {
                die(d, STRINGS.get("tls.malformed"));
                return;
            }
            if (end - at - 4 < size) break;
            message(d, time, h[at] & 0xff, h, at + 4, at + 4 + size);
            at += 4 + size;
        }
        byte[] rest = java.util.Arrays.copyOfRange(h, at, end);
        d.handshake.clear();
        d.handshake.add(rest, 0, rest.length);
    }

    private void message(Direction d, double time, int type, byte[] b, int from, int end) {
        switch (type) {
            case 1 -> hellos.client(b, from, end);
            case 2 -> {
                if (hellos.server(b, from, end)) agreed();
            }
            case 8 -> hellos.encryptedExtensions(b, from, end);
            case 11 -> {
                if (d.side == Side.RESPONSE) hellos.certificates(b, from, end);
            }
            case 20 -> finished(d, time);
            case 24 -> {
                if (hellos.version() == TLS13 && d.keys != null) d.keys = d.keys.next();
            }
            default -> { }
        }
        link.tls(hellos.facts());
    }

    private void agreed() {
        if (hellos.version() != TLS13) return;
        for (Direction d : directions) {
            d.encrypted = false;
            d.application = false;
            d.keys = null;
            d.later = null;
            keys13(d);
        }
        if (hellos.early()) directions[0].early = TlsKeys.of13(hellos.suite(), log.secret("CLIENT_EARLY_TRAFFIC_SECRET", hellos.random()));
    }

    private void keys13(Direction d) {
        String who = d.side == Side.REQUEST ? "CLIENT" : "SERVER";
        if (d.keys == null && !d.application) d.keys = TlsKeys.of13(hellos.suite(), log.secret(who + "_HANDSHAKE_TRAFFIC_SECRET", hellos.random()));
        TlsKeys known = d.application ? d.keys : d.later;
        if (known != null) return;
        TlsKeys traffic = TlsKeys.of13(hellos.suite(), log.secret(who + "_TRAFFIC_SECRET_0", hellos.random()));
        if (d.application) d.keys = traffic;
        else d.later = traffic;
    }

    private void changeCipher(Direction d) {
        if (hellos.version() == TLS13 || hellos.suite() == null) return;
        d.encrypted = true;
        keys12(d);
    }

    private void keys12(Direction d) {
        if (hellos.version() != TLS12 || hellos.clientRandom() == null) return;
        d.keys = TlsKeys.of12(hellos.suite(), log.secret("CLIENT_RANDOM", hellos.random()), hellos.clientRandom(), hellos.serverRandom(), d.side == Side.RESPONSE,
                hellos.encryptThenMac());
    }

    private void finished(Direction d, double time) {
        if (hellos.version() != TLS13) {
            link.tlsEnd = time;
            return;
        }
        d.early = null;
        d.keys = d.later;
        d.later = null;
        d.application = true;
        if (d.side == Side.REQUEST) link.secured(time);
    }

    private void die(Direction d, String why) {
        d.dead = true;
        d.record.clear();
        d.handshake.clear();
        if (failure == null) failure = why;
    }

    @Override public void lost(Side from, double time, long count) throws IOException {
        Direction d = directions[from.ordinal()];
        if (d.dead) return;
        int missing = d.record.length() < HEADER ? 0 : HEADER + size(d.record.bytes(), 0) - d.record.length();
        if (missing < count) {
            die(d, STRINGS.get("http.bytes-lost", count));
            if (hold.holds()) hold.add(new TlsHold.Held.Lost(from, time, count));
            else if (inner != null) inner.lost(from, time, count);
            return;
        }
        d.hollow = true;
        d.record.add(new byte[(int) count], 0, (int) count);
        if (missing == count) held(d, time, size(d.record.bytes(), 0));
    }

    @Override public void end(Side from, double time) throws IOException {
        if (hold.holds()) hold.add(new TlsHold.Held.End(from, time));
        else if (inner != null) inner.end(from, time);
        else raw.end(from, time);
    }

    @Override public void close(double time, Ending how) throws IOException {
        if (hold.holds()) {
            hold.add(new TlsHold.Held.Close(time, how));
            return;
        }
        if (inner != null) {
            inner.close(time, how);
            if (undone) link.recording.warnOnce(STRINGS.get("tls.undone"));
            if (!raw.begun()) return;
        }
        String why = failure != null || link.sealed() ? failure : data || hellos.suite() != null ? STRINGS.get(reason()) : null;
        if (!raw.begun() && Double.isNaN(began)) return;
        var writer = raw.writer(began);
        if (why != null && inner == null) writer.error(why);
        raw.close(time, how);
    }

    private String reason() {
        boolean can = hellos.suite() != null && hellos.suite().mode() != CipherSuite.Mode.OTHER && (hellos.version() == TLS13 || hellos.version() == TLS12);
        boolean keyed = log.knows(hellos.random());
        return !can && hellos.suite() != null ? "tls.unsupported" : keyed ? "tls.unread" : "tls.no-keys";
    }
}
