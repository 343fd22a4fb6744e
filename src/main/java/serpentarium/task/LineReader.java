package serpentarium.task;

import java.io.IOException;
import java.io.Reader;

/// Cuts a stream of characters into lines of bounded length.
final class LineReader {
    private final int longest;
    private final Sink sink;
    private final StringBuilder line = new StringBuilder();
    private boolean cut;
    private boolean afterReturn;
    private boolean begun;

    /// Takes a line.
    @FunctionalInterface
    interface Sink {
        void line(String text, boolean cut);
    }

    LineReader(int longest, Sink sink) {
        this.longest = longest;
        this.sink = sink;
    }

    /// Reads to the end. A last line without an end counts as one.
    void readAll(Reader reader) throws IOException {
        var buffer = new char[8192];
        for (int n; (n = reader.read(buffer)) >= 0; ) for (int i = 0; i < n; i++) take(buffer[i]);
        if (begun) end();
    }

    private void take(char c) {
        boolean second = afterReturn && c == '\n';
        afterReturn = c == '\r';
        if (second) return;
        if (c == '\n' || c == '\r') {
            end();
            return;
        }
        begun = true;
        if (line.length() < longest) line.append(c);
        else cut = true;
    }

    private void end() {
        sink.line(line.toString(), cut);
        line.setLength(0);
        cut = false;
        begun = false;
    }
}
