package serpentarium.python.engine.build;

/// Whom a build tells how far it is, on the build's thread.
public interface BuildFollower {
    /// How far it is, several times a second.
    default void progress(BuildProgress progress) {}

    /// What was cleaned up after a build that did not end well, or was cancelled.
    default void cleaned(Cleanup cleanup) {}

    /// What was cleaned up.
    ///
    /// @param seconds         how long that took, from the moment when the build's processes were told to end
    /// @param stopped         how long the processes took to end, of that
    /// @param files           how many temporary files and folders were deleted
    /// @param bytes           how large they were
    /// @param partialRemoved  whether a version that was installed in part was deleted
    /// @param earlierRestored whether the version that was there before was put back
    record Cleanup(double seconds, double stopped, long files, long bytes, boolean partialRemoved, boolean earlierRestored) {}
}
