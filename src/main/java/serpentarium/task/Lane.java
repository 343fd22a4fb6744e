package serpentarium.task;

/// Where a task runs.
public sealed interface Lane {
    /// Work for the processor: as many at once as there are cores less one, at least one.
    Lane CPU = new Cpu();

    /// Work that waits for files, sockets and children: a virtual thread each.
    Lane IO = new Io();

    /// One at a time, in the order of submission, in the lane of this name.
    static Lane serial(String name) {
        return new Serial(name);
    }

    /// See [#CPU].
    record Cpu() implements Lane {}

    /// See [#IO].
    record Io() implements Lane {}

    /// See [#serial(String)].
    ///
    /// @param name tasks with the same name follow one another
    record Serial(String name) implements Lane {}
}
