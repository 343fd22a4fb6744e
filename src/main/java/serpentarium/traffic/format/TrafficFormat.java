package serpentarium.traffic.format;

import java.io.IOException;
import serpentarium.base.Bid;
import serpentarium.base.Head;
import serpentarium.base.Source;
import serpentarium.task.TaskContext;
import serpentarium.traffic.FlowSink;

/// A file format that captured traffic comes in.
public interface TrafficFormat {
    /// Stable identifier, such as `har`; the `format` of JSON documents.
    String id();

    /// Says from the first bytes whether it can read a file. Never reads on, never throws.
    Bid sniff(Head head);

    /// Reads flows into a sink, in the order of the file, as they become known.
    ///
    /// @throws serpentarium.base.ProblemException         when nothing of the content can be used; a file that is damaged half way gives what
    ///                                                    was read, with a warning to the sink
    /// @throws java.util.concurrent.CancellationException when the task was cancelled
    /// @throws IOException                                when the source cannot be read or the sink not be written
    void read(Source source, ReadOptions options, FlowSink sink, TaskContext context) throws IOException;
}
