package serpentarium.profile.format;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import serpentarium.profile.Profile;
import serpentarium.profile.Warning;
import serpentarium.task.TaskContext;

/// A file format that profiles can be written in: the mirror of [ProfileFormat].
public interface ProfileWriter {
    /// Stable identifier, such as `callgrind`.
    String id();

    /// How the names of its files end, in small letters and with the point, the usual one first: `.callgrind`.
    List<String> endings();

    /// What its files can say.
    Says says();

    /// Writes a profile; the stream stays open. Memory is bounded by the number of functions and nodes, never by the size of the file.
    ///
    /// @param profile of a kind that [#says()] allows
    /// @return what of the profile the file does not say, or says otherwise
    /// @throws java.util.concurrent.CancellationException when the task was cancelled
    /// @throws serpentarium.base.ProblemException         when there is nothing that can be written
    /// @throws IOException                                when the stream cannot be written
    List<Warning> write(Profile profile, OutputStream out, TaskContext context) throws IOException;

    /// What a format can say.
    ///
    /// @param stacks  whole stacks
    /// @param sums    costs of functions and of the calls between them, without stacks
    /// @param events  several events in one file
    /// @param threads several threads in one file
    /// @param order   what ran when
    record Says(boolean stacks, boolean sums, boolean events, boolean threads, boolean order) {}

    /// Whether a file of this name is to be written in this format.
    default boolean writes(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        return endings().stream().anyMatch(ending -> name.endsWith(ending) && name.length() > ending.length());
    }
}
