package serpentarium.profile.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

import serpentarium.base.Bid;
import serpentarium.base.Head;
import serpentarium.base.ProblemException;
import serpentarium.base.Source;
import serpentarium.profile.Event;
import serpentarium.profile.Profile;
import serpentarium.profile.Unit;
import serpentarium.profile.Warning;
import serpentarium.task.TaskContext;

/// Pictures in the shapes that flamegraph.pl and inferno give them, against the stacks that were drawn.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SvgFlameFormatTest implements FormatContract {
    @Override public ProfileFormat format() {
        return new SvgFlameFormat();
    }

    /// Before the boxes stand the picture's own script and styles.
    @Override public int leastCuts() {
        return 9;
    }

    private Profile.Stacks read(String svg) throws IOException {
        Profile profile = format().read(Source.of("some.svg", svg.getBytes(StandardCharsets.UTF_8)), TaskContext.detached());
        FormatContract.sane(profile);
        return (Profile.Stacks) profile;
    }

    private static List<String> warnings(Profile profile) {
        return profile.info().warnings().stream().map(Warning::id).toList();
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }

    private static void same(Object expected, Map<String, Double> actual) {
        Map<?, ?> wanted = (Map<?, ?>) expected;
        wanted.forEach((name, value) -> assertEquals(number(value), actual.getOrDefault(name, 0.0), name.toString()));
        actual.forEach((name, value) -> assertTrue(value == 0 || wanted.containsKey(name), name));
    }

    private static String box(String title, String place) {
        return "<g><title>" + title + "</title><rect " + place + "/></g>";
    }

    @TestFactory Stream<DynamicTest> everySampleEqualsItsTruth() {
        return samples().names().map(name -> dynamicTest(name, () -> {
            Map<String, Object> truth = samples().truth(name);
            var profile = (Profile.Stacks) format().read(samples().source(name), TaskContext.detached());
            FormatContract.sane(profile);
            assertEquals(name.contains("difference") ? List.of("svg.difference") : List.of(), warnings(profile));
            same(truth.get("self"), FormatContract.selfByName(profile, 0));
            same(truth.get("total"), FormatContract.totalByName(profile, 0, false));
            Map<String, Double> lines = new HashMap<>();
            for (int f = 0; f < profile.frames().size(); f++)
                for (int row = profile.lines().begin(f); row < profile.lines().end(f); row++)
                    lines.merge(profile.frames().name(f) + ":" + profile.lines().line(row), profile.lines().cost(0, row), Double::sum);
            same(truth.get("lines"), lines);
            Unit unit = name.equals("flamegraph-icicle.svg") ? Unit.MICROSECONDS : Unit.SAMPLES;
            assertEquals(unit, profile.info().events().getFirst().unit());
            assertEquals(number(truth.get("sum")), profile.info().events().getFirst().total());
            assertEquals(name.startsWith("flamegraph") ? "flamegraph.pl" : "inferno", profile.info().creator());
        }));
    }

    @Test void whatWasTooNarrowBelongsToItsCaller() throws IOException {
        var profile = read("<svg>" + box("all (1,000 kicks, 100%)", "x='0' y='40' width='100'")
                + box("f (900 kicks, 90.00%)", "x='0' y='20' width='90'") + box("g (899 kicks, 89.90%)", "x='0' y='0' width='89.9'")
                + "<rect x='1' y='2' width='3'/>" + box("no box", "x='0' y='0' width='1'") + box("h (1 kicks, 0.1%)", "x='0' y='0'") + "</svg>");
        assertEquals(Map.of("f", 1.0, "g", 899.0, "«too narrow to be drawn»", 100.0), FormatContract.selfByName(profile, 0));
        assertEquals(new Event("kicks", "kicks", Unit.COUNT, 1000), profile.info().events().getFirst());
        assertEquals(List.of("svg.bad-box"), warnings(profile));
    }

    @Test void aTitleMayStandInItsRectangle() throws IOException {
        var profile = read("<svg><rect x=\"0\" y=\"16\" width=\"10%\"><title>f (3 samples, 100%)</title></rect>"
                + "<rect x=\"0\" y=\"0\" width=\"5%\"><title>g(int) (2 samples, 66%)</title></rect></svg>");
        assertEquals(Map.of("f", 1.0, "g(int)", 2.0), FormatContract.selfByName(profile, 0));
        assertEquals(0, profile.trees().getFirst().parent(1));
        assertEquals(1, profile.trees().getFirst().parent(2));
    }

    @Test void textIsDecodedAndNothingIsLookedUp() throws IOException {
        String start = "<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY e SYSTEM 'file:///etc/passwd'><!ENTITY a \"]>&e;&e;\">]><!-- <svg> --->"
                + "<svg><script>if (1<2) '<title>x (1 samples, 1%)</title>'</script><style>a > b {}</style><![CDATA[<rect]]]>";
        var profile = read(start + box("&lt;a&gt; &amp;&quot;&apos;&#39;&#xe9;&#x1F40D; &e;&a; &unknown; &#0;&#xD800;&#99999999; & (5 samples, 100%)",
                "x='0' y='0' width='1'") + "</svg>");
        assertEquals("<a> &\"''é🐍 &e;&a; &unknown; &#0;&#xD800;&#99999999; &", profile.frames().name(0));
        assertEquals(List.of(), warnings(profile));
    }

    @Test void ownPicturesAreNotTaken() throws IOException {
        byte[] own = "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"><title>x</title><rect/></svg>".getBytes(StandardCharsets.UTF_8);
        assertInstanceOf(Bid.No.class, format().sniff(Head.of(Source.of("own.svg", own))));
    }

    @Test void nothingToShow() {
        for (String bad : List.of("<svg></svg>", "<svg>" + box("f", "x='0' y='0' width='1'") + "</svg>", "<svg><title>f (1 samples, 1%)</title></svg>",
                "<svg>" + box("f (1 samples, 1%)", "x='a' y='0' width='1'")))
            assertEquals("svg.no-boxes", assertThrows(ProblemException.class, () -> read(bad), bad).problem().id());
    }

    @Test void manyRowsAndStrangeNumbers() throws IOException {
        int rows = 3000;
        var svg = new StringBuilder("<svg>");
        for (int i = 0; i < rows; i++) svg.append(box("f" + i + " (7 samples, 100%)", "x='10.0' y='" + i * 16 + "' width='1180.0'"));
        var profile = read(svg + "</svg>");
        assertEquals(rows + 1, profile.trees().getFirst().size());
        assertEquals(7, profile.info().events().getFirst().total());
        var odd = read("<svg>" + box("f (1e12 samples, 100%)", "x='-1e12' y='-1e14' width='1e14'")
                + box("g (99999999999999999999 samples, 1%)", "x='1e400' y='0' width='1'") + box("h (-1 samples, 1%)", "x='0' y='0' width='1'"));
        assertEquals(1e12, odd.info().events().getFirst().total());
        assertNull(survive("open", "<svg><g><rect x=\"1".getBytes(StandardCharsets.UTF_8)));
        assertNull(survive("angles", "<svg".repeat(100_000).getBytes(StandardCharsets.UTF_8)));
    }
}
