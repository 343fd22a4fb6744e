package serpentarium.log.engine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import serpentarium.base.AtomicMove;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;
import serpentarium.log.RecordView;

/// The marks of a log, kept beside it and not in it: of `app.log` in `.app.log.marks.json`, a name that neither logrotate nor a pattern such as `*.log` takes for
/// a log. Where nothing can be written there, they are kept in a folder of the program's own.
///
/// Each change reads the file, changes it and puts it in place whole, so that marks that another window has set are kept.
public final class MarkStore {
    private static final Strings STRINGS = Strings.of(MarkStore.class);
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int VERSION = 1;
    private static final int LARGEST = 32 << 20;
    private static final int MOST_TAGS = 50;
    private static final int LONGEST_WORD = 200;
    /// How many marks a log can have.
    public static final int MOST = 10_000;

    private final Path live;
    private final Path beside;
    private final Path elsewhere;

    /// @param live   the file that is written now, by whose name the whole log is known
    /// @param folder where marks are kept of logs beside which nothing can be written
    public MarkStore(Path live, Path folder) {
        this.live = live.toAbsolutePath();
        beside = this.live.resolveSibling("." + this.live.getFileName() + ".marks.json");
        var sum = new CRC32C();
        sum.update(this.live.toString().getBytes(StandardCharsets.UTF_8));
        elsewhere = folder.resolve(this.live.getFileName() + "-" + HexFormat.of().toHexDigits((int) sum.getValue()) + ".marks.json");
    }

    /// Where the marks are kept now, or would be.
    public synchronized Path file() {
        return Files.exists(elsewhere) && !Files.exists(beside) ? elsewhere : beside;
    }

    /// All marks, those first that were set first.
    ///
    /// @throws ProblemException where what is kept cannot be read
    public synchronized List<LogMark> load() throws IOException {
        return read(file());
    }

    /// Sets a mark, or changes what is written about it.
    ///
    /// @return all marks after that
    public synchronized List<LogMark> put(LogMark mark) throws IOException {
        var all = new ArrayList<>(load());
        int at = index(all, mark);
        if (at >= 0) all.set(at, mark);
        else if (all.size() >= MOST) throw new ProblemException(Problem.of(STRINGS, "marks.many", Place.of(live.toString()), MOST));
        else all.add(mark);
        save(all);
        return List.copyOf(all);
    }

    /// Takes a mark away.
    ///
    /// @return all marks after that
    public synchronized List<LogMark> remove(LogMark mark) throws IOException {
        var all = new ArrayList<>(load());
        int at = index(all, mark);
        if (at >= 0) {
            all.remove(at);
            save(all);
        }
        return List.copyOf(all);
    }

    private static int index(List<LogMark> all, LogMark mark) {
        for (int i = 0; i < all.size(); i++) if (all.get(i).same(mark)) return i;
        return -1;
    }

    private void save(List<LogMark> marks) throws IOException {
        Path at = file();
        if (marks.isEmpty()) {
            Files.deleteIfExists(at);
            return;
        }
        if (at.equals(elsewhere)) {
            write(marks, elsewhere);
            return;
        }
        try {
            write(marks, beside);
        } catch (AccessDeniedException e) {
            instead(marks, e);
        } catch (FileSystemException e) {
            // Only for reading, or no room for the name.
            if (Files.exists(beside)) throw e;
            instead(marks, e);
        }
    }

    private void instead(List<LogMark> marks, IOException why) throws IOException {
        if (Files.exists(beside)) throw new ProblemException(Problem.of(STRINGS, "marks.denied", Place.of(beside.toString())).causedBy(why));
        Files.createDirectories(elsewhere.getParent());
        write(marks, elsewhere);
    }

    private static void write(List<LogMark> marks, Path to) throws IOException {
        Path part = Files.createTempFile(to.getParent(), to.getFileName().toString(), ".part");
        try {
            try (OutputStream out = Files.newOutputStream(part); JsonGenerator json = FACTORY.createGenerator(out)) {
                json.setPrettyPrinter(new DefaultPrettyPrinter());
                json.writeStartObject();
                json.writeNumberField("version", VERSION);
                json.writeArrayFieldStart("marks");
                for (LogMark mark : marks) write(mark, json);
                json.writeEndArray();
                json.writeEndObject();
            }
            AtomicMove.over(part, to);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void write(LogMark mark, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("file", mark.file());
        json.writeStringField("identity", mark.identity());
        json.writeNumberField("line", mark.line());
        json.writeNumberField("sum", mark.sum());
        if (mark.time() != RecordView.NO_TIME) json.writeNumberField("time", mark.time());
        if (mark.level() != null) json.writeStringField("level", mark.level());
        json.writeStringField("text", mark.text());
        json.writeStringField("note", mark.note());
        json.writeArrayFieldStart("tags");
        for (String tag : mark.tags()) json.writeString(tag);
        json.writeEndArray();
        json.writeEndObject();
    }

    private static List<LogMark> read(Path file) throws IOException {
        // What somebody else put there is opened only where it is a file.
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) return List.of();
        if (Files.size(file) > LARGEST) throw new ProblemException(Problem.of(STRINGS, "marks.large", Place.of(file.toString())));
        try (InputStream in = Files.newInputStream(file); JsonParser json = FACTORY.createParser(in)) {
            if (json.nextToken() != JsonToken.START_OBJECT) throw damaged(file, null);
            List<LogMark> marks = List.of();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (name.equals("version") && (value != JsonToken.VALUE_NUMBER_INT || json.getIntValue() > VERSION))
                    throw new ProblemException(Problem.of(STRINGS, "marks.newer", Place.of(file.toString())));
                if (name.equals("marks") && value == JsonToken.START_ARRAY) marks = marks(json);
                else json.skipChildren();
            }
            return marks;
        } catch (JsonParseException | ArithmeticException e) {
            throw damaged(file, e);
        } catch (NoSuchFileException _) {
            return List.of();
        } catch (com.fasterxml.jackson.core.JacksonException e) {
            throw damaged(file, e);
        }
    }

    private static ProblemException damaged(Path file, Exception why) {
        Problem problem = Problem.of(STRINGS, "marks.damaged", Place.of(file.toString()), file.getFileName());
        return new ProblemException(why == null ? problem : problem.causedBy(why));
    }

    private static List<LogMark> marks(JsonParser json) throws IOException {
        var marks = new ArrayList<LogMark>();
        while (json.nextToken() == JsonToken.START_OBJECT) {
            LogMark mark = mark(json);
            if (mark != null && marks.size() < MOST) marks.add(mark);
        }
        return List.copyOf(marks);
    }

    /// A mark; null where what it must have is not there.
    private static LogMark mark(JsonParser json) throws IOException {
        String file = "";
        String identity = null;
        String level = null;
        String text = "";
        String note = "";
        long line = -1;
        long sum = Long.MIN_VALUE;
        long time = RecordView.NO_TIME;
        var tags = new ArrayList<String>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            switch (name) {
                case "file" -> file = word(json, value);
                case "identity" -> identity = word(json, value);
                case "level" -> level = word(json, value);
                case "text" -> text = value == JsonToken.VALUE_STRING ? cut(json.getText(), LogMark.LONGEST_TEXT + 1) : "";
                case "note" -> note = value == JsonToken.VALUE_STRING ? json.getText() : "";
                case "line" -> line = number(json, value, -1);
                case "sum" -> sum = number(json, value, Long.MIN_VALUE);
                case "time" -> time = number(json, value, RecordView.NO_TIME);
                case "tags" -> {
                    if (value != JsonToken.START_ARRAY) json.skipChildren();
                    else while ((value = json.nextToken()) != null && value != JsonToken.END_ARRAY) {
                        if (value == JsonToken.VALUE_STRING && tags.size() < MOST_TAGS && !json.getText().isBlank()) tags.add(word(json, value).strip());
                        else json.skipChildren();
                    }
                }
                default -> json.skipChildren();
            }
        }
        return identity == null || line < 0 || sum == Long.MIN_VALUE ? null : new LogMark(file, identity, line, (int) sum, time, level, text, note, tags);
    }

    private static String word(JsonParser json, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_STRING) return cut(json.getText(), LONGEST_WORD);
        json.skipChildren();
        return "";
    }

    private static String cut(String text, int longest) {
        return text.length() > longest ? text.substring(0, longest) : text;
    }

    private static long number(JsonParser json, JsonToken value, long otherwise) throws IOException {
        if (value == JsonToken.VALUE_NUMBER_INT) return json.getLongValue();
        json.skipChildren();
        return otherwise;
    }
}
