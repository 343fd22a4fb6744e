package serpentarium.traffic;

/// What a list of flows shows, in columns of a fixed width: a consistent picture of a session at one moment. Rows are in the order in which
/// flows began; a row keeps its number as long as the session lives, also when later ones come or it is deleted.
///
/// Texts that repeat (hosts, methods, content types) are numbers into dictionaries, so that a filter looks at each text once.
public interface FlowTable {
    /// How many rows there are; rows are 0…`size()` - 1.
    int size();

    /// Goes up whenever a row was added or changed.
    long version();

    /// Whether a row was deleted by a person; lists leave it out.
    boolean deleted(int row);

    /// What kind of conversation it is.
    FlowKind kind(int row);

    /// How it came to be known.
    FlowSource source(int row);

    /// Whether it still grows.
    boolean open(int row);

    /// When it began, in seconds since 1970.
    double started(int row);

    /// From the beginning to the first byte of the response, in seconds, or NaN.
    double firstByte(int row);

    /// From the beginning to the end, in seconds, or NaN.
    double duration(int row);

    /// The status code; 0 where no response came.
    int status(int row);

    /// Whether something went wrong.
    boolean failed(int row);

    /// Number of the method in [#text(int)]; -1 where there is none.
    int method(int row);

    /// Number of the scheme and host with its port, such as `https://shop.test:8443`; -1 where there is none.
    int origin(int row);

    /// Number of the response's content type without parameters, in small letters; -1 where there is none.
    int contentType(int row);

    /// Number of the connection, the same for all flows of one; -1 where it is not known. It is no number of [#text(int)].
    int connection(int row);

    /// Number of the process's name; -1 where there is none.
    int process(int row);

    /// Number of the HTTP version; -1 where there is none.
    int httpVersion(int row);

    /// A text of the dictionary.
    String text(int number);

    /// How many texts the dictionary holds; numbers are 0…`texts()` - 1.
    int texts();

    /// Path and query, or what stands for it; read from where it is kept, not from the heap. Empty where there is none.
    String path(int row);

    /// Copies path and query as bytes of [WireText], as far as there is room.
    ///
    /// @return how many bytes they are, which may be more than there is room for
    default int path(int row, byte[] into, int at) {
        byte[] bytes = WireText.encode(path(row));
        System.arraycopy(bytes, 0, into, at, Math.min(bytes.length, into.length - at));
        return bytes.length;
    }

    /// Eight bytes of path and query from a place on, as a number that compares as they do when taken as unsigned; zeros past the end.
    default long pathBytes(int row, int from) {
        byte[] bytes = WireText.encode(path(row));
        long key = 0;
        for (int i = from; i < from + 8; i++) key = key << 8 | (i < bytes.length ? bytes[i] & 0xff : 0);
        return key;
    }

    /// Bytes of the request's body as they were sent; -1 where it is not known.
    long requestSize(int row);

    /// Bytes of the response's body as they were sent; -1 where it is not known.
    long responseSize(int row);

    /// How many messages there are.
    int messages(int row);

    /// The row of the incoming request that caused this one; -1 where there is none.
    int parent(int row);

    /// The mark a person set; empty for none.
    String mark(int row);

    /// The comment a person wrote; empty for none.
    String comment(int row);

    /// Method and URL in one text, for filters and for a person; for flows that are not HTTP, the two ends.
    default String title(int row) {
        String method = method(row) < 0 ? "" : text(method(row)) + " ";
        return method + (origin(row) < 0 ? "" : text(origin(row))) + path(row);
    }
}
