package serpentarium.traffic.format.har;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import serpentarium.base.Head;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Quantity;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.task.Progress;
import serpentarium.task.TaskContext;
import serpentarium.traffic.FlowSink;
import serpentarium.traffic.FlowWriter;

/// Reads a HAR token by token: one entry is in memory at a time.
final class HarReader implements AutoCloseable {
    private static final Strings STRINGS = Strings.of(HarReader.class);
    private static final int DEPTH = 200;
    private static final int LONGEST_NAME = 1 << 20;
    private static final int LONGEST_NUMBER = 400;
    private static final int WARNINGS = 20;
    /// What of the log beside its entries is kept for writing it back.
    private static final int LARGEST_REST = 16 << 20;
    /// A text takes up to six times its bytes while it is read: as characters in the parser, as a text, as bytes.
    private static final int SHARE = 24;
    private static final long LONGEST_TEXT = 256L << 20;

    private final String name;
    private final FlowSink sink;
    private final TaskContext context;
    private final LongTexts texts;
    private final JsonParser parser;
    private final HarRest log = new HarRest();
    private FlowWriter first;
    private int flows;
    private int entries;
    private int warnings;
    private boolean anyLog;

    HarReader(Source source, FlowSink sink, TaskContext context) throws IOException {
        this(source, sink, context, Math.min(LONGEST_TEXT, Runtime.getRuntime().maxMemory() / SHARE));
    }

    HarReader(Source source, FlowSink sink, TaskContext context, long longest) throws IOException {
        name = source.name();
        this.sink = sink;
        this.context = context;
        boolean packed = HarFormat.zlib(Head.of(source));
        InputStream in = new Counted(source.open(), source.size(), context);
        texts = new LongTexts(packed ? new InflaterInputStream(in) : in, longest);
        JsonFactory factory = new JsonFactoryBuilder().configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
                .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS).enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEPTH).maxStringLength(Integer.MAX_VALUE).maxNameLength(LONGEST_NAME)
                        .maxNumberLength(LONGEST_NUMBER).build()).build();
        JsonParser made = null;
        try {
            made = factory.createParser(texts);
        } finally {
            if (made == null) in.close();
        }
        parser = made;
    }

    void read() throws IOException {
        try {
            context.checkpoint();
            document();
        } catch (JsonProcessingException e) {
            stopped(e.getOriginalMessage(), place(e.getLocation()), e);
        } catch (EOFException | ZipException e) {
            stopped(STRINGS.get("har.packed"), Place.of(name), e);
        } finally {
            if (first != null) {
                byte[] rest = log.end();
                if (rest != null && rest.length <= LARGEST_REST) first.extra(HarExtras.LOG, rest);
                first.close();
            }
        }
    }

    private void document() throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) throw problem(STRINGS.get("har.no-object"), place());
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean found = parser.currentName().equals("log");
            if (parser.nextToken() == JsonToken.START_OBJECT && found) log();
            else parser.skipChildren();
        }
        if (!anyLog) throw problem(STRINGS.get("har.no-log"), Place.of(name));
        if (flows == 0 && entries > 0) throw problem(STRINGS.get("har.no-entry"), Place.of(name));
    }

    private void log() throws IOException {
        anyLog = true;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            if (field.equals("entries") && value == JsonToken.START_ARRAY) entries();
            else log.copy(field, parser);
        }
    }

    private void entries() throws IOException {
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY && token != null; token = parser.nextToken()) {
            context.checkpoint();
            entries++;
            Place place = place();
            if (token != JsonToken.START_OBJECT) {
                parser.skipChildren();
                warn(place, STRINGS.get("har.not-an-entry", entries));
                continue;
            }
            var entry = new HarEntry(this);
            entry.read(parser);
            FlowWriter writer = entry.write(sink, place);
            if (writer == null) continue;
            flows++;
            if (first == null) {
                // What the log says beside its entries may come after them, and is kept with the first.
                first = writer;
                first.commit();
            } else {
                writer.close();
            }
        }
    }

    /// A text that may be a body: null where it was longer than the memory allows.
    String body(String what) throws IOException {
        String text = parser.getText();
        if (texts.cuts() == 0 || text.isEmpty() || text.charAt(text.length() - 1) != LongTexts.MARK) return text;
        warn(place(), STRINGS.get("har.too-long", what, entries, Quantity.size(text.length())));
        return null;
    }

    int entry() {
        return entries;
    }

    void warn(Place place, String text) {
        if (++warnings <= WARNINGS) sink.warn(place.describe(), text);
        else if (warnings == WARNINGS + 1) sink.warn(name, STRINGS.get("har.more-warnings"));
    }

    void warn(String text) {
        warn(place(), text);
    }

    private void stopped(String why, Place place, IOException cause) {
        if (flows == 0) throw new ProblemException(Problem.of(STRINGS, "har.broken", place, why).causedBy(cause));
        sink.warn(place.describe(), STRINGS.get("har.stopped", why, Quantity.count(flows)));
    }

    private ProblemException problem(String why, Place place) {
        return new ProblemException(Problem.of(STRINGS, "har.broken", place, why));
    }

    private Place place() {
        return place(parser.currentTokenLocation());
    }

    private Place place(JsonLocation location) {
        return location == null || location.getByteOffset() < 0 ? Place.of(name) : Place.offset(name, location.getByteOffset());
    }

    @Override public void close() throws IOException {
        parser.close();
    }

    /// Says how far the bytes are, and stops when the task was cancelled.
    private static final class Counted extends FilterInputStream {
        private final long total;
        private final TaskContext context;
        private long done;

        Counted(InputStream in, long total, TaskContext context) {
            super(in);
            this.total = total;
            this.context = context;
        }

        @Override public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override public int read(byte[] to, int offset, int length) throws IOException {
            context.checkpoint();
            int got = super.read(to, offset, length);
            if (got > 0) {
                done += got;
                context.progress(done, total, Progress.Unit.BYTES);
            }
            return got;
        }
    }
}
