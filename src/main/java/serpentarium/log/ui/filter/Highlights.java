package serpentarium.log.ui.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.paint.Color;
import serpentarium.kit.Tokens;
import serpentarium.log.analysis.LogFilter;
import serpentarium.log.analysis.LogFilter.TextTest;
import serpentarium.log.engine.LogLines.Spot;
import serpentarium.log.ui.list.Row;
import serpentarium.log.ui.list.RowDecor;

/// Texts that a person has given a colour, nine colours one after the other, and those that the filter looks for.
public final class Highlights {
    private static final String[] LIGHT = {"#ffd33d", "#79dbf2", "#a5e887", "#ffb1c8", "#cdb4ff", "#ffc285", "#8fe0c4", "#d9d36a", "#b3c7ff"};
    private static final String[] DARK = {"#8a6d00", "#0f6f86", "#2f7a1f", "#8f2b52", "#5f3fa8", "#8f4f0b", "#12735a", "#6b6610", "#3350a8"};
    private static final int LONGEST = 4096;

    private final ObservableList<Highlight> all = FXCollections.observableArrayList();
    private final ObservableValue<Tokens> tokens;
    private List<Pattern> sought = List.of();
    private FoundRows found;
    private int next;

    /// A text with a colour.
    ///
    /// @param text   wherever it stands, whatever its case
    /// @param colour 0…8
    public record Highlight(String text, int colour) {}

    /// @param tokens the colours in force
    public Highlights(ObservableValue<Tokens> tokens) {
        this.tokens = tokens;
    }

    /// What is highlighted.
    public ObservableList<Highlight> all() {
        return all;
    }

    /// Gives a text the next colour, or takes its colour away.
    public void turn(String text) {
        if (text.isBlank()) return;
        if (all.removeIf(each -> each.text().equalsIgnoreCase(text))) return;
        all.add(new Highlight(text, next));
        next = (next + 1) % LIGHT.length;
    }

    void remove(Highlight highlight) {
        all.remove(highlight);
    }

    /// Takes all colours away.
    public void clear() {
        all.clear();
        next = 0;
    }

    /// Shows where the texts of a filter stand.
    public void seek(LogFilter filter, FoundRows rows) {
        var texts = new ArrayList<Pattern>();
        collect(filter, texts);
        sought = texts;
        found = rows;
    }

    private static void collect(LogFilter filter, List<Pattern> texts) {
        switch (filter) {
            case LogFilter.And(List<LogFilter> parts) -> parts.forEach(part -> collect(part, texts));
            case LogFilter.Or(List<LogFilter> parts) -> parts.forEach(part -> collect(part, texts));
            case LogFilter.TextOf(String field, TextTest.Contains(String text)) when field == null && !text.isEmpty() -> texts.add(literal(text));
            case LogFilter.TextOf(String _, TextTest.Matches(Pattern pattern)) -> texts.add(pattern);
            default -> { }
        }
    }

    private static Pattern literal(String text) {
        return Pattern.compile(text, Pattern.LITERAL | Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /// A colour as it is shown by itself.
    Color solid(int colour) {
        return Color.web((tokens.getValue().dark() ? DARK : LIGHT)[colour]);
    }

    /// How rows show it.
    public RowDecor decor() {
        List<Highlight> now = List.copyOf(all);
        List<Pattern> patterns = now.stream().map(each -> literal(each.text())).toList();
        List<Pattern> texts = sought;
        FoundRows rows = found;
        Color match = tokens.getValue().match().deriveColor(0, 1, 1, tokens.getValue().dark() ? 0.4 : 0.3);
        return new RowDecor() {
            @Override public List<Span> spans(Row row) {
                if (texts.isEmpty() && patterns.isEmpty()) return List.of();
                var spans = new ArrayList<Span>();
                for (Pattern text : texts) find(text, row, match, spans);
                for (int i = 0; i < patterns.size(); i++) find(patterns.get(i), row, solid(now.get(i).colour()), spans);
                return spans;
            }

            @Override public boolean faint(Spot spot) {
                return rows != null && rows.near(spot);
            }
        };
    }

    private static void find(Pattern pattern, Row row, Color colour, List<RowDecor.Span> spans) {
        // What is drawn of a row is no longer than this, and an expression must not keep the window waiting.
        String text = row.text().length() > LONGEST ? row.text().substring(0, LONGEST) : row.text();
        Matcher matcher = pattern.matcher(new Patient(text));
        try {
            while (matcher.find()) if (matcher.end() > matcher.start()) spans.add(new RowDecor.Span(matcher.start(), matcher.end(), colour));
        } catch (Patient.TooLongException | StackOverflowError _) {
            // It is not shown where it stands.
        }
    }

    /// A text that is read only so often.
    private static final class Patient implements CharSequence {
        private static final int MOST = 1 << 15;

        private final String text;
        private int reads;

        Patient(String text) {
            this.text = text;
        }

        private static final class TooLongException extends RuntimeException {
            private static final long serialVersionUID = 1;

            TooLongException() {
                super(null, null, false, false);
            }
        }

        @Override public char charAt(int index) {
            if (++reads > MOST) throw new TooLongException();
            return text.charAt(index);
        }

        @Override public int length() {
            return text.length();
        }

        @Override public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override public String toString() {
            return text;
        }
    }
}
