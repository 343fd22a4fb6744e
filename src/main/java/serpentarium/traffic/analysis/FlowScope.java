package serpentarium.traffic.analysis;

import serpentarium.traffic.FlowTable;

/// A part of a session that was picked in a tree: a host, a path under it, a connection, a process, or a request with what it caused.
public sealed interface FlowScope {
    /// Everything.
    record All() implements FlowScope {}

    /// A host.
    ///
    /// @param origin its number in the dictionary; -1 for flows without one
    record Host(int origin) implements FlowScope {}

    /// A path of a host.
    ///
    /// @param origin the host's number
    /// @param path   begins with a slash, without a query
    /// @param below  whether what is below it belongs to it too
    record PathOf(int origin, String path, boolean below) implements FlowScope {}

    /// A connection; -1 for flows of which it is not known.
    record Connection(int number) implements FlowScope {}

    /// A program; -1 for flows of which it is not known.
    record Process(int number) implements FlowScope {}

    /// An incoming request and what it caused.
    record Caused(int parent) implements FlowScope {}

    /// What was brushed in a chart: when flows began and how long they took, in seconds.
    record Brushed(double from, double to, double least, double most) implements FlowScope {}

    /// What was picked in a tree, and of it what was brushed in a chart.
    record Both(FlowScope picked, Brushed brushed) implements FlowScope {}

    /// Whether a row is in it.
    default boolean holds(FlowTable table, int row) {
        return switch (this) {
            case All _ -> true;
            case Host(int origin) -> table.origin(row) == origin;
            case PathOf(int origin, String path, boolean below) -> table.origin(row) == origin && under(table.path(row), path, below);
            case Connection(int number) -> table.connection(row) == number;
            case Process(int number) -> table.process(row) == number;
            case Brushed(double from, double to, double least, double most) -> {
                double at = table.started(row);
                double duration = table.duration(row);
                yield at >= from && at <= to && duration >= least && duration <= most;
            }
            case Both(FlowScope picked, Brushed brushed) -> brushed.holds(table, row) && picked.holds(table, row);
            case Caused(int parent) -> row == parent || table.parent(row) == parent;
        };
    }

    private static boolean under(String path, String scope, boolean below) {
        if (!path.startsWith(scope)) return false;
        return below || path.length() == scope.length() || path.charAt(scope.length()) == '?';
    }
}
