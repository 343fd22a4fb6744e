package serpentarium.traffic.engine.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import serpentarium.traffic.Headers;
import serpentarium.traffic.analysis.rule.Passing;
import serpentarium.traffic.analysis.rule.RuleBook;
import serpentarium.traffic.engine.rewrite.Recordings;
import serpentarium.traffic.format.ContentEncoding;

/// What all passages of a proxy need where rules act.
final class Rewrites {
    /// A body longer than this is not gathered: it goes on as it is.
    static final int MOST_GATHERED = 32 << 20;

    private static final int MOST_SERVERS = 1000;

    private final HeldExchanges held = new HeldExchanges();
    private final Recordings recordings = new Recordings();
    private volatile RuleBook book = RuleBook.EMPTY;
    private volatile boolean process;
    private final Set<Origin> two = ConcurrentHashMap.newKeySet();

    /// Whether a server was found to speak HTTP/2 and nothing else.
    boolean speaksOnlyHttp2(Origin origin) {
        return two.contains(origin);
    }

    /// What was found out of a server.
    void speaksOnlyHttp2(Origin origin, boolean so) {
        if (!so) two.remove(origin);
        else {
            if (two.size() >= MOST_SERVERS) two.clear();
            two.add(origin);
        }
    }

    RuleBook book() {
        return book;
    }

    void book(RuleBook now) {
        book = now;
        process = now.rules().stream().anyMatch(rule -> rule.on() && rule.filter().contains("process"));
    }

    /// Whether it has to be known which program asks before rules are asked.
    boolean asksForProgram() {
        return process;
    }

    HeldExchanges held() {
        return held;
    }

    Recordings recordings() {
        return recordings;
    }

    static RandomGenerator chance() {
        return new SplittableRandom();
    }

    boolean concerns(Passing connection) {
        RuleBook now = book;
        return !now.rules().isEmpty() && now.concerns(connection);
    }

    /// A body without its content encoding; null where that cannot be undone.
    static byte[] plain(Headers headers, byte[] body) {
        if (body == null) return null;
        var codings = ContentEncoding.parse(headers.joined("content-encoding"));
        if (codings.isEmpty()) return null;
        if (codings.get().isEmpty() || body.length == 0) return body;
        List<ContentEncoding> all = codings.get();
        try (var in = ContentEncoding.decode(new ByteArrayInputStream(body), all, MOST_GATHERED + 1L)) {
            byte[] plain = in.readAllBytes();
            return plain.length > MOST_GATHERED ? null : plain;
        } catch (IOException e) {
            return null;
        }
    }

    /// Does something that may take a while beside the event loop, then goes on there.
    static <T> void aside(Passage passage, Supplier<T> work, Consumer<T> then, Runnable failed) {
        passage.site().threads().aside("rules", () -> {
            T made = null;
            boolean done = false;
            try {
                made = work.get();
                done = true;
            } finally {
                T result = made;
                boolean well = done;
                passage.loop().execute(() -> {
                    if (passage.closed()) return;
                    if (well) then.accept(result);
                    else failed.run();
                });
            }
        });
    }

    static ByteBuf buffer(byte[] bytes) {
        return Unpooled.wrappedBuffer(bytes);
    }
}
