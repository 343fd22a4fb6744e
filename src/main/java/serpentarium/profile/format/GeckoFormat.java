package serpentarium.profile.format;

import java.io.IOException;

import serpentarium.base.Bid;
import serpentarium.base.Head;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.profile.Profile;
import serpentarium.task.TaskContext;

/// The profiles that profiler.firefox.com opens: processed ones of all versions up to 75, and those that Firefox itself writes before they
/// are processed. Written by Firefox, `python -m profiling.sampling --gecko` of Python 3.15, samply, perf's `gecko` script and others.
///
/// Samples refer to stacks, those to frames, those to functions, each in a table. In a processed profile a table is an object of columns;
/// it belongs to a thread, or from version 56 on (strings), 58 on (sources) and 60 on (all) to the whole profile. In others a table is a
/// `schema` and an array a row, and processes lie in one another. Which of these it is shows in the tables, not in the number of the
/// version. The binary JSLB container is not read.
///
/// A sample counts one, or its weight: samples, milliseconds or bytes. Samples without a stack (nothing ran) are left out. Lines of frames
/// are those that ran. Python's sampler writes file names without folders, and as a function's line the first one that it saw.
///
/// Format: `src/types/profile.ts`, `src/types/gecko-profile.ts` and `docs-developer/CHANGELOG-formats.md` of firefox-devtools/profiler;
/// `Lib/profiling/sampling/gecko_collector.py` of CPython.
public final class GeckoFormat implements ProfileFormat {
    /// The format's id.
    public static final String ID = "gecko";
    /// The latest version of processed profiles that is known.
    static final int VERSION = 75;
    private static final Strings STRINGS = Strings.of(GeckoFormat.class);

    /// The format; it has no state.
    public GeckoFormat() {}

    @Override public String id() {
        return ID;
    }

    @Override public Bid sniff(Head head) {
        if (JsonInput.first(head) != '{') return new Bid.No(STRINGS.get("gecko.not.object"));
        String text = head.latin1();
        if (text.contains("\"preprocessedProfileVersion\"")) return new Bid.Yes(97);
        boolean meta = text.contains("\"meta\"") && text.contains("\"startTime\"") && text.contains("\"interval\"");
        if (meta && (text.contains("\"stackwalk\"") || text.contains("\"processType\"") || text.contains("\"markerSchema\"")))
            return new Bid.Yes(95);
        boolean tables = text.contains("\"stackTable\"") && text.contains("\"frameTable\"");
        if (tables && (text.contains("\"funcTable\"") || text.contains("\"schema\""))) return new Bid.Yes(90);
        if (text.contains("\"threads\"") && text.contains("\"samples\"") && text.contains("\"stack\"")) return new Bid.Yes(60);
        return new Bid.No(STRINGS.get("gecko.not.tables"));
    }

    @Override public Profile read(Source source, TaskContext context) throws IOException {
        return new GeckoReader(STRINGS, source, context).read();
    }
}
