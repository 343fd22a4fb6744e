package serpentarium.kit.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PythonHighlighterTest {
    /// The spans as `k:text`, with a letter for the kind.
    private static List<String> spans(String text) {
        HighlightSpans spans = PythonHighlighter.highlight(text);
        var list = new ArrayList<String>();
        int last = 0;
        for (int i = 0; i < spans.size(); i++) {
            assertTrue(spans.from(i) >= last && spans.from(i) < spans.to(i) && spans.to(i) <= text.length(), () -> "spans of " + text);
            last = spans.to(i);
            String letter = switch (spans.kind(i)) {
                case KEYWORD -> "k";
                case BUILTIN -> "b";
                case DEFINITION -> "d";
                case DECORATOR -> "@";
                case STRING -> "s";
                case COMMENT -> "c";
                case NUMBER -> "n";
            };
            list.add(letter + ":" + text.substring(spans.from(i), spans.to(i)));
        }
        return list;
    }

    private static void check(String text, String... expected) {
        assertEquals(List.of(expected), spans(text));
    }

    @Test void keywordsNamesAndCalls() {
        check("async def walk(self): return None", "k:async", "k:def", "d:walk", "k:return", "k:None");
        check("class A(Exception): pass", "k:class", "d:A", "b:Exception", "k:pass");
        check("x.print(print(len))", "b:print", "b:len");
        check("definitely = iff", new String[0]);
        check("f(id=id(x), depth: int = 0)", "b:id", "b:int", "n:0");
        check("x = lambda type: type", "k:lambda", "b:type", "b:type");
    }

    @Test void softKeywords() {
        check("match command.split():\n    case [first, *_]:\n        pass", "k:match", "k:case", "k:pass");
        check("match x:\n  case {'a': 1} if y: return", "k:match", "k:case", "s:'a'", "n:1", "k:if", "k:return");
        check("match = re.match(x)\nmatch.group(1)\nmatch(x)\ncase = 3\nmatch: int = 3\nprint(match)", "n:1", "n:3", "b:int", "n:3", "b:print");
        check("match (x):  # why\n  pass", "k:match", "c:# why", "k:pass");
        check("match (a,\n       b):\n  pass", "k:match", "k:pass");
        check("type Pair[T] = tuple[T, T]\ntype X = int\ntype(x) == int\nx = type", "k:type", "b:tuple", "k:type", "b:int", "b:type", "b:int", "b:type");
        check("case[x:y]()", new String[0]);
    }

    @Test void decorators() {
        check("@functools.wraps(f)\ndef g(): pass\nx = a @ b", "@:@functools.wraps", "k:def", "d:g", "k:pass");
        check("class A:\n  @property\n  def b(self): ...", "k:class", "d:A", "@:@property", "k:def", "d:b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "12_000", "0xFF", "0b1_0", "0o17", "1.5", ".5", "1e-9", "1.e+10", "3j", "0777L", "1_0.0_1e5J"})
    void numbers(String number) {
        check("x=" + number + "+y", "n:" + number);
    }

    @Test void numbersThatAreNone() {
        check("x1 = a.b2 + e3", new String[0]);
        check("a[1:2].x", "n:1", "n:2");
        check("1 if x else 2", "n:1", "k:if", "k:else", "n:2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'a'", "\"a'b\"", "r'\\'x'", "b\"\\x00\"", "Rb'x'", "u'x'", "'''a\n'b' \"\"\" c'''", "\"\"\"\"x\"\"\"",
        "''", "'a\\\nb'", "'\\\\'"})
    void wholeStrings(String string) {
        check(string + "\nx", "s:" + string);
        check("y = " + string + ")", "s:" + string);
    }

    @Test void fStrings() {
        check("f'a{x}b'", "s:f'a", "s:b'");
        check("f'{len(x)!r:>{width}}' + 1", "s:f'", "b:len", "s:>", "s:'", "n:1");
    }

    @Test void fStringsInDepth() {
        check("f\"{x['a']}{{no}}\"", "s:f\"", "s:'a'", "s:{{no}}\"");
        check("f'{f\"{1}\"}'", "s:f'", "s:f\"", "n:1", "s:\"", "s:'");
        check("rf'\\d{n}' if x else t'{2}'", "s:rf'\\d", "s:'", "k:if", "k:else", "s:t'", "n:2", "s:'");
        check("f'\\N{EM DASH}{1}'", "s:f'\\N{EM DASH}", "n:1", "s:'");
        check("f'{ {1: 2}[1] }'", "s:f'", "n:1", "n:2", "n:1", "s:'");
        check("f'''{\nx # c\n}'''", "s:f'''", "c:# c", "s:'''");
    }

    @Test void brokenTextCostsItsLineOnly() {
        check("'never closed\nreturn", "s:'never closed", "k:return");
        check("f'never {closed\nreturn", "s:f'never ", "k:return");
        check("f'{'a\nreturn", "s:f'", "s:'a", "k:return");
        check("f'{x:>\nreturn", "s:f'", "s:>", "k:return");
        check("'''never closed\nreturn", "s:'''never closed\nreturn");
        check("f'''{x'''\nreturn", "s:f'''", "s:'''", "k:return");
        check(")]}\ndef f(): pass", "k:def", "d:f", "k:pass");
        check("'\\", "s:'\\");
        check("f'{", "s:f'");
        check("def", "k:def");
        check("\\", new String[0]);
        check("0x", "n:0x");
    }

    @Test void longFilesAreFast() {
        String block = "    def method_%d(self, value: int = 0x10) -> str:\n        \"\"\"Doc.\"\"\"\n        match value:\n            case {'a': 1}: # c\n"
                + "                return f'{self.name!r:>{value}} {value / 3.5e-2:.2f}' + \"text\"\n";
        String text = block.repeat(20_000);
        HighlightSpans spans = assertTimeoutPreemptively(Duration.ofSeconds(10), () -> PythonHighlighter.highlight(text));
        assertTrue(spans.size() > 300_000, () -> "only " + spans.size());
        String nasty = "match(\n".repeat(50_000) + "f'{".repeat(50_000);
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> PythonHighlighter.highlight(nasty));
    }

    @Test void anyTextGivesOrderedSpans() {
        var random = new Random(3);
        String alphabet = "f'\"{}()[]:!\\\n#@=r b.0x1e_ matchcasetypedef'''\"\"\"";
        for (int round = 0; round < 3000; round++) {
            var text = new StringBuilder();
            for (int i = random.nextInt(60); i > 0; i--) text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            spans(text.toString());
        }
    }
}
