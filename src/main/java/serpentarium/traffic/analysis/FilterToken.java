package serpentarium.traffic.analysis;

import java.util.ArrayList;
import java.util.List;

/// A word of a filter and where it stands.
///
/// @param kind  what it is
/// @param text  its text; of a quoted one what is between the quotes, escapes undone
/// @param from  its first character in the filter
/// @param to    one past its last character
/// @param whole whether a quoted one has its second quote
record FilterToken(Kind kind, String text, int from, int to, boolean whole) {
    enum Kind { WORD, QUOTED, OPERATOR, OPEN, CLOSE, AND, OR, NOT, END }

    boolean operand() {
        return kind == Kind.WORD || kind == Kind.QUOTED;
    }

    /// The words of a filter; the last one is the end.
    static List<FilterToken> of(String filter) {
        var tokens = new ArrayList<FilterToken>();
        int at = 0;
        while (at < filter.length()) {
            char c = filter.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
                continue;
            }
            FilterToken token = one(filter, at, c, tokens.isEmpty() ? null : tokens.getLast());
            tokens.add(token);
            at = token.to();
        }
        tokens.add(new FilterToken(Kind.END, "", filter.length(), filter.length(), true));
        return tokens;
    }

    private static FilterToken one(String filter, int at, char c, FilterToken before) {
        boolean twice = at + 1 < filter.length() && filter.charAt(at + 1) == c;
        return switch (c) {
            case '(' -> new FilterToken(Kind.OPEN, "(", at, at + 1, true);
            case ')' -> new FilterToken(Kind.CLOSE, ")", at, at + 1, true);
            case '&' -> new FilterToken(Kind.AND, "&", at, at + (twice ? 2 : 1), true);
            case '|' -> new FilterToken(Kind.OR, "|", at, at + (twice ? 2 : 1), true);
            case '"', '\'' -> quoted(filter, at, c);
            case '!' -> at + 1 < filter.length() && (filter.charAt(at + 1) == '=' || unlike(filter, at, before)) ? new FilterToken(Kind.OPERATOR, filter.substring(at, at + 2), at, at + 2, true) : new FilterToken(Kind.NOT, "!", at, at + 1, true);
            case '=', '<', '>' -> comparison(filter, at, c);
            case '~' -> tilde(filter, at, before);
            default -> word(filter, at);
        };
    }

    /// Whether `!~` is one comparison; else it is `not` before an operator of mitmproxy such as `~u`.
    private static boolean unlike(String filter, int at, FilterToken before) {
        if (filter.charAt(at + 1) != '~' || before == null || before.kind() != Kind.WORD || before.text().startsWith("~")) return false;
        boolean letter = at + 2 < filter.length() && Character.isLetter(filter.charAt(at + 2));
        int colon = before.text().indexOf(':');
        return !letter || FilterFields.known(before.text()) || colon > 0 && FilterFields.header(before.text().substring(0, colon)) != null;
    }

    private static FilterToken comparison(String filter, int at, char c) {
        boolean equal = at + 1 < filter.length() && filter.charAt(at + 1) == '=';
        return new FilterToken(Kind.OPERATOR, c + (equal ? "=" : ""), at, at + (equal ? 2 : 1), true);
    }

    /// `~` after a field's name is a comparison; else it begins an operator of mitmproxy such as `~b`.
    private static FilterToken tilde(String filter, int at, FilterToken before) {
        boolean letter = at + 1 < filter.length() && Character.isLetter(filter.charAt(at + 1));
        boolean field = before != null && before.kind() == Kind.WORD && FilterFields.known(before.text());
        boolean apart = before == null || before.to() < at;
        if (!letter || field && (!apart || at + 1 >= filter.length() || filter.charAt(at + 1) == ' '))
            return new FilterToken(Kind.OPERATOR, "~", at, at + 1, true);
        int end = at + 1;
        while (end < filter.length() && Character.isLetter(filter.charAt(end))) end++;
        return new FilterToken(Kind.WORD, filter.substring(at, end), at, end, true);
    }

    private static FilterToken word(String filter, int at) {
        int end = at;
        while (end < filter.length() && !Character.isWhitespace(filter.charAt(end)) && "()\"'<>=~|&".indexOf(filter.charAt(end)) < 0
                && !(filter.charAt(end) == '!' && end + 1 < filter.length() && "=~".indexOf(filter.charAt(end + 1)) >= 0)) end++;
        if (end == at) end++;
        String text = filter.substring(at, end);
        Kind kind = switch (text.toLowerCase(java.util.Locale.ROOT)) {
            case "and" -> Kind.AND;
            case "or" -> Kind.OR;
            case "not" -> Kind.NOT;
            default -> Kind.WORD;
        };
        return new FilterToken(kind, text, at, end, true);
    }

    private static FilterToken quoted(String filter, int at, char quote) {
        var text = new StringBuilder();
        int end = at + 1;
        while (end < filter.length() && filter.charAt(end) != quote) {
            if (filter.charAt(end) == '\\' && end + 1 < filter.length() && (filter.charAt(end + 1) == quote || filter.charAt(end + 1) == '\\')) end++;
            text.append(filter.charAt(end++));
        }
        boolean whole = end < filter.length();
        return new FilterToken(Kind.QUOTED, text.toString(), at, whole ? end + 1 : end, whole);
    }

    /// An operand of an operator that takes everything up to a space, such as the pattern after `~` or `~u`.
    static FilterToken raw(String filter, int from) {
        int at = from;
        while (at < filter.length() && Character.isWhitespace(filter.charAt(at))) at++;
        if (at >= filter.length()) return new FilterToken(Kind.END, "", at, at, true);
        char c = filter.charAt(at);
        if (c == '"' || c == '\'') return quoted(filter, at, c);
        int depth = 0;
        int end = at;
        for (; end < filter.length() && !Character.isWhitespace(filter.charAt(end)); end++) {
            char next = filter.charAt(end);
            if (next == '\\' && end + 1 < filter.length()) {
                end++;
                continue;
            }
            if (next == '(' || next == '[') depth++;
            if ((next == ')' || next == ']') && depth-- == 0) break;
        }
        return new FilterToken(end == at ? Kind.END : Kind.WORD, filter.substring(at, Math.min(end, filter.length())), at, Math.min(end, filter.length()), true);
    }
}
