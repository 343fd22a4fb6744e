package serpentarium.traffic.analysis.body;

import java.util.BitSet;
import serpentarium.task.TaskContext;
import serpentarium.traffic.analysis.body.JsonText.Token;

/// Walks through JSON and tells a listener what it meets; the depth is bounded by memory alone, a bit a level.
final class JsonWalk {
    private static final int EVERY = 1 << 14;

    private final String text;
    private final TaskContext context;
    private int end;
    private int fault = -1;

    /// Told what stands in a text, in its order.
    interface Listener {
        /// An object or array begins.
        void open(boolean object, int from);

        /// It ends.
        void close(boolean object, boolean empty, int to);

        /// A name in an object; its value follows.
        void key(int from, int to);

        /// A value that is neither object nor array.
        void value(Token kind, int from, int to);

        /// Another value follows in the same object or array.
        void comma();
    }

    JsonWalk(String text, TaskContext context) {
        this.text = text;
        this.context = context;
    }

    /// One past the value that was walked through.
    int end() {
        return end;
    }

    /// Where the text stops being JSON; -1 where it does not.
    int fault() {
        return fault;
    }

    /// Walks through one value that begins at `at`, or up to its fault. Says whether it was without one.
    boolean value(int at, Listener to) {
        var tokens = new JsonText(text, at);
        var objects = new BitSet();
        int depth = 0;
        boolean wanted = true;
        boolean empty = false;
        int steps = 0;
        do {
            if ((++steps & EVERY - 1) == 0) context.checkpoint();
            Token token = tokens.next();
            boolean object = depth > 0 && objects.get(depth - 1);
            boolean closes = token == Token.CLOSE_OBJECT && object || token == Token.CLOSE_ARRAY && depth > 0 && !object;
            if (closes && (!wanted || empty)) {
                depth--;
                to.close(object, empty, tokens.to());
                wanted = false;
                empty = false;
                continue;
            }
            if (!wanted) {
                if (token != Token.COMMA || depth == 0) return fail(tokens.from());
                to.comma();
                wanted = true;
                continue;
            }
            if (object) {
                if (token != Token.STRING) return fail(tokens.from());
                int from = tokens.from();
                int until = tokens.to();
                if (tokens.next() != Token.COLON) return fail(tokens.from());
                to.key(from, until);
                token = tokens.next();
            }
            empty = false;
            wanted = false;
            switch (token) {
                case OPEN_OBJECT, OPEN_ARRAY -> {
                    objects.set(depth++, token == Token.OPEN_OBJECT);
                    to.open(token == Token.OPEN_OBJECT, tokens.from());
                    wanted = true;
                    empty = true;
                }
                case STRING, NUMBER, WORD -> to.value(token, tokens.from(), tokens.to());
                case CLOSE_OBJECT, CLOSE_ARRAY, COLON, COMMA, FAULT, END -> {
                    return fail(tokens.from());
                }
            }
        } while (depth > 0);
        end = tokens.to();
        return true;
    }

    private boolean fail(int at) {
        fault = at;
        end = at;
        return false;
    }

    /// The first character from `at` on that is no white space.
    int skip(int at) {
        while (at < text.length() && text.charAt(at) <= ' ') at++;
        return at;
    }

    /// The line of an offset, from 1.
    int line(int offset) {
        int line = 1;
        for (int i = 0; i < offset && i < text.length(); i++) if (text.charAt(i) == '\n') line++;
        return line;
    }
}
