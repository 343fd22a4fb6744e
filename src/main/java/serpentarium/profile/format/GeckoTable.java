package serpentarium.profile.format;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/// A table of a Firefox profile in either of its shapes: an object of columns, or `schema` and `data` with an array a row, whose last values
/// are left out where they are null.
final class GeckoTable {
    private static final int MAX_COLUMNS = 64;

    private final Map<String, GeckoColumn> columns = new LinkedHashMap<>();
    private final Map<String, Integer> positions = new LinkedHashMap<>();
    private final Map<String, Consumer<String>> texts = new LinkedHashMap<>();

    /// Adds a column that is of interest.
    ///
    /// @param position where it stands in a row if no schema came before the rows; -1 where that differs from version to version
    GeckoTable with(String name, GeckoColumn column, int position) {
        columns.put(name, column);
        if (position >= 0) positions.put(name, position);
        return this;
    }

    /// Adds a text beside the columns.
    GeckoTable other(String name, Consumer<String> to) {
        texts.put(name, to);
        return this;
    }

    /// Reads the value at hand.
    void read(JsonInput in) throws IOException {
        JsonParser parser = in.parser();
        if (!parser.isExpectedStartObjectToken()) {
            parser.skipChildren();
            return;
        }
        while (in.nextField()) {
            String key = parser.currentName();
            GeckoColumn column = columns.get(key);
            parser.nextToken();
            if (column != null && parser.isExpectedStartArrayToken()) while (in.nextItem()) column.take(in);
            else if (key.equals("schema") && parser.isExpectedStartObjectToken()) schema(in);
            else if (key.equals("data") && parser.isExpectedStartArrayToken()) data(in);
            else if (texts.containsKey(key) && parser.currentToken() == JsonToken.VALUE_STRING) texts.get(key).accept(parser.getText());
            else parser.skipChildren();
        }
    }

    private void schema(JsonInput in) throws IOException {
        positions.clear();
        while (in.nextField()) {
            String key = in.parser().currentName();
            in.parser().nextToken();
            int position = in.index(MAX_COLUMNS);
            if (position >= 0 && columns.containsKey(key)) positions.put(key, position);
        }
    }

    private void data(JsonInput in) throws IOException {
        var at = new GeckoColumn[MAX_COLUMNS];
        positions.forEach((name, position) -> at[position] = columns.get(name));
        for (int row = 0; in.nextItem(); row++) {
            if (in.parser().isExpectedStartArrayToken())
                for (int i = 0; in.nextItem(); i++) {
                    if (i < MAX_COLUMNS && at[i] != null) at[i].take(in);
                    else in.parser().skipChildren();
                }
            else in.parser().skipChildren();
            for (GeckoColumn column : at) if (column != null) column.pad(row + 1);
        }
    }
}
