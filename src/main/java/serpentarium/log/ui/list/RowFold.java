package serpentarium.log.ui.list;

/// The lines of a record that are not shown because it is folded.
///
/// @param lines     how many; 0 where nothing is folded, also in an open record that could be
/// @param exception what its traceback ends with, such as `KeyError: 'user'`; empty where there is none
/// @param foldable  whether the record has more lines than its first
public record RowFold(long lines, String exception, boolean foldable) {
    /// A row of which nothing is folded and nothing can be.
    public static final RowFold NONE = new RowFold(0, "", false);
}
