package serpentarium.profile.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import serpentarium.base.Bid;
import serpentarium.base.Head;
import serpentarium.base.ProblemException;
import serpentarium.base.Source;
import serpentarium.pack.Packing;
import serpentarium.pack.Packs;
import serpentarium.pack.Unpacked;
import serpentarium.profile.Profile;
import serpentarium.profile.format.CallgrindFormat;
import serpentarium.profile.format.ChromeTraceFormat;
import serpentarium.profile.format.CollapsedFormat;
import serpentarium.profile.format.PerfScriptFormat;
import serpentarium.profile.format.PprofFormat;
import serpentarium.profile.format.ProfileFormat;
import serpentarium.profile.format.PstatsFormat;
import serpentarium.profile.format.SpeedscopeFormat;
import serpentarium.profile.format.YappiStatFormat;
import serpentarium.task.TaskContext;

/// Profiles of every format in compressed files.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PackedProfilesTest {
    private final ProfileReader reader = new ProfileReader(List.<ProfileFormat>of(new PstatsFormat(), new CallgrindFormat(), new CollapsedFormat(),
            new SpeedscopeFormat(), new ChromeTraceFormat(), new PerfScriptFormat(), new YappiStatFormat(), new PprofFormat()));

    private static byte[] sample(String path) throws IOException {
        try (var in = PstatsFormat.class.getResourceAsStream(path)) {
            byte[] packed = in.readAllBytes();
            try (var content = Unpacked.of(Source.of(path, packed)).open()) {
                return content.readAllBytes();
            }
        }
    }

    private Profile read(byte[] bytes) throws IOException {
        return reader.read(Source.of("profile", bytes), TaskContext.detached());
    }

    @ParameterizedTest
    @CsvSource({"pstats, pstats/merged-py3.8.pstats", "yappi, yappi/wl_json-cpu-builtins.yappi.ystat.gz",
            "collapsed, collapsed/wl_json-py3.11.pyspy.collapsed.gz", "pprof, pprof/tables-first.pb.gz",
            "speedscope, speedscope/wl_json-py3.11.sampled.speedscope.json.gz", "callgrind, callgrind/wl_json-cpu-builtins.yappi.callgrind.gz"})
    void equalsTheUnpackedOne(String id, String path) throws IOException {
        byte[] plain = sample(path);
        Profile expected = read(plain);
        assertEquals(id, expected.info().format());
        for (Packing packing : Packing.values()) {
            for (byte[] packed : List.of(Packs.pack(packing, plain), Packs.pack(Packing.ZSTD, Packs.pack(packing, plain)))) {
                assertInstanceOf(Bid.Yes.class, reader.sniff(Head.of(Unpacked.of(Source.of("x", packed)))));
                Profile profile = read(packed);
                assertEquals(expected.info().events(), profile.info().events());
                assertEquals(expected.info().threads(), profile.info().threads());
                assertEquals(expected.info().warnings().size(), profile.info().warnings().size());
                assertEquals(expected.frames().size(), profile.frames().size());
                for (int i = 1; i < 20; i++) cut(Arrays.copyOf(packed, packed.length * i / 20));
            }
        }
    }

    private void cut(byte[] bytes) throws IOException {
        try {
            assertTrue(read(bytes).info().warnings().getFirst().id().startsWith("unpack."));
        } catch (ProblemException e) {
            assertTrue(e.problem().id().startsWith("unpack."), e.problem()::report);
        }
    }

    @Test void whatWasReadBeforeTheCutIsShown() throws IOException {
        byte[] packed = Packs.pack(Packing.GZIP, sample("collapsed/wl_json-py3.11.pyspy.collapsed.gz"));
        var warning = read(Arrays.copyOf(packed, packed.length / 2)).info().warnings().getFirst();
        assertEquals("unpack.truncated", warning.id());
        assertTrue(warning.line().contains("The gzip data ends too early.") && warning.line().endsWith("Only that is shown."), warning.line());
        var nothing = assertThrows(ProblemException.class, () -> read(Arrays.copyOf(packed, 12))).problem();
        assertEquals("unpack.truncated", nothing.id());
    }

    @ParameterizedTest
    @EnumSource(Packing.class)
    void aBombBehindAProfile(Packing packing) throws IOException {
        byte[] start = "main;work 1\n".repeat(20_000).getBytes(StandardCharsets.US_ASCII);
        byte[] zeros = Packs.repeat(Packs.pack(packing, new byte[1 << 20], 100), 100);
        Profile profile = read(Packs.join(Packs.pack(packing, start), zeros));
        var warning = profile.info().warnings().getFirst();
        assertEquals("unpack.ratio", warning.id());
        assertTrue(warning.text().contains("1,000 times"), warning.text());
        assertEquals(20_000, profile.info().events().getFirst().total());
        var plain = assertThrows(ProblemException.class, () -> read(zeros)).problem();
        assertEquals("profile.unknown-format", plain.id());
    }

    @Test void stopsWhenCancelled() {
        byte[] start = Packs.pack(Packing.GZIP, "main;work 1\n".repeat(20_000).getBytes(StandardCharsets.US_ASCII));
        byte[] bomb = Packs.join(start, Packs.repeat(Packs.pack(Packing.GZIP, new byte[1 << 20], 100), 100));
        assertThrows(CancellationException.class, () -> reader.read(Source.of("x", bomb), TaskContext.cancelledAfter(20)));
    }
}
