package serpentarium.log.format.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import serpentarium.pickle.PickleValue;

/// Reads JSON into the same values as pickles are read into, so that both are written alike. How deep and how many they are is bounded.
public final class JsonValues {
    private static final int DEEPEST = 64;
    /// How many values may stand in one text.
    static final int MOST = 1_000_000;
    /// Python writes what is no number as NaN.
    private static final JsonFactory FACTORY = new JsonFactoryBuilder().configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
            .configure(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES, false).enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

    private JsonValues() {}

    /// The value of a text; null where it is none, or has more than it may.
    public static PickleValue read(byte[] bytes, int from, int to) {
        try (JsonParser json = FACTORY.createParser(bytes, from, to - from)) {
            var open = new ArrayDeque<PickleValue>();
            PickleValue whole = null;
            int left = MOST;
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (whole != null || --left < 0) return null;
                if (token == JsonToken.FIELD_NAME) {
                    ((PickleValue.Dict) open.peek()).flat().add(new PickleValue.Text(json.currentName()));
                    continue;
                }
                if (token.isStructEnd()) {
                    PickleValue closed = open.pop();
                    if (open.isEmpty()) whole = closed;
                    continue;
                }
                PickleValue value = value(token, json);
                switch (open.peek()) {
                    case PickleValue.Dict dict -> dict.flat().add(value);
                    case PickleValue.Items items -> items.list().add(value);
                    case null, default -> { }
                }
                if (token.isStructStart()) {
                    if (open.size() == DEEPEST) return null;
                    open.push(value);
                } else if (open.isEmpty()) whole = value;
            }
            return whole;
        } catch (IOException | NumberFormatException _) {
            return null;
        }
    }

    private static PickleValue value(JsonToken token, JsonParser json) throws IOException {
        return switch (token) {
            case START_OBJECT -> new PickleValue.Dict(new ArrayList<>(8));
            case START_ARRAY -> new PickleValue.Items(PickleValue.Shape.LIST, new ArrayList<>(4));
            case VALUE_STRING -> new PickleValue.Text(json.getText());
            case VALUE_NUMBER_INT -> json.getNumberType() == JsonParser.NumberType.BIG_INTEGER ? new PickleValue.Large((BigInteger) json.getNumberValue()) : new PickleValue.Whole(json.getLongValue());
            case VALUE_NUMBER_FLOAT -> new PickleValue.Real(json.getDoubleValue());
            case VALUE_TRUE -> PickleValue.Atom.TRUE;
            case VALUE_FALSE -> PickleValue.Atom.FALSE;
            default -> PickleValue.Atom.NONE;
        };
    }
}
