package serpentarium.traffic.engine.proxy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import serpentarium.traffic.Side;
import serpentarium.traffic.WireText;

/// The exchanges that stand at a breakpoint and wait for a person. One that waits too long goes on by itself, as it is; one whose client goes away
/// ends. Safe to use from any thread.
public final class HeldExchanges {
    private final Map<Long, Waiting> waiting = new LinkedHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private long last;

    /// An exchange that waits.
    ///
    /// @param id       for what is done with it
    /// @param side     whether it is the request or the response
    /// @param method   of the request
    /// @param url      of the request
    /// @param head     first line and fields, a line each; how the body ends is written by the proxy and need not fit
    /// @param body     without its content encoding where that could be undone; null where it is too long to be held, and goes on as it is
    /// @param deadline when it goes on by itself, in seconds since 1970
    public record Held(long id, Side side, String method, String url, String head, byte[] body, double deadline) {}

    /// Someone who is told; closed to be told no more.
    public interface Listening extends AutoCloseable {
        @Override void close();
    }

    /// What becomes of it.
    sealed interface Verdict permits AsItIs, Edited, Dropped {}

    /// It goes on as it is.
    record AsItIs() implements Verdict {}

    /// It goes on in another form.
    ///
    /// @param head strictly read already
    /// @param body null where it stays
    record Edited(Head head, byte[] body) implements Verdict {}

    /// It ends.
    record Dropped() implements Verdict {}

    private record Waiting(Held held, Consumer<Verdict> then) {}

    /// Those that wait, in the order in which they came.
    public synchronized List<Held> list() {
        return waiting.values().stream().map(Waiting::held).toList();
    }

    /// Calls `listener` when one begins or ends to wait, on whatever thread that happens on. Close the result to stop.
    public Listening listen(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /// Lets one go on as it is.
    ///
    /// @return whether it still waited
    public boolean proceed(long id) {
        return settle(id, new AsItIs());
    }

    /// Lets one go on in another form. How its body ends is written anew.
    ///
    /// @param head as in [Held#head()]
    /// @param body the whole body without a content encoding; null to leave it as it is
    /// @return why it cannot be sent like this, for a person, and it waits on; empty where it goes on, or did not wait any more
    public Optional<String> proceed(long id, String head, byte[] body) {
        Held held = find(id);
        if (held == null) return Optional.empty();
        try {
            Head read = read(head);
            if (held.side() == Side.REQUEST) checkRequest(read);
            else checkResponse(read);
            boolean same = body == null || held.body() == null || Arrays.equals(body, held.body());
            settle(id, same && head.equals(held.head()) ? new AsItIs() : new Edited(read, same ? null : body));
            return Optional.empty();
        } catch (BadMessage bad) {
            return Optional.of(bad.getMessage());
        }
    }

    private synchronized Held find(long id) {
        Waiting one = waiting.get(id);
        return one == null ? null : one.held;
    }

    private static Head read(String text) throws BadMessage {
        String lines = text.replace("\r\n", "\n").stripTrailing().replace("\n", "\r\n") + "\r\n\r\n";
        return new Head(WireText.encode(lines));
    }

    private static void checkRequest(Head head) throws BadMessage {
        RequestLine line = RequestLine.of(head);
        Origin absolute = Origin.ofAbsolute(line.target());
        boolean usual = absolute != null || line.target().startsWith("/") || line.target().equals("*") && line.method().equals("OPTIONS");
        if (!usual || line.method().equals("CONNECT")) throw new BadMessage(400, Route.STRINGS.get("bad.target"));
        if (head.has("host")) head.only("host");
    }

    private static void checkResponse(Head head) throws BadMessage {
        if (Heads.response(head).status() < 200) throw new BadMessage(502, Route.STRINGS.get("bad.response"));
    }

    /// Ends one: its client's connection is closed.
    ///
    /// @return whether it still waited
    public boolean drop(long id) {
        return settle(id, new Dropped());
    }

    /// Lets all go on as they are.
    public void proceedAll() {
        for (Held held : list()) proceed(held.id());
    }

    /// Makes one wait.
    ///
    /// @param then what is done with it; called once at most
    long hold(Side side, String method, String url, byte[] head, byte[] body, double deadline, Consumer<Verdict> then) {
        String text = WireText.decode(head).replace("\r\n", "\n").stripTrailing();
        long id;
        synchronized (this) {
            id = ++last;
            waiting.put(id, new Waiting(new Held(id, side, method, url, text, body, deadline), then));
        }
        tell();
        return id;
    }

    /// Forgets one whose client is gone.
    void forget(long id) {
        boolean was;
        synchronized (this) {
            was = waiting.remove(id) != null;
        }
        if (was) tell();
    }

    private boolean settle(long id, Verdict verdict) {
        Waiting one;
        synchronized (this) {
            one = waiting.remove(id);
        }
        if (one == null) return false;
        one.then.accept(verdict);
        tell();
        return true;
    }

    private void tell() {
        listeners.forEach(Runnable::run);
    }
}
