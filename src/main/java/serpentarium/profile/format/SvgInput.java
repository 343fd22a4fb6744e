package serpentarium.profile.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import serpentarium.base.Source;
import serpentarium.task.TaskContext;

/// The tags of an SVG picture, one after another. Nothing is looked up and nothing is run: declarations of documents, entities of their own,
/// comments, scripts and styles are passed over. What is not well-formed is let through as far as it goes.
final class SvgInput implements AutoCloseable {
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_VALUE = 64;
    private static final int LONGEST_TEXT = 64 * 1024;
    private static final String[] KEPT = {"x", "y", "width", "fg:x", "fg:w", SvgFlameReader.DEFINITIONS};

    private final InputStream in;
    private final byte[] buffer = new byte[64 * 1024];
    private int next;
    private int filled;
    private long passed;
    private byte[] text = new byte[256];
    private int length;
    private String tag = "";
    private boolean closing;
    private boolean empty;
    private final String[] values = new String[KEPT.length];

    /// Opens a source.
    SvgInput(Source source, TaskContext context) throws IOException {
        in = new ProgressStream(source.open(), source.size(), context);
    }

    private int peek() throws IOException {
        if (next == filled) {
            passed += filled;
            next = 0;
            filled = Math.max(0, in.read(buffer, 0, buffer.length));
            if (filled == 0) return -1;
        }
        return buffer[next] & 0xff;
    }

    private int take() throws IOException {
        int c = peek();
        if (c >= 0) next++;
        return c;
    }

    /// How many bytes were read.
    long offset() {
        return passed + next;
    }

    /// Goes to the next tag; false when there is none.
    boolean next() throws IOException {
        if (!closing && !empty && (tag.equals("script") || tag.equals("style"))) skipTo("</" + tag);
        for (;;) {
            for (int c = take(); c != '<'; c = take()) if (c < 0) return false;
            int c = peek();
            if (c == '!') declaration();
            else if (c == '?') skipTo("?>");
            else if (c == '/' || c == '_' || Character.isLetter(c)) return readTag();
        }
    }

    private void declaration() throws IOException {
        take();
        int c = peek();
        if (c == '-') skipTo("-->");
        else if (c == '[') skipTo("]]>");
        else {
            int depth = 0;
            for (c = take(); c >= 0 && (c != '>' || depth > 0); c = take()) {
                if (c == '[') depth++;
                else if (c == ']') depth--;
                else if (c == '"' || c == '\'') for (int quote = c, d = take(); d >= 0 && d != quote; d = take()) continue;
            }
        }
    }

    /// Reads past the next `end`, whose characters are such that a search need not go back.
    private void skipTo(String end) throws IOException {
        int matched = 0;
        while (matched < end.length()) {
            int c = take();
            if (c < 0) return;
            if (c == end.charAt(matched)) matched++;
            // In `]]]>` and `--->` the match moves on by one.
            else if (matched < 2 || c != end.charAt(matched - 1)) matched = c == end.charAt(0) ? 1 : 0;
        }
        if (!end.startsWith("</")) return;
        while (peek() >= 0 && peek() != '>') take();
    }

    private boolean readTag() throws IOException {
        Arrays.fill(values, null);
        closing = peek() == '/';
        if (closing) take();
        empty = false;
        tag = name();
        for (;;) {
            int c = peek();
            if (c < 0) return false;
            if (c == '<') return true;
            take();
            if (c == '>') return true;
            empty = c == '/';
            if (c == '_' || c == ':' || Character.isLetter(c)) {
                next--;
                attribute(name());
            }
        }
    }

    private String name() throws IOException {
        length = 0;
        for (int c = peek(); c > ' ' && c != '=' && c != '>' && c != '/' && c != '<' && c != '"'; c = peek()) {
            if (length < LONGEST_NAME) put(c);
            take();
        }
        return new String(text, 0, length, StandardCharsets.ISO_8859_1);
    }

    private void attribute(String name) throws IOException {
        while (peek() == ' ' || peek() == '\n' || peek() == '\t' || peek() == '\r') take();
        if (peek() != '=') return;
        take();
        while (peek() == ' ' || peek() == '\n' || peek() == '\t' || peek() == '\r') take();
        int quote = peek();
        if (quote != '"' && quote != '\'') return;
        take();
        length = 0;
        for (int c = take(); c >= 0 && c != quote; c = take()) if (length < LONGEST_VALUE) put(c);
        for (int i = 0; i < KEPT.length; i++)
            if (KEPT[i].equals(name)) values[i] = new String(text, 0, length, StandardCharsets.ISO_8859_1);
    }

    private void put(int c) {
        if (length == text.length) text = Arrays.copyOf(text, length * 2);
        text[length++] = (byte) c;
    }

    /// The name of the tag.
    String tag() {
        return tag;
    }

    /// Whether it ends an element.
    boolean closing() {
        return closing;
    }

    /// Whether it is an element without content.
    boolean empty() {
        return empty;
    }

    /// The number that an attribute starts with, a per cent sign or unit left out; NaN where it has none. One of `x`, `y`, `width`, `fg:x`,
    /// `fg:w` and [SvgFlameReader#DEFINITIONS].
    double number(String attribute) {
        String value = null;
        for (int i = 0; i < KEPT.length; i++) if (KEPT[i].equals(attribute)) value = values[i];
        if (value == null) return Double.NaN;
        byte[] digits = value.strip().getBytes(StandardCharsets.ISO_8859_1);
        int end = digits.length;
        while (end > 0 && !AsciiNumber.digit(digits[end - 1])) end--;
        double number = AsciiNumber.parse(digits, 0, end);
        return Math.abs(number) <= 1e15 ? number : Double.NaN;
    }

    /// The text up to the next tag, the five entities of XML and numbered characters decoded.
    String text() throws IOException {
        length = 0;
        for (int c = peek(); c >= 0 && c != '<'; c = peek()) {
            take();
            if (c == '&') entity();
            else if (length < LONGEST_TEXT) put(c);
        }
        return ByteTexts.decode(text, 0, length);
    }

    private void entity() throws IOException {
        var name = new StringBuilder();
        int c = peek();
        while (c > ' ' && c != ';' && c != '<' && c != '&' && name.length() < 10) {
            name.append((char) take());
            c = peek();
        }
        boolean ended = c == ';';
        if (ended) take();
        String decoded = ended ? decoded(name.toString()) : null;
        String kept = decoded != null ? decoded : "&" + name + (ended ? ";" : "");
        if (length < LONGEST_TEXT) for (byte b : kept.getBytes(StandardCharsets.UTF_8)) put(b);
    }

    private static String decoded(String name) {
        switch (name) {
            case "lt" -> { return "<"; }
            case "gt" -> { return ">"; }
            case "amp" -> { return "&"; }
            case "quot" -> { return "\""; }
            case "apos" -> { return "'"; }
            default -> {
                boolean hex = name.startsWith("#x");
                if (!name.startsWith("#") || name.length() < (hex ? 3 : 2)) return null;
                int code = 0;
                for (int i = hex ? 2 : 1; i < name.length(); i++) {
                    int digit = Character.digit(name.charAt(i), hex ? 16 : 10);
                    if (digit < 0 || code > Character.MAX_CODE_POINT) return null;
                    code = code * (hex ? 16 : 10) + digit;
                }
                boolean character = code > 0 && code <= Character.MAX_CODE_POINT && (code < 0xd800 || code > 0xdfff);
                return character ? Character.toString(code) : null;
            }
        }
    }

    @Override public void close() throws IOException {
        in.close();
    }
}
