package serpentarium.profile.format;

import java.io.IOException;

import serpentarium.base.Bid;
import serpentarium.base.Head;
import serpentarium.base.Source;
import serpentarium.profile.Profile;
import serpentarium.task.TaskContext;

/// A file format that profiles come in.
public interface ProfileFormat {
    /// Stable identifier, such as `pstats`; the `format` of JSON documents.
    String id();

    /// Says from the first bytes whether it can read a file. Never reads on, never throws.
    Bid sniff(Head head);

    /// Reads a profile.
    ///
    /// @throws serpentarium.base.ProblemException                when nothing of the content can be used; a file that is
    ///                                                           damaged half way gives what was read, with a warning
    /// @throws java.util.concurrent.CancellationException when the task was cancelled
    /// @throws IOException                                   when the source cannot be read
    Profile read(Source source, TaskContext context) throws IOException;

    /// Reads a profile and shows what it knows on the way; a format that knows nothing before the end shows nothing.
    ///
    /// @throws IOException when the source cannot be read
    default Profile read(Source source, TaskContext context, Glimpses glimpses) throws IOException {
        return read(source, context);
    }
}
