package serpentarium.profile.format;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.core.JsonParser;

import serpentarium.profile.EmbeddedSources;
import serpentarium.profile.FrameTable;

/// The `file_info` that viztracer puts into its traces: the text of each source file, and where functions are defined.
///
/// Format: `files` maps paths to `[TEXT, LINES]`, `functions` maps names of events to `[PATH, LINE]`.
final class ChromeSources {
    /// The longest text that is kept, in characters; as long as the longest file that is shown.
    static final int LONGEST = 5 << 20;
    private static final int OVERHEAD = 200;

    private final ReadWarnings warnings;
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, Spot> spots = new HashMap<>();
    private long room = Math.min(64 << 20, Runtime.getRuntime().maxMemory() / 16);

    private record Spot(String file, int line) {}

    ChromeSources(ReadWarnings warnings) {
        this.warnings = warnings;
    }

    /// Reads the object at hand.
    void read(JsonInput in) throws IOException {
        JsonParser parser = in.parser();
        while (in.nextField()) {
            boolean files = parser.currentName().equals("files");
            boolean functions = parser.currentName().equals("functions");
            parser.nextToken();
            if (!parser.isExpectedStartObjectToken() || !files && !functions) {
                parser.skipChildren();
                continue;
            }
            while (in.nextField()) {
                String key = parser.currentName();
                parser.nextToken();
                if (parser.isExpectedStartArrayToken()) entry(in, files, key);
                else parser.skipChildren();
            }
        }
    }

    private void entry(JsonInput in, boolean files, String key) throws IOException {
        JsonParser parser = in.parser();
        String text = null;
        int line = FrameTable.NO_LINE;
        for (int i = 0; in.nextItem(); i++) {
            if (i == 0 && room > 0) text = in.text();
            else if (i == 1) line = in.index(Integer.MAX_VALUE);
            else parser.skipChildren();
        }
        if (text != null) room -= OVERHEAD + key.length() + text.length();
        if (room <= 0) warnings.once("chrome.sources-too-large", 0);
        else if (text != null && files) texts.put(key, text);
        else if (text != null && !text.isEmpty()) spots.put(key, new Spot(text, line));
    }

    /// The texts.
    EmbeddedSources texts() {
        return texts.isEmpty() ? EmbeddedSources.NONE : new EmbeddedSources(texts);
    }

    /// The functions with the places of those that had none in their names.
    FrameTable placed(FrameTable functions) {
        boolean any = false;
        for (int f = 0; f < functions.size() && !any; f++) any = functions.file(f) == null && spots.containsKey(functions.name(f));
        if (!any) return functions;
        var placed = new FrameTable.Builder();
        for (int f = 0; f < functions.size(); f++) {
            String name = functions.name(f);
            Spot spot = functions.file(f) == null ? spots.get(name) : null;
            if (spot == null) placed.add(name, functions.file(f), functions.module(f), functions.line(f));
            else placed.add(name, spot.file, null, spot.line);
        }
        return placed.build();
    }
}
