package serpentarium.profile.format;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;

import serpentarium.base.Head;
import serpentarium.base.Place;
import serpentarium.base.Source;
import serpentarium.task.TaskContext;

/// The tokens of a JSON document, one after another, never as a whole. A comma too many, `NaN` and `Infinity` (Python writes them) are let
/// through.
///
/// What is not JSON, or breaks off, comes out of [JsonParser#nextToken()] as a [com.fasterxml.jackson.core.JacksonException]; so does what
/// lies in one another more than [#DEPTH] deep (or deeper than the reader asked for), a text over a million characters that is looked at
/// (or over what the reader asked for), and a number over a thousand digits.
final class JsonInput implements AutoCloseable {
    /// How deep values may lie in one another.
    static final int DEPTH = 500;
    private static final int LONGEST_TEXT = 1 << 20;
    private static final double LARGEST = 1e290;

    private final String name;
    private final ProgressStream in;
    private final JsonParser parser;

    /// Opens a source.
    JsonInput(Source source, TaskContext context) throws IOException {
        this(source, context, DEPTH, LONGEST_TEXT);
    }

    /// Opens a source.
    ///
    /// @param depth   how deep values may lie in one another
    /// @param longest how many characters a text may have that is looked at
    JsonInput(Source source, TaskContext context, int depth, int longest) throws IOException {
        name = source.name();
        in = new ProgressStream(source.open(), source.size(), context);
        JsonFactory factory = new JsonFactoryBuilder().configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
                .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS).enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(depth).maxStringLength(longest)
                        .maxNameLength(LONGEST_TEXT).build()).build();
        JsonParser made = null;
        try {
            made = factory.createParser(in);
        } finally {
            if (made == null) in.close();
        }
        parser = made;
    }

    /// The first character of a document that is not blank, a byte order mark left out; -1 where there is none.
    static int first(Head head) {
        int at = head.at(0) == 0xEF && head.at(1) == 0xBB && head.at(2) == 0xBF ? 3 : 0;
        while (head.at(at) == ' ' || head.at(at) == '\n' || head.at(at) == '\r' || head.at(at) == '\t') at++;
        return head.at(at);
    }

    /// The parser.
    JsonParser parser() {
        return parser;
    }

    /// Where the last token starts.
    Place place() {
        return place(parser.currentTokenLocation());
    }

    /// A place that the parser speaks of.
    Place place(JsonLocation location) {
        if (location == null) return Place.of(name);
        return location.getByteOffset() >= 0 ? Place.offset(name, location.getByteOffset()) : Place.of(name);
    }

    /// Whether the parser stopped because the source has no more.
    boolean brokenOff(JsonProcessingException e) {
        return e instanceof JsonEOFException || e.getLocation() != null && e.getLocation().getByteOffset() >= in.total();
    }

    /// Goes to the next field of the object at hand; false at its end.
    boolean nextField() throws IOException {
        return parser.nextToken() == JsonToken.FIELD_NAME;
    }

    /// Goes to the next item of the array at hand; false at its end.
    boolean nextItem() throws IOException {
        JsonToken token = parser.nextToken();
        return token != JsonToken.END_ARRAY && token != null;
    }

    /// The text of the token at hand; null where it is none. Anything else is skipped.
    String text() throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) return parser.getText();
        parser.skipChildren();
        return null;
    }

    /// The number at hand; NaN where it is none or its size is beyond reason. Anything else is skipped.
    double number() throws IOException {
        JsonToken token = parser.currentToken();
        if (token != JsonToken.VALUE_NUMBER_FLOAT && token != JsonToken.VALUE_NUMBER_INT) {
            parser.skipChildren();
            return Double.NaN;
        }
        double value = parser.getDoubleValue();
        return Math.abs(value) <= LARGEST ? value : Double.NaN;
    }

    /// The whole number at hand if it is from 0 to `limit` - 1; -1 where it is not. Anything else is skipped.
    int index(int limit) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            parser.skipChildren();
            return -1;
        }
        if (parser.getNumberType() != JsonParser.NumberType.INT) return -1;
        int value = parser.getIntValue();
        return value >= 0 && value < limit ? value : -1;
    }

    @Override public void close() throws IOException {
        parser.close();
    }
}
