package serpentarium.log.ui.detail;

/// What can be asked of a log about a value that a person points at; whoever shows the log does it.
public interface LogActions {
    /// Shows only records that pass this filter, too.
    void narrow(String filter);

    /// Shows only records between two times, instead of those that were chosen before.
    ///
    /// @param from nanoseconds since 1970
    /// @param to   nanoseconds since 1970
    void between(long from, long to);

    /// Answers a question, such as `| count by logger`.
    void ask(String question);
}
