package serpentarium.profile.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;

import serpentarium.base.Bid;
import serpentarium.base.Head;
import serpentarium.base.ProblemException;
import serpentarium.base.Source;
import serpentarium.profile.Profile;

/// Damaged and malicious files give an error, or what could be read of them with a warning; nothing else.
class PstatsHostileTest {
    private static Bid sniff(byte[] bytes) throws IOException {
        return new PstatsFormat().sniff(Head.of(Source.of("some.pstats", bytes)));
    }

    private static String problem(byte[] bytes) {
        var problem = assertThrows(ProblemException.class, () -> PstatsSamples.read("made.pstats", bytes)).problem();
        assertFalse(problem.title().isBlank());
        assertEquals("made.pstats", problem.place().source());
        return problem.id();
    }

    @Test void eachHostileSampleGivesItsError() throws IOException {
        Map<String, String> expected = Map.of("truncated-1byte.pstats", "marshal.truncated", "zero-length.pstats", "pstats.no-bytes",
                "root-not-a-dict.pstats", "pstats.root", "wrong-shape.pstats", "pstats.no-function", "nested-40k.pstats", "pstats.root",
                "huge-string-length.pstats", "marshal.truncated", "bad-ref.pstats", "marshal.reference",
                "a-pickle-named.pstats", "marshal.code");
        int seen = 0;
        for (var sample : PstatsSamples.hostile()) {
            Bid bid = sniff(sample.bytes());
            if (sample.name().equals("truncated-half.pstats")) {
                var profile = sample.read();
                assertEquals("pstats.truncated", profile.info().warnings().getLast().id());
                assertEquals(sample.bytes().length, profile.info().warnings().getLast().place().offset());
                assertTrue(profile.frames().size() > 50);
                assertInstanceOf(Bid.Yes.class, bid);
                continue;
            }
            seen++;
            assertEquals(expected.get(sample.name()), problem(sample.bytes()), sample.name());
            if (sample.name().equals("wrong-shape.pstats")) continue;
            assertFalse(assertInstanceOf(Bid.No.class, bid, sample.name()).reason().isBlank());
        }
        assertEquals(expected.size(), seen);
    }

    @Test void otherFilesAreNotBidFor() throws IOException {
        for (String text : List.of("{\"a\": 1}", "{}", "{ }", "{\n", "{(a) b}", "{) {", "{0} of {1}", "main;f 3\n", "(dp0\n", "", "{",
                "{)\u0003z\u0001az\u0001bz\u0001c", "\u00fb\u00fb\u00fb", "{[]}")) {
            Bid bid = sniff(text.getBytes(StandardCharsets.ISO_8859_1));
            assertFalse(assertInstanceOf(Bid.No.class, bid, text).reason().isBlank());
        }
    }

    @Test void deepNestingIsAnError() {
        for (int type : new int[] {'(', '[', '<', '>', '{', ':'}) {
            var bytes = new MarshalBytes().dict();
            for (int i = 0; i < 40_000; i++) {
                bytes.code(type);
                if (type != '{' && type != ':') bytes.i32(1);
            }
            for (int i = 0; i < 40_000; i++) bytes.code('N');
            assertEquals("marshal.depth", problem(bytes.done()));
        }
        var code = new MarshalBytes().dict().tuple(3).text("profile").number(0);
        for (int i = 0; i < 10_000; i++) code.code('c').i32(0).i32(0).i32(0).i32(0).bytes('s', "dS").tuple(1);
        assertEquals("marshal.depth", problem(code.done()));
    }

    @Test void claimedSizesAreNotBelieved() {
        for (int type : new int[] {'(', '[', '<', '>', 's', 't', 'u', 'a', 'A', 'l'}) {
            for (int size : new int[] {Integer.MAX_VALUE, 1 << 30, 1000}) {
                for (boolean asKey : new boolean[] {true, false}) {
                    var bytes = new MarshalBytes().dict();
                    if (!asKey) bytes.key("f", 1, "g");
                    assertEquals("marshal.truncated", problem(bytes.flag().code(type).i32(size).raw(1, 2, 3).done()));
                }
            }
            String negative = problem(new MarshalBytes().dict().code(type).i32(Integer.MIN_VALUE).raw(1, 2, 3).done());
            assertEquals(type == 'l' ? "marshal.truncated" : "marshal.length", negative);
        }
    }

    @Test void selfReferencesEnd() throws IOException {
        var loops = new MarshalBytes().flag().dict().lone("a", 1, "f").key("a", 2, "g");
        loops.flag().tuple(5).ref(0).ref(1).ref(1).ref(0).ref(0).end();
        var profile = PstatsSamples.read("made.pstats", loops.done());
        assertEquals(List.of("pstats.entry"), profile.info().warnings().stream().map(w -> w.id()).toList());
    }

    /// A few bytes refer to a long list of callers again and again: quadratic, if it were believed.
    @Test void sharedCallersCannotMultiply() throws IOException {
        var bytes = new MarshalBytes().dict().flag().key("f", 0, "f").tuple(5).number(1).number(1).real(1).real(1).flag().dict();
        for (int i = 1; i <= 20_000; i++) bytes.key("f", i, "f").number(1);
        bytes.end();
        for (int i = 0; i < 20_000; i++) bytes.key("g", i, "g").tuple(5).number(1).number(1).real(1).real(1).ref(1);
        bytes.end();
        byte[] made = bytes.done();
        var profile = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> PstatsSamples.read("made.pstats", made));
        assertTrue(profile.graphs().getFirst().edges() < made.length);
        assertEquals("pstats.more", profile.info().warnings().getLast().id());
    }

    /// A long name is referred to by many code objects, each of which would make a label of its own.
    @Test void codeLabelsCannotMultiply() throws IOException {
        for (int length : new int[] {1000, 1 << 20}) {
            var bytes = new MarshalBytes().dict().tuple(3).flag().text("x".repeat(length)).number(0).text("n");
            bytes.entry(1, 1, 1, 1).dict().end();
            for (int i = 0; i < 30_000; i++) {
                bytes.tuple(3).text("p").number(0).code('c').i32(0).i32(0).i32(0).i32(0).bytes('s', "dS");
                bytes.tuple(0).tuple(0).tuple(0).tuple(0).tuple(0).ref(0).ref(0).i32(i).bytes('s', "").entry(1, 1, 1, 1).dict().end();
            }
            byte[] made = bytes.end().done();
            var profile = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> PstatsSamples.read("made.pstats", made));
            assertTrue(profile.frames().size() < 10_000, () -> profile.frames().size() + " functions");
            assertEquals("pstats.more", profile.info().warnings().getLast().id());
        }
    }

    /// What a warning quotes is short.
    @Test void longNamesAreCutInWarnings() throws IOException {
        var bytes = new MarshalBytes().dict().lone("f", 1, "f").key("f", 2, "n".repeat(100_000)).number(3).end().done();
        assertTrue(PstatsSamples.read("made.pstats", bytes).info().warnings().getFirst().text().length() < 500);
    }

    @Test void everySampleCutAnywhere() throws IOException {
        for (var sample : PstatsSamples.good()) {
            byte[] bytes = sample.bytes();
            int whole = sample.read().graphs().getFirst().entries();
            int least = 0;
            for (int i = 0; i < 20; i++) {
                byte[] cut = Arrays.copyOf(bytes, (int) ((long) bytes.length * i / 20));
                int read = survive(sample.name(), cut);
                assertTrue(read >= least && read <= whole, sample.name() + " cut at " + cut.length + ": " + read + " after " + least);
                least = read;
            }
            if (whole > 20) assertTrue(least > 0.8 * whole, sample.name() + ": " + least + " of " + whole);
        }
    }

    @Test void everyCutOfASmallSampleKeepsWholeEntries() throws IOException {
        var sample = PstatsSamples.good().stream().filter(s -> s.name().equals("wl_fib-py3.8.pstats")).findFirst().orElseThrow();
        var whole = sample.read();
        for (int length = 0; length < sample.bytes().length; length++) {
            byte[] cut = Arrays.copyOf(sample.bytes(), length);
            if (survive("cut", cut) == 0) continue;
            var part = PstatsSamples.read("cut", cut);
            assertEquals("pstats.truncated", part.info().warnings().getLast().id());
            for (int f = 0; f < part.graphs().getFirst().entries(); f++) {
                assertEquals(whole.frames().name(f), part.frames().name(f));
                assertEquals(whole.graphs().getFirst().total(0, f), part.graphs().getFirst().total(0, f));
                assertEquals(whole.graphs().getFirst().callerCount(f), part.graphs().getFirst().callerCount(f));
            }
        }
    }

    @Test void tenThousandFlips() throws IOException {
        var random = new Random(20_240_229);
        var samples = PstatsSamples.good().stream().filter(s -> s.bytes().length < 200_000).toList();
        int profiles = 0;
        for (int i = 0; i < 10_000; i++) {
            var sample = samples.get(random.nextInt(samples.size()));
            byte[] bytes = i % 2 == 0 ? sample.bytes().clone() : FormatSamples.damaged(sample.bytes(), i);
            for (int flips = i % 2 == 0 ? 1 + random.nextInt(4) : 0; flips > 0; flips--) {
                // Half of the flips hit the head, where the shape is decided.
                int at = random.nextInt(random.nextBoolean() ? bytes.length : Math.min(200, bytes.length));
                bytes[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : bytes[at] ^ 1 << random.nextInt(8));
            }
            if (survive(sample.name() + " flip " + i, bytes) > 0) profiles++;
        }
        assertTrue(profiles > 2000, "only " + profiles);
    }

    /// Reads and bids; anything but a profile or a problem fails the test. Gives the number of functions with an entry.
    private static int survive(String what, byte[] bytes) {
        return assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertInstanceOf(Bid.class, sniff(bytes));
            try {
                Profile.Graph profile = PstatsSamples.read(what, bytes);
                var graph = profile.graphs().getFirst();
                assertEquals(profile.frames().size(), graph.functions());
                assertTrue(Double.isFinite(profile.info().events().getFirst().total()), what);
                for (int f = 0; f < graph.functions(); f++) assertFalse(profile.frames().name(f) == null, what);
                return graph.entries();
            } catch (ProblemException e) {
                assertFalse(e.problem().line().isBlank());
                return 0;
            }
        }, what);
    }
}
