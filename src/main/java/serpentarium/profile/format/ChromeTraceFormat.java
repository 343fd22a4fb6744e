package serpentarium.profile.format;

import java.io.IOException;

import serpentarium.base.Bid;
import serpentarium.base.Head;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.profile.Profile;
import serpentarium.task.TaskContext;

/// Trace events as Chrome's about:tracing and Perfetto take them: an array of events, which may lack its end, or an object with
/// `traceEvents`. Written by viztracer, `py-spy -f chrometrace`, PyTorch's profiler, clang's `-ftime-trace` and many more.
///
/// What is read are the durations: `B` and `E` pairs and complete `X` events, each with the time it took beside what lies in it. A
/// (process, thread) pair is a thread, named by the `M` events. Names like viztracer's `NAME (FILE:LINE)` are taken apart; otherwise file
/// and line come from `args`. py-spy's lines are those that ran: they become costs by line. Counters, instants, flows and asynchronous
/// events are left out.
///
/// An `X` event that ends after the one that it starts in is cut to it, with a warning.
///
/// Format: the "Trace Event Format" document of the Chromium project.
public final class ChromeTraceFormat implements ProfileFormat {
    /// The format's id.
    public static final String ID = "chrome";
    private static final Strings STRINGS = Strings.of(ChromeTraceFormat.class);

    /// The format; it has no state.
    public ChromeTraceFormat() {}

    @Override public String id() {
        return ID;
    }

    @Override public Bid sniff(Head head) {
        int first = JsonInput.first(head);
        if (first != '{' && first != '[') return new Bid.No(STRINGS.get("chrome.not.json"));
        String text = head.latin1();
        boolean phases = text.contains("\"ph\"");
        if (first == '{' && text.contains("\"traceEvents\"")) return new Bid.Yes(phases ? 95 : 60);
        if (first == '[' && phases) return new Bid.Yes(text.contains("\"ts\"") || text.contains("\"pid\"") ? 85 : 40);
        return new Bid.No(STRINGS.get("chrome.not.events"));
    }

    @Override public Profile read(Source source, TaskContext context) throws IOException {
        return new ChromeReader(STRINGS, source, context).read();
    }
}
