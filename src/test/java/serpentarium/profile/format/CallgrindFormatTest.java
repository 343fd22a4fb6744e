package serpentarium.profile.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import serpentarium.base.Bid;
import serpentarium.base.Head;
import serpentarium.base.ProblemException;
import serpentarium.base.Source;
import serpentarium.profile.CallGraph;
import serpentarium.profile.Glimpse;
import serpentarium.profile.LineCosts;
import serpentarium.profile.Profile;
import serpentarium.profile.Unit;
import serpentarium.profile.Warning;
import serpentarium.task.TaskContext;

/// The callgrind grammar, rule by rule, and what is damaged.
class CallgrindFormatTest {
    private final CallgrindFormat format = new CallgrindFormat();

    private Profile.Graph read(String text) throws IOException {
        return assertInstanceOf(Profile.Graph.class, format.read(Source.of("test", text.getBytes(StandardCharsets.UTF_8)),
                TaskContext.detached()));
    }

    private static int find(Profile profile, String name) {
        for (int f = 0; f < profile.frames().size(); f++) if (profile.frames().name(f).equals(name)) return f;
        throw new AssertionError(name);
    }

    private static double self(Profile.Graph profile, String name) {
        return profile.graphs().stream().mapToDouble(g -> g.self(0, find(profile, name))).sum();
    }

    private static double total(Profile.Graph profile, String name) {
        return profile.graphs().getFirst().total(0, find(profile, name));
    }

    private static List<String> ids(Profile profile) {
        return profile.info().warnings().stream().map(Warning::id).toList();
    }

    @Test void positionsAreRelativeEachForItself() throws IOException {
        Profile.Graph profile = read("""
                events: Ir
                positions: instr line
                fl=a.c
                fn=f
                0x10 10 1
                +4 +2 2
                * -1 4
                -2 * 8
                0x20+3 20 16
                0x20-0x24 +1 32
                calls=1 0x99 99
                * * 5
                """.replace("calls", "cfn=g\ncalls"));
        LineCosts lines = profile.lines();
        int f = find(profile, "f");
        assertEquals(List.of(10, 11, 12, 20, 21), IntStream.range(lines.begin(f), lines.end(f))
                .mapToObj(lines::line).toList());
        assertEquals(12, lines.cost(0, lines.begin(f) + 1));
        assertEquals(63, self(profile, "f"));
        assertEquals(68, total(profile, "f"));
        assertTrue(profile.info().warnings().isEmpty(), profile.info().warnings().toString());
    }

    @Test void inlinedCodeIsListedUnderItsFileAndFnReturnsHome() throws IOException {
        Profile.Graph profile = read("events: Ir\nob=x.so\nfl=(1) a.c\nfn=(1) f\n1 1\nfi=(2) b.h\n7 2\nfe=(1)\n2 4\nfi=(2)\nfn=(2) g\n"
                + "5 8\n");
        LineCosts lines = profile.lines();
        int f = find(profile, "f");
        assertEquals(7, self(profile, "f"));
        assertEquals("x.so", profile.frames().module(f));
        assertEquals("a.c", profile.frames().file(f));
        assertEquals(List.of(1, 2, 7), IntStream.range(lines.begin(f), lines.end(f)).mapToObj(lines::line).toList());
        assertNull(lines.file(lines.begin(f)));
        assertEquals("b.h", lines.file(lines.end(f) - 1));
        int g = find(profile, "g");
        assertEquals("a.c", profile.frames().file(g));
        assertNull(lines.file(lines.begin(g)));
    }

    @Test void calleesAreLookedUpWhenTheirCostComes() throws IOException {
        // As lsprof writes it: the name before its file, no fl= at all.
        Profile.Graph profile = read("events: Ticks\nfi=a.py\nfn=main mod:3\n3 1\ncfn=work lib:9\ncfi=b.py\ncalls=2 9\n3 7\nfi=b.py\n"
                + "fn=work lib:9\n9 7\n");
        assertEquals(2, profile.frames().size());
        int work = find(profile, "work");
        assertEquals("b.py", profile.frames().file(work));
        assertEquals("lib", profile.frames().module(work));
        assertEquals(9, profile.frames().line(work));
        assertEquals(2, profile.graphs().getFirst().calls().get(work));
        assertEquals(8, total(profile, "main"));
    }

    @Test void jumpsHaveAPositionAndNoCost() throws IOException {
        Profile.Graph profile = read("events: Ir\nfl=(1) a.c\nfn=(1) f\n1 1\njump=3 +4\n* \njcnd=2/5 +1 \n+1\njfi=(9) z.h\njump=1 9\n"
                + "2\n+1 2\nfi=(9)\n4 4\n");
        LineCosts lines = profile.lines();
        assertEquals(7, self(profile, "f"));
        assertEquals(3, lines.line(1));
        assertEquals("z.h", lines.file(lines.end(0) - 1));
        assertTrue(profile.info().warnings().isEmpty(), profile.info().warnings().toString());
    }

    @Test void partsAndThreadsShareNames() throws IOException {
        Profile.Graph profile = read("""
                # callgrind format
                events: Ir Dr
                part: 1
                thread: 1
                summary: 3
                fl=(1) a.c
                fn=(1) f
                1 1 10
                2 2
                totals: 3 10
                part: 2
                thread: 1
                events: Dr Ir
                fl=(1)
                fn=(1)
                1 100 4
                totals: 100 4
                part: 2
                thread: 2
                events: Ir Dr Xx
                fl=(1)
                fn=(2) g
                1 8 1 5
                cfn=(1)
                rcalls=3 1
                1 16
                """);
        assertEquals(List.of("thread 1", "thread 2"), profile.info().threads().stream().map(t -> t.name()).toList());
        assertEquals(List.of(7.0, 8.0), profile.info().threads().stream().map(t -> t.total()).toList());
        assertEquals(List.of(15.0, 111.0), profile.info().events().stream().map(e -> e.total()).toList());
        assertEquals(Unit.INSTRUCTIONS, profile.info().events().getFirst().unit());
        assertEquals("Data reads", profile.info().events().get(1).title());
        assertEquals(24, profile.graphs().get(1).total(0, find(profile, "g")));
        assertEquals(3, profile.graphs().get(1).calls().get(find(profile, "f")));
        assertEquals(List.of("callgrind.other-events"), ids(profile).stream().distinct().toList());
    }

    @Test void partsWithoutThreadsAreListedAsParts() throws IOException {
        Profile.Graph profile = read("events: Ir\npart: 1\nfn=f\n1 1\npart: 2\nfn=f\n1 2\n");
        assertEquals(List.of("part 1", "part 2"), profile.info().threads().stream().map(t -> t.name()).toList());
        assertEquals("all threads", read("events: Ir\npart: 1\nfn=f\n1 1\n").info().threads().getFirst().name());
    }

    @Test void numbersOfAnySize() throws IOException {
        Profile.Graph profile = read("events: ns\nfn=f\n1 2147483648\n2 9223372036854775808\n3 -5\n4 1.5\n5 0x10\ncfn=g\n"
                + "calls=18446744073709551616 1\n1 18446744073709551615\n"
                + "fn=h\n99999999999999999999999999 7\n+9223372036854775807 1\n");
        assertEquals(2147483648.0 + 9223372036854775808.0 - 5 + 1.5 + 16, self(profile, "f"));
        CallGraph graph = profile.graphs().getFirst();
        assertEquals(BigInteger.TWO.pow(64), graph.edgeCalls().exact(0));
        assertEquals(BigInteger.TWO.pow(64), graph.calls().exact(find(profile, "g")));
        assertEquals(18446744073709551615.0, graph.edgeTotal(0, 0));
        assertEquals(8, self(profile, "h"));
        assertEquals(Unit.NANOSECONDS, profile.info().events().getFirst().unit());
        assertTrue(self(read("events: Ir\nfn=f\n1 99999999999999999999999999\n2 1\n"), "f") > 9e25);
    }

    @Test void undefinedAndRedefinedNamesAreWarnedOfOnce() throws IOException {
        Profile.Graph profile = read("events: Ir\nfl=(1)\nfn=(7)\n1 10\ncfn=(9)\ncalls=1 0\n1 5\ncfn=(9)\ncalls=1 0\n1 5\nfn=(8) x\n"
                + "1 1\nfn=(8) y\n1 2\nfn=(8) y\n1 2\n");
        assertEquals(List.of("callgrind.undefined-id", "callgrind.undefined-id", "callgrind.undefined-id", "callgrind.redefined"),
                ids(profile));
        assertEquals(10, self(profile, "«undefined function #7»"));
        assertNull(profile.frames().file(0));
        assertEquals(4, self(profile, "y"));
        assertEquals(2, profile.graphs().getFirst().calls().get(find(profile, "«undefined function #9»")));
    }

    @Test void equalTextsUnderSeveralNumbersAreOneFunction() throws IOException {
        Profile.Graph profile = read("events: Ir\nfl=(1) a.c\nfn=(1) (below main)\n1 1\nfl=(2) a.c\nfn=(2) (below main)\n1 2\nfl=a.c\n"
                + "fn=(below main)\n1 4\n");
        assertEquals(1, profile.frames().size());
        assertEquals(7, self(profile, "(below main)"));
    }

    @Test void callsThatRunWhenThePartEndsAreNoSelfCost() throws IOException {
        Profile.Graph profile = read("events: Ir\nfn=f\n1 1\ncfn=g\ncalls=0 3\n1 90\nfn=g\n3 90\n");
        assertEquals(1, self(profile, "f"));
        assertEquals(91, total(profile, "f"));
        assertEquals(0, profile.graphs().getFirst().calls().get(find(profile, "g")));
    }

    @Test void cyclesCostNoMoreThanTheyCan() throws IOException {
        // main -> a, a -> b, b -> a: the calls inside count nested ones again.
        Profile.Graph profile = read("events: Ir\nfn=main\n1 1\ncfn=a\ncalls=1 2\n1 100\nfn=a\n2 30\ncfn=b\ncalls=5 3\n2 260\ncfn=a\n"
                + "calls=2 2\n2 40\n"
                + "fn=b\n3 50\ncfn=a\ncalls=4 2\n3 190\ncfn=leaf\ncalls=9 4\n3 20\nfn=leaf\n4 20\n");
        assertEquals(101, total(profile, "main"));
        assertEquals(100, total(profile, "a"));
        assertEquals(100, total(profile, "b"));
        assertEquals(20, total(profile, "leaf"));
        assertEquals(7, profile.graphs().getFirst().calls().get(find(profile, "a")));
    }

    @Test void longChainsOfCallsNeedNoStack() throws IOException {
        var text = new StringBuilder("events: Ir\n");
        int n = 50_000;
        for (int i = 0; i < n; i++) text.append("fn=f").append(i).append("\n1 1\ncfn=f").append((i + 1) % n).append("\ncalls=1 1\n"
                + "1 ").append(n).append('\n');
        Profile.Graph profile = read(text.toString());
        assertEquals(n, total(profile, "f0"));
        assertEquals(n, total(profile, "f77"));
    }

    @Test void firstNumbersGrowUntilTheyAreTheLast() throws IOException {
        var text = new StringBuilder("events: Ir\n");
        for (int i = 0; i < 40_000; i++) text.append("fn=f").append(i % 50).append("\n").append(1 + i % 300).append(' ').append(i % 50).append('\n');
        var seen = new ArrayList<Glimpse>();
        Glimpses each = new Glimpses() {
            @Override public boolean wanted() {
                return true;
            }

            @Override public void show(Glimpse glimpse) {
                seen.add(glimpse);
            }
        };
        Profile profile = format.read(Source.of("test", text.toString().getBytes(StandardCharsets.UTF_8)), TaskContext.detached(), each);
        assertTrue(seen.size() >= 8, seen.size() + " for half a megabyte");
        for (int i = 1; i < seen.size(); i++) assertTrue(seen.get(i).event().total() >= seen.get(i - 1).event().total());
        Glimpse last = seen.getLast();
        assertEquals(profile.info().events().getFirst().total(), last.event().total(), 50, "but for the last function");
        assertEquals(50, last.functions());
        assertEquals(Glimpse.ROWS, last.top().size());
        assertEquals(List.of("f49", "f48", "f47"), last.top().stream().limit(3).map(Glimpse.Row::name).toList());
        assertEquals(800 * 48, last.top().get(1).self());
    }

    @Test void linesOfNumbersMeanTheSameInEveryShape() throws IOException {
        String head = "events: Ir Dr\npositions: instr line\nfl=a.c\nfn=f\n";
        Profile.Graph usual = read(head + "0x7fff10 123456789 100 200\n+a +2 1 12345678\n".replace("+a", "+10") + "-3 -1 123456789012 3\n* * 7\n0xAB 12 0 4\n* 5\n");
        Profile.Graph careful = read(head + " 0x7fff10\t123456789  100 200 \r\n+10  +2 1 12345678\r\n-3 -1  123456789012 3\n*  * 7 0\n0xAB:4 12 0 4\n*  5");
        assertEquals(123456789120.0, usual.info().events().getFirst().total());
        assertEquals(12345885, usual.info().events().get(1).total());
        for (Profile.Graph each : List.of(usual, careful)) {
            LineCosts lines = each.lines();
            assertEquals(List.of(12, 123456789, 123456790, 123456791), IntStream.range(0, lines.end(0)).map(lines::line).boxed().toList());
            assertEquals(123456789019.0, lines.cost(0, 2));
            assertEquals(12345678, lines.cost(1, 3));
            assertEquals(List.of(), ids(each));
        }
    }

    @Test void manyLinesAtOnceMeanTheSameAsOneByOne() throws IOException {
        var random = new Random(4);
        String head = "version: 1\npositions: line\nevents: Ir\nfn=f\n";
        for (int round = 0; round < 300; round++) {
            var plain = new StringBuilder(head);
            var odd = new StringBuilder(head);
            for (int i = 0; i < 1 + random.nextInt(700); i++) {
                String position = switch (random.nextInt(20)) {
                    case 0 -> "-" + random.nextInt(12);
                    case 1 -> "" + random.nextInt(10_000_000);
                    case 2 -> "+" + random.nextInt(200_000_000);
                    case 3, 4, 5 -> "*";
                    default -> "+" + random.nextInt(12);
                };
                long cost = random.nextInt(30) == 0 ? random.nextLong(1L << 40) : random.nextInt(100_000);
                plain.append(position).append(' ').append(cost).append('\n');
                // A blank more: no line of this kind is read with others.
                odd.append(position).append("  ").append(cost).append('\n');
            }
            if (round % 3 == 0) plain.setLength(plain.length() - 1);
            Profile.Graph one = read(odd.toString());
            Profile.Graph many = read(plain.toString());
            assertEquals(self(one, "f"), self(many, "f"));
            assertEquals(one.lines().end(0), many.lines().end(0));
            for (int row = 0; row < one.lines().end(0); row++) {
                assertEquals(one.lines().line(row), many.lines().line(row));
                assertEquals(one.lines().cost(0, row), many.lines().cost(0, row));
            }
        }
    }

    @Test void lineEndsMarksAndBlanksDoNotMatter() throws IOException {
        Profile.Graph profile = read("\uFEFF# callgrind format\r\nevents: Ir \r\n\r\nfl=a b.c \r\nfn=f  g\r\n# comment\r\n\t1  5 \r\n+1 6");
        assertEquals(11, self(profile, "f  g"));
        assertEquals("a b.c", profile.frames().file(0));
        assertEquals(List.of(), ids(profile));
    }

    @Test void sumsAreCheckedAndDamageIsNamed() throws IOException {
        assertEquals(List.of("callgrind.sum-differs"), ids(read("events: Ir\nsummary: 100\nfn=f\n1 50\n")));
        assertEquals("The costs of Ir add up to 1,050, but the file says 5,000.5. It may be cut off.",
                read("events: Ir\nsummary: 5000.5\nfn=f\n1 1050\n").info().warnings().getFirst().text());
        assertEquals(List.of(), ids(read("events: Ir\nsummary: 100\nfn=f\n1 99\n")));
        assertEquals(List.of("callgrind.cut-off"), ids(read("creator: callgrind-3.19.0\nevents: Ir\nsummary: 100\nfn=f\n1 99\n")));
        Profile.Graph profile = read("version: 1\nfl=a.py\n1 10\nfn=f\n1 10\nnonsense\n1 x\ncalls=z\n1 5\ncalls=1 1\n");
        assertEquals(List.of("callgrind.no-events", "callgrind.cost-before-function", "callgrind.malformed", "callgrind.malformed",
                "callgrind.malformed",
                "callgrind.call-without-cost"), ids(profile));
        assertEquals("test, line 6", profile.info().warnings().get(2).place().describe());
        assertEquals(10, self(profile, "f"));
        Profile.Graph many = read("events: Ir\nfn=f\n1 1\n" + "oops\n".repeat(5000));
        assertEquals(21, many.info().warnings().size());
        assertTrue(many.info().warnings().getLast().text().startsWith("4,980 more"));
    }

    @Test void whatIsNoCallgrindFileIsRefused() {
        for (String text : List.of("", "{}", "a;b 1\n", "events\n"
                + "", "xfn=1\n")) assertInstanceOf(Bid.No.class, sniff(text.getBytes(StandardCharsets.UTF_8)), text);
        assertInstanceOf(Bid.No.class, sniff(new FormatSamples("callgrind").bytes("binary-noise.callgrind")));
        assertInstanceOf(Bid.Yes.class, sniff(("version: 1\ncreator: x\ncmd: " + "x".repeat(5000) + "\n"
                + "events: Ir\n").getBytes(StandardCharsets.UTF_8)));
        byte[] wide = "events: Ir\nfn=f\n1 1\n".getBytes(StandardCharsets.UTF_16);
        assertInstanceOf(Bid.No.class, sniff(wide));
        assertEquals("callgrind.utf16", problem(wide));
        assertEquals("callgrind.empty", problem(new byte[0]));
        assertEquals("callgrind.no-costs", problem("events: Ir\nfn=f\n".getBytes(StandardCharsets.UTF_8)));
    }

    @Test void tenThousandDamagedFilesGiveProfilesOrProblems() {
        var samples = new FormatSamples("callgrind");
        List<byte[]> files = samples.names().filter(n -> !n.contains("threads-sep")).map(samples::bytes).filter(b -> b.length > 0
                && b.length < 20_000).toList();
        assertTrue(files.size() > 10);
        int read = 0;
        for (int seed = 0; seed < 10_000; seed++) if (FormatSamples.readDamaged(format,
                FormatSamples.damaged(files.get(seed % files.size()), seed)) != null) read++;
        assertTrue(read > 8_000, () -> "few were read");
    }

    @Test void hostileNumbersOfNamesPartsAndEventsStayBounded() throws IOException {
        assertEquals(1, self(read("events: Ir\nfl=(9223372036854775807) a\nfn=(4000000000) f\n1 1\n"), "f"));
        var parts = new StringBuilder("events: Ir\n");
        for (int i = 0; i < 3000; i++) parts.append("part: ").append(i + 1).append("\nfn=f\n1 1\n");
        assertEquals(3000, self(read(parts.toString()), "f"));
        Profile.Graph events = read("events:" + " E".repeat(1) + IntStream.range(0, 5000).mapToObj(i -> " E" + i)
                .reduce("", String::concat)
                + "\nfn=f\n1" + " 1".repeat(5001) + "\n");
        assertEquals(64, events.info().events().size());
        assertFalse(events.info().warnings().isEmpty());
        assertEquals(2, read("events: Ir\nfn=" + "x".repeat(3 << 20) + "\nfn=g\n1 2\n").info().events().getFirst().total());
    }

    private Bid sniff(byte[] bytes) {
        return format.sniff(new Head("unknown", bytes, bytes.length));
    }

    private String problem(byte[] bytes) {
        var thrown = assertThrows(ProblemException.class, () -> format.read(Source.of("x", bytes), TaskContext.detached()));
        assertFalse(thrown.problem().title().isEmpty());
        return thrown.problem().id();
    }
}
