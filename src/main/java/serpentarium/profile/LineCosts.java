package serpentarium.profile;

import java.util.Arrays;

/// Self cost by function and source line, for one or more events: rows sorted by function, then file, then line.
///
/// Shape: `rows` rows; each has a function, a file (null: the function's own), a line from 1, and one cost an event.
public final class LineCosts {
    /// No line is known.
    public static final LineCosts NONE = new LineCosts(new int[] {0}, new int[0], new String[0], new int[0], new double[0][]);

    private final int[] start;
    private final int[] file;
    private final String[] files;
    private final int[] line;
    private final double[][] cost;

    private LineCosts(int[] start, int[] file, String[] files, int[] line, double[][] cost) {
        this.start = start;
        this.file = file;
        this.files = files;
        this.line = line;
        this.cost = cost;
    }

    /// Whether no line is known.
    public boolean isEmpty() {
        return line.length == 0;
    }

    /// The first row of `function`; its rows end where [#end(int)] says.
    public int begin(int function) {
        return function < start.length ? start[function] : line.length;
    }

    /// One past the last row of `function`.
    public int end(int function) {
        return function + 1 < start.length ? start[function + 1] : line.length;
    }

    /// The file of a row, or null where it is the function's own.
    public String file(int row) {
        return file[row] < 0 ? null : files[file[row]];
    }

    /// The line of a row, from 1; 0 where it is not known.
    public int line(int row) {
        return line[row];
    }

    /// The cost of a row.
    public double cost(int event, int row) {
        return cost[event][row];
    }

    /// Collects costs in any order; equal (function, file, line) are added up.
    public static final class Builder {
        private final int events;
        private final java.util.Map<String, Integer> fileIds = new java.util.HashMap<>();
        private final java.util.HashMap<Key, Integer> rows = new java.util.HashMap<>();
        private final java.util.ArrayList<Key> keys = new java.util.ArrayList<>();
        private double[][] cost;

        private record Key(int function, int file, int line) {}

        /// For this many events.
        public Builder(int events) {
            this.events = events;
            this.cost = new double[events][64];
        }

        /// Adds a cost.
        ///
        /// @param file null for the function's own file
        public void add(int function, String file, int line, int event, double value) {
            int fileId = file == null ? -1 : fileIds.computeIfAbsent(file, _ -> fileIds.size());
            int row = rows.computeIfAbsent(new Key(function, fileId, line), key -> {
                keys.add(key);
                return keys.size() - 1;
            });
            if (row >= cost[event].length) for (int e = 0; e < events; e++) cost[e] = Arrays.copyOf(cost[e], row + (row >> 1) + 1);
            cost[event][row] += value;
        }

        /// The costs, for functions 0…`functions` - 1.
        public LineCosts build(int functions) {
            if (keys.isEmpty()) return NONE;
            Integer[] order = new Integer[keys.size()];
            Arrays.setAll(order, i -> i);
            Arrays.sort(order, java.util.Comparator.<Integer>comparingInt(i -> keys.get(i).function)
                    .thenComparingInt(i -> keys.get(i).file).thenComparingInt(i -> keys.get(i).line));
            int[] start = new int[functions + 1];
            int[] file = new int[order.length];
            int[] line = new int[order.length];
            double[][] sorted = new double[events][order.length];
            for (int i = 0; i < order.length; i++) {
                Key key = keys.get(order[i]);
                start[key.function + 1]++;
                file[i] = key.file;
                line[i] = key.line;
                for (int e = 0; e < events; e++) sorted[e][i] = cost[e][order[i]];
            }
            for (int f = 0; f < functions; f++) start[f + 1] += start[f];
            String[] files = new String[fileIds.size()];
            fileIds.forEach((name, id) -> files[id] = name);
            return new LineCosts(start, file, files, line, sorted);
        }
    }
}
