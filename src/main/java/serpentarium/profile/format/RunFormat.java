package serpentarium.profile.format;

import java.io.IOException;
import java.util.List;

import serpentarium.base.Source;
import serpentarium.profile.Profile;
import serpentarium.task.TaskContext;

/// A format that writes one run into several files: one a thread, or one a time that somebody asked for numbers.
public interface RunFormat extends ProfileFormat {
    /// Reads the files of a run as one profile: what is in several files of the same thread, or of the same part, is added up.
    ///
    /// @param files at least one
    /// @throws serpentarium.base.ProblemException when nothing of the content can be used
    /// @throws IOException                        when a source cannot be read
    Profile readRun(List<Source> files, TaskContext context, Glimpses glimpses) throws IOException;
}
