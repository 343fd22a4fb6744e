package serpentarium.log.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import serpentarium.base.Strings;
import serpentarium.log.LogFormat;

/// The formats that are known by name, from `formats.txt` beside this class.
public final class LogFormats {
    private static final Strings STRINGS = Strings.of(LogFormats.class);
    private static final List<LogFormat> ALL = read();

    private LogFormats() {}

    /// All of them, in the order in which they are asked.
    public static List<LogFormat> all() {
        return ALL;
    }

    /// The format with an id.
    ///
    /// @throws IllegalArgumentException when there is none
    public static LogFormat named(String id) {
        for (LogFormat format : ALL) if (format.id().equals(id)) return format;
        throw new IllegalArgumentException(id);
    }

    /// What people call a format: its name, or its layout where it has none.
    public static String title(LogFormat format) {
        if (STRINGS.has("format." + format.id())) return STRINGS.get("format." + format.id());
        return format.layouts().isEmpty() ? format.id() : format.layouts().getFirst();
    }

    private static List<LogFormat> read() {
        try (InputStream in = LogFormats.class.getResourceAsStream("formats.txt")) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<LogFormat> parse(String text) {
        var formats = new ArrayList<LogFormat>();
        String[] head = null;
        var layouts = new ArrayList<String>();
        var samples = new ArrayList<String>();
        for (String line : (text + "\n\n").split("\n", -1)) {
            if (line.startsWith("#")) continue;
            if (line.isEmpty()) {
                if (head != null) formats.add(new LogFormat(head[0], LogFormat.Family.valueOf(head[1]), layouts, samples));
                head = null;
                layouts.clear();
                samples.clear();
            } else if (line.startsWith("> ")) layouts.add(line.substring(2));
            else if (line.startsWith("= ")) samples.add(line.substring(2));
            else head = line.split(" ");
        }
        return List.copyOf(formats);
    }

    /// Finds out whether the layouts of a format can be read.
    ///
    /// @throws IllegalArgumentException where a layout is wrong; its message is the part that is
    public static void check(LogFormat format) {
        reader(format, Clock.here());
    }

    /// Something that reads a format's lines.
    ///
    /// @throws IllegalArgumentException where a layout is wrong; its message is the part that is
    static LineReader reader(LogFormat format, Clock clock) {
        return switch (format.family()) {
            case LAYOUT -> LayoutReader.of(format, clock);
            case JSON -> new JsonReader(format, clock);
            case PAIRS -> new PairsReader(format, clock);
            case SYSLOG -> new SyslogReader(format, clock);
            case PLAIN -> new PlainReader(format);
        };
    }
}
