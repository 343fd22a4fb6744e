package serpentarium.traffic.engine.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/// What a client says in SOCKS 5, 4 and 4a before it has its connection.
///
/// Source: RFC 1928, RFC 1929, and the notes on SOCKS 4 and 4a by Ying-Da Lee.
final class Socks implements Stage {
    private static final int LONGEST = 1024;
    private static final int VERSION_5 = 5;
    private static final int VERSION_4 = 4;
    private static final int WITH_PASSWORD = 2;

    private final Passage passage;
    private final Password password;
    private final Gather unread = new Gather();
    private State state = State.BEGIN;

    private enum State { BEGIN, PASSWORD, REQUEST, OVER }

    /// @param password null where none is asked for
    Socks(Passage passage, Password password) {
        this.passage = passage;
        this.password = password;
    }

    @Override public void read(ByteBuf bytes) {
        unread.add(bytes);
        try {
            while (state != State.OVER && !unread.empty() && step()) continue;
        } catch (BadMessage | IndexOutOfBoundsException e) {
            over(e instanceof BadMessage bad ? bad.getMessage() : null);
        }
        if (state != State.OVER && unread.size() > LONGEST) over(null);
    }

    /// @return whether something was understood
    private boolean step() throws BadMessage {
        ByteBuf in = unread.bytes();
        int from = in.readerIndex();
        if (state == State.BEGIN && in.getByte(from) == VERSION_4) return version4(in, from);
        return switch (state) {
            case BEGIN -> greeting(in, from);
            case PASSWORD -> password(in, from);
            case REQUEST -> request(in, from);
            case OVER -> false;
        };
    }

    private boolean greeting(ByteBuf in, int from) {
        if (in.readableBytes() < 2 || in.readableBytes() < 2 + in.getUnsignedByte(from + 1)) return false;
        int methods = in.getUnsignedByte(from + 1);
        int wanted = password == null ? 0 : WITH_PASSWORD;
        boolean offered = false;
        for (int i = 0; i < methods; i++) offered |= in.getByte(from + 2 + i) == wanted;
        unread.skip(2 + methods);
        say(VERSION_5, offered ? wanted : 0xff);
        if (!offered) over(Route.STRINGS.get("refused.password"));
        else state = password == null ? State.REQUEST : State.PASSWORD;
        return true;
    }

    private boolean password(ByteBuf in, int from) {
        int there = in.readableBytes();
        if (there < 2) return false;
        int user = in.getUnsignedByte(from + 1);
        if (there < 3 + user) return false;
        int secret = in.getUnsignedByte(from + 2 + user);
        if (there < 3 + user + secret) return false;
        boolean right = in.getByte(from) == 1
                && password.matches(in.toString(from + 2, user, StandardCharsets.UTF_8), in.toString(from + 3 + user, secret, StandardCharsets.UTF_8));
        unread.skip(3 + user + secret);
        say(1, right ? 0 : 1);
        if (right) state = State.REQUEST;
        else over(Route.STRINGS.get("refused.password"));
        return true;
    }

    private boolean request(ByteBuf in, int from) throws BadMessage {
        int there = in.readableBytes();
        if (there < 5) return false;
        int kind = in.getByte(from + 3);
        int length = kind == 1 ? 4 : kind == 4 ? 16 : kind == 3 ? 1 + in.getUnsignedByte(from + 4) : 0;
        if (in.getByte(from) != VERSION_5 || in.getByte(from + 1) != 1 || length == 0) {
            answer5(length == 0 ? 8 : 7);
            over(Route.STRINGS.get("bad.socks"));
            return true;
        }
        if (there < 4 + length + 2) return false;
        int port = in.getUnsignedShort(from + 4 + length);
        String host = kind == 3 ? in.toString(from + 5, length - 1, StandardCharsets.ISO_8859_1) : address(in, from + 4, length);
        unread.skip(4 + length + 2);
        tunnel(host, port, true);
        return true;
    }

    private boolean version4(ByteBuf in, int from) throws BadMessage {
        int end = in.writerIndex();
        if (in.readableBytes() < 9) return false;
        int user = in.indexOf(from + 8, end, (byte) 0);
        if (user < 0) return false;
        int port = in.getUnsignedShort(from + 2);
        boolean named = in.getByte(from + 4) == 0 && in.getByte(from + 5) == 0 && in.getByte(from + 6) == 0 && in.getByte(from + 7) != 0;
        int last = named ? in.indexOf(user + 1, end, (byte) 0) : user;
        if (last < 0) return false;
        String host = named ? in.toString(user + 1, last - user - 1, StandardCharsets.ISO_8859_1) : address(in, from + 4, 4);
        boolean connect = in.getByte(from + 1) == 1;
        unread.skip(last + 1 - from);
        // There is no way to show a password in this version.
        if (!connect || password != null) {
            answer4(false);
            over(Route.STRINGS.get(connect ? "refused.password" : "bad.socks"));
        } else tunnel(host, port, false);
        return true;
    }

    private static String address(ByteBuf in, int from, int length) {
        byte[] bytes = new byte[length];
        in.getBytes(from, bytes);
        try {
            return java.net.InetAddress.getByAddress(bytes).getHostAddress();
        } catch (java.net.UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private void tunnel(String host, int port, boolean five) throws BadMessage {
        state = State.OVER;
        passage.client().stage(null);
        passage.client().hold(unread.all());
        Origin origin = Origin.of(false, (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port, -1);
        new Tunnel(passage, origin, new Reply(five)).open();
    }

    private void say(int... bytes) {
        byte[] out = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) out[i] = (byte) bytes[i];
        passage.client().write(Unpooled.wrappedBuffer(out));
        passage.client().flush();
    }

    private void answer5(int code) {
        say(VERSION_5, code, 0, 1, 0, 0, 0, 0, 0, 0);
    }

    private void answer4(boolean granted) {
        say(0, granted ? 0x5a : 0x5b, 0, 0, 0, 0, 0, 0);
    }

    /// The connection ends here.
    ///
    /// @param why for the flow; null where it is not worth one
    private void over(String why) {
        state = State.OVER;
        unread.all().release();
        if (why != null) passage.tap().fail(why);
        passage.close(false);
    }

    @Override public void end() {
        passage.close(false);
    }

    @Override public void gone(boolean reset) {
        if (state != State.OVER) unread.all().release();
        passage.close(reset);
    }

    /// Answers in one of the two versions.
    private final class Reply implements Tunnel.Reply {
        private final boolean five;

        Reply(boolean five) {
            this.five = five;
        }

        @Override public void connected() {
            if (five) answer5(0);
            else answer4(true);
        }

        @Override public void failed(Failure why) {
            passage.tap().fail(why.detail());
            if (five) answer5(switch (why.kind()) {
                case FORBIDDEN -> 2;
                case NAME, UNREACHABLE -> 4;
                case REFUSED -> 5;
                case TIMEOUT -> 6;
                case UNTRUSTED, TLS, CHAIN -> 1;
            });
            else answer4(false);
            passage.close(false);
        }

        @Override public void refused(String why) {
            passage.tap().fail(why);
            passage.close(false);
        }

        @Override public void forget() {
            // Nothing is kept.
        }
    }
}
