package serpentarium.task;

/// A text that can be cancelled while a pattern is tried on it: some patterns take longer than anybody lives.
public final class WatchedText implements CharSequence {
    private static final int EVERY = 1 << 14;

    private final CharSequence text;
    private final TaskContext context;
    private int looked;

    /// A text whose reading stops when the task is cancelled.
    public WatchedText(CharSequence text, TaskContext context) {
        this.text = text;
        this.context = context;
    }

    @Override public char charAt(int index) {
        if ((++looked & EVERY - 1) == 0) context.checkpoint();
        return text.charAt(index);
    }

    @Override public int length() {
        return text.length();
    }

    @Override public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override public String toString() {
        return text.toString();
    }
}
