package serpentarium.traffic.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a needle does not find, the pattern does not match.
class NeedleTest {
    private static final int ANY = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {
        "needle; needle; true", "tea|co+ffee; tea,ffee; false", "x(?:tea|water)y; tea,water; false", "x(tea|water)?yz; yz; false", "longest(tea|water); longest; false", "(needle); needle; false",
        "(tea|water)+; tea,water; false", "(?!tea)mug; mug; false", "(te.|water)x; x; false", "(tea|)mug; mug; false", "a|bc|\\d+x; a,bc,x; false", "internal\\s+errors; internal; false", "^/items/4\\d+7\\?page=1[0-3]; /items/4; false", "(cart|pay)/basket; /basket; false", "(cart|pay)/; cart,pay; false", "ab?cdef; cdef; false",
        "a+bcd; bcd; false", "abc{2}d; ab; false", "\\Qa.b\\E; a.b; true", "\\Qab\\E*cd; cd; false", "x[^\\]a]yzz(?:q(u)*)+; yzz; false", "(?=ab)cd; cd; false", "price\\.[0-9]; price.; false", "\\Qabc; abc; true",
        "a\\-b\\/c; a-b/c; true", "abc.*; abc; false", "tea\\b; tea; false"})
    void theLongestTextThatAMatchMustHold(String pattern, String text, boolean whole) {
        assertEquals(new Needle.PatternLiteral(List.of(text.split(",")), whole), Needle.PatternLiteral.of(Pattern.compile(pattern, ANY)).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {"a|b?", "a|", "(a|b)?", "(a|b){0,1}", "a|(?i)b", "a|b|c|d|e|f|g|h|i|j|k|l|m|n|o|p|q", "[a-z]+", "(?i)abc", "(?x) a b c", "(abc)?", "\\x41bc", "\\u0041bc", "(a)\\1x", "(\\Qx)\\E|y)z", "a?", "\\d{3}", "[]a]bc", "\\p{L}ab"})
    void noneWhereItIsNotSure(String pattern) {
        assertTrue(Needle.PatternLiteral.of(Pattern.compile(pattern, ANY)).isEmpty(), pattern);
    }

    @Test void spacesAndCommentsOfAPatternAreNoText() {
        assertTrue(Needle.PatternLiteral.of(Pattern.compile("a b c", Pattern.COMMENTS)).isEmpty());
        assertEquals(new Needle.PatternLiteral(List.of("a(b"), true), Needle.PatternLiteral.of(Pattern.compile("a(b", Pattern.LITERAL)).orElseThrow());
    }

    @Test void allCasesOfAllLettersAreFound() {
        for (String text : new String[] {"kiosk", "straße", "İstanbul ılık", "ПРИВЕТ мир", "ΣΊΣΥΦΟΣ", "é", "ⱥx", "zebra 日本語", "😀 smile"}) {
            Pattern pattern = Pattern.compile(Pattern.quote(text), ANY);
            Needle needle = Needle.of(pattern).orElseThrow();
            Needle same = Needle.ofText(text).orElseThrow();
            for (int point = 0; point < 0x1ffff; point++) {
                if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) continue;
                for (int i = 0; i < text.length(); i++) {
                    if (Character.isSurrogate(text.charAt(i)) || Character.toLowerCase(Character.toUpperCase(point)) != Character.toLowerCase(Character.toUpperCase(text.charAt(i)))) continue;
                    String other = "..." + text.substring(0, i) + Character.toString(point) + text.substring(i + 1) + "...";
                    byte[] bytes = other.getBytes(StandardCharsets.UTF_8);
                    if (pattern.matcher(other).find()) assertTrue(needle.in(bytes, 0, bytes.length), other);
                    if (other.regionMatches(true, 3, text, 0, text.length())) assertTrue(same.in(bytes, 0, bytes.length), other);
                }
            }
        }
    }

    @Test void whatMatchesIsFoundAlsoInPieces() {
        var random = new Random(3);
        String[] patterns = {"abc", "\\Qab\\E", "a+b", "ab?ca", "[ab]bc.a", "ſa", "ka", "c(a|b)ab", "c(ab|ba)c", "abc|éa|cca", "aab{1,2}c", "é", "Éa"};
        String letters = "abcABCſéÉkK\u212a";
        for (String text : patterns) {
            Pattern pattern = Pattern.compile(text, ANY);
            Needle needle = Needle.of(pattern).orElseThrow(() -> new AssertionError(text));
            int found = 0;
            int both = 0;
            for (int round = 0; round < 3000; round++) {
                var made = new StringBuilder();
                for (int i = random.nextInt(12); i >= 0; i--) made.append(letters.charAt(random.nextInt(letters.length())));
                byte[] bytes = made.toString().getBytes(StandardCharsets.UTF_8);
                boolean matches = pattern.matcher(made).find();
                boolean may = needle.in(bytes, 0, bytes.length);
                if (matches) assertTrue(may, () -> text + " in " + made);
                if (needle.exact()) assertEquals(matches, may, () -> text + " in " + made);
                var pieces = needle.new Pieces();
                boolean inPieces = false;
                for (int from = 0; from < bytes.length; ) {
                    int to = Math.min(bytes.length, from + 1 + random.nextInt(4));
                    inPieces |= pieces.in(bytes, from, to);
                    from = to;
                }
                assertEquals(may, inPieces, () -> text + " in pieces of " + made);
                found += may ? 1 : 0;
                both += matches ? 1 : 0;
            }
            assertTrue(found > 0 && both > 0 && found < 3000, text);
        }
    }
}
