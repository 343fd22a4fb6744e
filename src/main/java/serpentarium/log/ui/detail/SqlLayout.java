package serpentarium.log.ui.detail;

import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import serpentarium.log.ui.detail.DetailText.Style;

/// Finds SQL in messages, as Django, SQLAlchemy, asyncpg and psycopg log it, and lays it out: a clause a line, what is in brackets indented where it is
/// a query of its own.
final class SqlLayout {
    private static final Pattern BEGIN = Pattern.compile("(?:^|(?<=[)\\]:=;\"'\\s]))(?:"
            + "SELECT\\s|INSERT\\s+(?:OR\\s+\\w+\\s+)?INTO\\s|UPDATE\\s|DELETE\\s+FROM\\s|MERGE\\s+INTO\\s|REPLACE\\s+INTO\\s"
            + "|WITH\\s+(?:RECURSIVE\\s+)?[\\w\"]+\\s+AS\\s*\\(|(?:CREATE|ALTER|DROP)\\s+(?:UNIQUE\\s+|TEMP\\s+|TEMPORARY\\s+)?(?:TABLE|INDEX|VIEW|SEQUENCE)\\s)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern NEEDED = Pattern.compile("\\b(?:FROM|SET)\\s", Pattern.CASE_INSENSITIVE);
    private static final int MOST_TRIED = 50;
    /// Where a line begins.
    private static final Set<String> CLAUSES = Set.of("from", "where", "group", "order", "having", "limit", "offset", "union", "except", "intersect", "set", "values",
            "returning", "on conflict", "on duplicate", "left", "right", "inner", "outer", "full", "cross", "join", "window", "fetch", "for update");
    private static final Set<String> INNER = Set.of("and", "or", "when", "else");
    private static final Set<String> WORDS = Set.of("select", "distinct", "all", "as", "by", "on", "using", "in", "is", "not", "null", "like", "ilike", "between", "exists",
            "case", "then", "end", "asc", "desc", "insert", "into", "update", "delete", "create", "alter", "drop", "table", "index", "view", "unique", "primary", "key",
            "references", "foreign", "constraint", "default", "with", "recursive", "over", "partition", "cast", "interval", "true", "false", "conflict", "do", "nothing",
            "replace", "merge", "if", "add", "column", "temp", "temporary", "sequence", "for", "duplicate", "filter", "collate", "lateral", "any", "some", "nulls", "first",
            "last", "rows", "only");
    private static final int WIDTH = 88;
    private static final int LOOKED_AT = 20_000;

    private final String text;
    private final int stop;
    private final DetailText out;
    private final ArrayDeque<Integer> brackets = new ArrayDeque<>();
    private int indent;
    private int column;
    private boolean between;
    private boolean blank;
    private boolean glued = true;
    private String last = "";

    private SqlLayout(String text, int stop, DetailText out) {
        this.text = text;
        this.stop = stop;
        this.out = out;
    }

    /// Where a statement begins in a text from a place on; -1 where none does.
    static int begin(String text, int from) {
        if (text.length() - from < 12) return -1;
        Matcher matcher = BEGIN.matcher(text).region(from, Math.min(text.length(), from + LOOKED_AT));
        matcher.useTransparentBounds(true);
        for (int tried = 0; tried < MOST_TRIED && matcher.find(); tried++) if (real(text, matcher.start())) return matcher.start();
        return -1;
    }

    /// A sentence such as “select one from the list” is none: keywords are written in capitals, or what a statement has follows.
    private static boolean real(String text, int begin) {
        String head = text.substring(begin, Math.min(text.length(), begin + 2000));
        boolean needs = head.regionMatches(true, 0, "SELECT", 0, 6) || head.regionMatches(true, 0, "UPDATE", 0, 6);
        if (needs && !NEEDED.matcher(text).region(begin, Math.min(text.length(), begin + LOOKED_AT)).find()) return false;
        if (head.startsWith(head.substring(0, 6).toUpperCase(Locale.ROOT))) return true;
        return head.matches("(?is)(?:.*?(?:\\bwhere\\b.*[=<>]|\\bvalues\\s*\\(|[\\w\"]\\.[\\w\"*]|\\*\\s+from\\b|\\(\\s*$|\\bset\\s+[\\w\".]+\\s*=|\\bas\\s*\\(\\s*select|\\btable\\s).*)");
    }

    /// Where a statement ends: at its semicolon, or at the end of the text; and before parameters on a line of their own, as SQLAlchemy writes them.
    static int end(String text, int begin) {
        int depth = 0;
        for (int at = begin; at < text.length(); ) {
            char c = text.charAt(at);
            if (c == '\'' || c == '"' || c == '`') {
                at = quoted(text, at, text.length());
                continue;
            }
            if (c == '(') depth++;
            else if (c == ')' && --depth < 0) return at;
            else if (c == ';') return at + 1;
            else if (c == '\n' && depth == 0 && at + 1 < text.length() && (text.charAt(at + 1) == '[' || text.charAt(at + 1) == '{')) return at;
            at++;
        }
        return text.length();
    }

    private static int quoted(String text, int begin, int stop) {
        char quote = text.charAt(begin);
        for (int i = begin + 1; i < stop; i++) {
            if (text.charAt(i) != quote) continue;
            if (i + 1 < stop && text.charAt(i + 1) == quote) i++;
            else return i + 1;
        }
        return stop;
    }

    /// Writes a statement.
    static void write(String text, int begin, int end, DetailText out) {
        new SqlLayout(text, end, out).run(begin);
    }

    private void run(int begin) {
        for (int at = begin; at < stop; ) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                blank = true;
                at++;
                continue;
            }
            int from = at;
            if (c == '\'' || c == '"' || c == '`') {
                at = quoted(text, at, stop);
                put(text.substring(from, at), c == '\'' ? Style.STRING : Style.NAME);
            } else if (text.startsWith("--", at) || text.startsWith("/*", at)) {
                at = comment(at);
                put(text.substring(from, at).stripTrailing(), Style.COMMENT);
                if (text.startsWith("--", from)) newline();
            } else if (Character.isLetter(c) || c == '_') {
                while (at < stop && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) at++;
                word(text.substring(from, at), at);
            } else if (Character.isDigit(c)) {
                while (at < stop && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '.')) at++;
                put(text.substring(from, at), Style.NUMBER);
            } else {
                at++;
                sign(c, at);
            }
        }
    }

    private int comment(int at) {
        int found = text.startsWith("--", at) ? text.indexOf('\n', at) : text.indexOf("*/", at) + 2;
        return found <= at + 1 || found > stop ? stop : found;
    }

    private void word(String word, int after) {
        String small = word.toLowerCase(Locale.ROOT);
        boolean name = !blank && !glued && text.charAt(after - word.length() - 1) == '.';
        if (name || !keyword(small)) {
            put(word, Style.PLAIN);
            return;
        }
        boolean query = brackets.isEmpty() || brackets.peek() >= 0;
        if (small.equals("between")) between = true;
        if (query && column > 0) {
            boolean clause = CLAUSES.contains(small) && !joined() && !(small.equals("set") && last.equals("update")) || twoWords(small, after);
            boolean second = small.equals("select") && column > indent * 2;
            if (clause || second) newline();
            else if (INNER.contains(small)) {
                if (small.equals("and") && between) between = false;
                else if (!small.equals("when") && !small.equals("else")) {
                    newline();
                    pad("  ");
                }
            }
        }
        put(word, Style.KEYWORD);
        last = small;
    }

    /// Whether the words of one join go on.
    private boolean joined() {
        return switch (last) {
            case "left", "right", "inner", "outer", "full", "cross", "natural" -> true;
            default -> false;
        };
    }

    private boolean twoWords(String small, int after) {
        if (!small.equals("on") && !small.equals("for")) return false;
        int at = after;
        while (at < stop && Character.isWhitespace(text.charAt(at))) at++;
        int to = at;
        while (to < stop && Character.isLetter(text.charAt(to))) to++;
        return CLAUSES.contains(small + " " + text.substring(at, to).toLowerCase(Locale.ROOT));
    }

    private static boolean keyword(String small) {
        return CLAUSES.contains(small) || INNER.contains(small) || WORDS.contains(small);
    }

    private void sign(char c, int after) {
        switch (c) {
            case '(' -> {
                put("(", Style.PLAIN);
                int at = after;
                while (at < stop && Character.isWhitespace(text.charAt(at))) at++;
                boolean query = text.regionMatches(true, at, "SELECT", 0, 6) || text.regionMatches(true, at, "WITH", 0, 4);
                brackets.push(query ? indent : -1);
                if (query) {
                    indent++;
                    newline();
                }
                glued = true;
            }
            case ')' -> {
                if (!brackets.isEmpty()) {
                    int before = brackets.pop();
                    if (before >= 0) {
                        indent = before;
                        newline();
                    }
                }
                blank = false;
                put(")", Style.PLAIN);
            }
            case ',' -> {
                blank = false;
                put(",", Style.PLAIN);
                if (column > WIDTH && (brackets.isEmpty() || brackets.peek() >= 0)) {
                    newline();
                    pad("    ");
                } else blank = true;
            }
            default -> put(String.valueOf(c), Style.PLAIN);
        }
    }

    private void put(String piece, Style style) {
        if (blank && !glued && column > 0) {
            out.add(" ", Style.PLAIN);
            column++;
        }
        out.add(piece, style);
        column += piece.length();
        blank = false;
        glued = false;
        last = "";
    }

    private void newline() {
        out.add("\n", Style.PLAIN);
        column = 0;
        pad("  ".repeat(indent));
        blank = false;
        glued = true;
    }

    private void pad(String spaces) {
        out.add(spaces, Style.PLAIN);
        column += spaces.length();
        blank = false;
        glued = true;
    }
}
