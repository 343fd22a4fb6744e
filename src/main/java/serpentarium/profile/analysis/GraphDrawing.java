package serpentarium.profile.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import serpentarium.base.IntSort;
import serpentarium.task.TaskContext;

/// Where the boxes and lines of a neighbourhood lie: callers at the left, callees at the right, a column for each distance.
///
/// A layered drawing in the manner of Sugiyama, Tagawa and Toda (1981): a line over several columns has a place of its own in each of them; the
/// order within the columns follows from the middles of the neighbours, and of several orders the one with the fewest crossings is kept; the
/// heights are those that lie nearest to the neighbours and keep the order (isotonic regression). Coordinates are pixels, the origin is at the
/// top left.
public final class GraphDrawing {
    /// How wide a box is.
    public static final double BOX_WIDTH = 216;
    /// How tall a box is.
    public static final double BOX_HEIGHT = 46;
    /// How far a column lies from the next.
    public static final double COLUMN = BOX_WIDTH + 144;
    private static final double GAP = 16;
    private static final double LANE = 10;
    private static final double MARGIN = 24;
    private static final int ORDERINGS = 12;
    private static final int STRAIGHTENINGS = 10;

    private final Neighbourhood shown;
    private final double[] x;
    private final double[] y;
    private final List<Curve> curves;
    private final double width;
    private final double height;

    /// A line: points, which cubic curves with level ends join, at `(x[0], y[0])` the caller.
    ///
    /// @param link the index among the neighbourhood's links
    /// @param x    across
    /// @param y    down
    /// @param back whether it leads from a column to the same one or one further left, against the direction of the drawing
    public record Curve(int link, double[] x, double[] y, boolean back) {
        /// How far the control points of a part lie from its ends, across.
        public double bend(int part) {
            double dx = x[part + 1] - x[part];
            return back && Math.abs(dx) < 1 ? 46 : Math.max(24, Math.abs(dx) / 2);
        }

        /// The direction in which the line leaves a part's beginning: 1 to the right, -1 to the left.
        public int leaving(int part) {
            return x[part + 1] < x[part] - 1 ? -1 : 1;
        }

        /// The side from which it reaches a part's end: -1 from the left, 1 from the right.
        public int arriving(int part) {
            return x[part + 1] > x[part] + 1 ? -1 : 1;
        }

        /// The middle of its middle part, where its label stands.
        public double[] middle() {
            int part = (x.length - 1) / 2;
            double bend = bend(part);
            double c1 = x[part] + leaving(part) * bend;
            double c2 = x[part + 1] + arriving(part) * bend;
            return new double[] {(x[part] + 3 * c1 + 3 * c2 + x[part + 1]) / 8, (y[part] + y[part + 1]) / 2};
        }
    }

    private GraphDrawing(Neighbourhood shown, double[] x, double[] y, List<Curve> curves, double width, double height) {
        this.shown = shown;
        this.x = x;
        this.y = y;
        this.curves = curves;
        this.width = width;
        this.height = height;
    }

    /// Lays a neighbourhood out: work for a background task.
    public static GraphDrawing of(Neighbourhood shown, TaskContext context) {
        return new Layout(shown).draw(context);
    }

    /// What is drawn.
    public Neighbourhood shown() {
        return shown;
    }

    /// The left edge of a box.
    public double x(int box) {
        return x[box];
    }

    /// The top edge of a box.
    public double y(int box) {
        return y[box];
    }

    /// The lines, a function's calls of itself not among them.
    public List<Curve> curves() {
        return curves;
    }

    /// How wide the whole is.
    public double width() {
        return width;
    }

    /// How tall the whole is.
    public double height() {
        return height;
    }

    /// The box at a place, or -1.
    public int boxAt(double px, double py) {
        for (int box = 0; box < x.length; box++)
            if (px >= x[box] && px < x[box] + BOX_WIDTH && py >= y[box] && py < y[box] + BOX_HEIGHT) return box;
        return -1;
    }

    /// Items are the boxes and, after them, the places of lines in the columns that they pass.
    private static final class Layout {
        private final Neighbourhood shown;
        private final int boxes;
        private final int first;
        private int items;
        private int[] layer;
        private final List<int[]> steps = new ArrayList<>();
        private final List<int[]> chains = new ArrayList<>();
        private int[][] columns;
        private int[] place;
        private double[] middle;

        Layout(Neighbourhood shown) {
            this.shown = shown;
            boxes = shown.boxes().size();
            items = boxes;
            layer = new int[boxes];
            int least = 0;
            for (Neighbourhood.Box box : shown.boxes()) least = Math.min(least, box.layer());
            first = least;
            for (int i = 0; i < boxes; i++) layer[i] = shown.boxes().get(i).layer() - first;
            for (Neighbourhood.Link link : shown.links()) chains.add(chain(link));
            place = new int[items];
            middle = new double[items];
        }

        /// The items that a line passes, from its left end to its right one.
        private int[] chain(Neighbourhood.Link link) {
            int left = layer[link.from()] <= layer[link.to()] ? link.from() : link.to();
            int right = left == link.from() ? link.to() : link.from();
            int span = layer[right] - layer[left];
            int[] chain = new int[Math.max(2, span + 1)];
            chain[0] = left;
            chain[chain.length - 1] = right;
            for (int i = 1; i < span; i++) {
                if (items == layer.length) layer = Arrays.copyOf(layer, items * 2);
                layer[items] = layer[left] + i;
                chain[i] = items++;
            }
            if (span > 0) for (int i = 1; i < chain.length; i++) steps.add(new int[] {chain[i - 1], chain[i]});
            return chain;
        }

        GraphDrawing draw(TaskContext context) {
            int count = 0;
            for (int i = 0; i < items; i++) count = Math.max(count, layer[i] + 1);
            columns = new int[count][];
            for (int column = 0; column < count; column++) {
                int[] members = new int[items];
                int n = 0;
                for (int i = 0; i < items; i++) if (layer[i] == column) members[n++] = i;
                columns[column] = Arrays.copyOf(members, n);
            }
            number();
            order(context);
            straighten(context);
            return place();
        }

        private void number() {
            for (int[] column : columns) for (int i = 0; i < column.length; i++) place[column[i]] = i;
        }

        private void order(TaskContext context) {
            int[][] best = copy();
            long fewest = crossings();
            for (int round = 0; round < ORDERINGS && fewest > 0; round++) {
                context.checkpoint();
                boolean right = (round & 1) == 0;
                for (int i = 1; i < columns.length; i++) byMiddles(columns[right ? i : columns.length - 1 - i], right);
                long now = crossings();
                if (now < fewest) {
                    fewest = now;
                    best = copy();
                }
            }
            columns = best;
            number();
        }

        private int[][] copy() {
            int[][] copy = new int[columns.length][];
            for (int i = 0; i < copy.length; i++) copy[i] = columns[i].clone();
            return copy;
        }

        private void byMiddles(int[] column, boolean fromLeft) {
            double[] sum = new double[items];
            int[] neighbours = new int[items];
            for (int[] step : steps) {
                int here = step[fromLeft ? 1 : 0];
                sum[here] += place[step[fromLeft ? 0 : 1]];
                neighbours[here]++;
            }
            double[] wanted = new double[items];
            for (int item : column) wanted[item] = neighbours[item] == 0 ? place[item] : sum[item] / neighbours[item];
            IntSort.sort(column, 0, column.length, (a, b) -> Double.compare(wanted[a], wanted[b]));
            for (int i = 0; i < column.length; i++) place[column[i]] = i;
        }

        private long crossings() {
            long all = 0;
            for (int column = 0; column + 1 < columns.length; column++) {
                int at = column;
                int[][] here = steps.stream().filter(step -> layer[step[0]] == at).toArray(int[][]::new);
                Arrays.sort(here, (a, b) -> place[a[0]] != place[b[0]] ? Integer.compare(place[a[0]], place[b[0]]) : Integer.compare(place[a[1]], place[b[1]]));
                // Inversions of the right ends, counted with a Fenwick tree.
                int[] seen = new int[columns[column + 1].length + 1];
                int before = 0;
                for (int[] step : here) {
                    int notAbove = 0;
                    for (int i = place[step[1]] + 1; i > 0; i -= i & -i) notAbove += seen[i];
                    all += before - notAbove;
                    for (int i = place[step[1]] + 1; i < seen.length; i += i & -i) seen[i]++;
                    before++;
                }
            }
            return all;
        }

        private double tall(int item) {
            return item < boxes ? BOX_HEIGHT : 2;
        }

        private double apart(int a, int b) {
            return (tall(a) + tall(b)) / 2 + (a < boxes && b < boxes ? GAP : LANE);
        }

        private void straighten(TaskContext context) {
            for (int[] column : columns) {
                double at = 0;
                for (int i = 0; i < column.length; i++) {
                    if (i > 0) at += apart(column[i - 1], column[i]);
                    middle[column[i]] = at;
                }
                for (int item : column) middle[item] -= at / 2;
            }
            for (int round = 0; round < STRAIGHTENINGS; round++) {
                context.checkpoint();
                for (int i = 0; i < columns.length; i++) nearest(columns[(round & 1) == 0 ? i : columns.length - 1 - i]);
            }
        }

        /// Moves a column's items as near to the middles of their neighbours as their order and size allow: pools of adjacent violators.
        private void nearest(int[] column) {
            double[] sum = new double[items];
            double[] weight = new double[items];
            for (int[] step : steps)
                for (int end = 0; end < 2; end++) {
                    if (layer[step[end]] != layer[column[0]]) continue;
                    int other = step[1 - end];
                    // Lines over several columns are to be straight before all else.
                    double pull = step[0] >= boxes && step[1] >= boxes ? 8 : step[0] >= boxes || step[1] >= boxes ? 2 : 1;
                    sum[step[end]] += pull * middle[other];
                    weight[step[end]] += pull;
                }
            int n = column.length;
            double[] offset = new double[n];
            for (int i = 1; i < n; i++) offset[i] = offset[i - 1] + apart(column[i - 1], column[i]);
            double[] mean = new double[n];
            double[] mass = new double[n];
            int[] length = new int[n];
            int pools = 0;
            for (int i = 0; i < n; i++) {
                int item = column[i];
                mass[pools] = weight[item] > 0 ? weight[item] : 0.05;
                mean[pools] = (weight[item] > 0 ? sum[item] / weight[item] : middle[item]) - offset[i];
                length[pools++] = 1;
                while (pools > 1 && mean[pools - 2] > mean[pools - 1]) {
                    double both = mass[pools - 2] + mass[pools - 1];
                    mean[pools - 2] = (mean[pools - 2] * mass[pools - 2] + mean[pools - 1] * mass[pools - 1]) / both;
                    mass[pools - 2] = both;
                    length[pools - 2] += length[--pools];
                }
            }
            int i = 0;
            for (int pool = 0; pool < pools; pool++) for (int k = 0; k < length[pool]; k++, i++) middle[column[i]] = mean[pool] + offset[i];
        }

        private GraphDrawing place() {
            double top = Double.POSITIVE_INFINITY;
            double bottom = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < items; i++) {
                top = Math.min(top, middle[i] - tall(i) / 2);
                bottom = Math.max(bottom, middle[i] + tall(i) / 2);
            }
            double[] x = new double[boxes];
            double[] y = new double[boxes];
            for (int i = 0; i < boxes; i++) {
                x[i] = MARGIN + layer[i] * COLUMN;
                y[i] = Math.round(MARGIN + middle[i] - top - BOX_HEIGHT / 2);
            }
            for (int i = 0; i < items; i++) middle[i] = i < boxes ? y[i] + BOX_HEIGHT / 2 : MARGIN + middle[i] - top;
            List<Curve> curves = curves(x);
            double right = (columns.length - 1) * COLUMN + BOX_WIDTH;
            // Lines within the last column bulge out of it, and their labels stand there.
            boolean bulges = curves.stream().anyMatch(curve -> curve.back() && curve.x()[0] == MARGIN + right && curve.x()[1] == curve.x()[0]);
            return new GraphDrawing(shown, x, y, curves, 2 * MARGIN + right + (bulges ? 70 : 0), 2 * MARGIN + bottom - top);
        }

        private List<Curve> curves(double[] x) {
            double[][] port = ports();
            var curves = new ArrayList<Curve>();
            for (int link = 0; link < chains.size(); link++) {
                int from = shown.links().get(link).from();
                int to = shown.links().get(link).to();
                if (from == to) continue;
                int[] chain = chains.get(link);
                boolean level = layer[from] == layer[to];
                double[] px = new double[level ? 2 : 2 * (chain.length - 1)];
                double[] py = new double[px.length];
                int n = 0;
                px[n] = x[chain[0]] + BOX_WIDTH;
                py[n++] = port[link][0];
                for (int i = 1; i + 1 < chain.length; i++) {
                    px[n] = MARGIN + layer[chain[i]] * COLUMN;
                    py[n++] = middle[chain[i]];
                    px[n] = px[n - 1] + BOX_WIDTH;
                    py[n++] = middle[chain[i]];
                }
                px[n] = x[chain[chain.length - 1]] + (level ? BOX_WIDTH : 0);
                py[n] = port[link][1];
                boolean turned = chain[0] != from;
                curves.add(new Curve(link, turned ? reversed(px) : px, turned ? reversed(py) : py, turned || level));
            }
            return List.copyOf(curves);
        }

        /// Where lines touch their boxes: spread over the side in the order of where they come from. By link: at the left end, at the right end.
        private double[][] ports() {
            double[][] port = new double[chains.size()][2];
            for (int box = 0; box < boxes; box++)
                for (int side = 0; side < 2; side++) {
                    var ends = new ArrayList<int[]>();
                    for (int link = 0; link < chains.size(); link++) {
                        int[] chain = chains.get(link);
                        if (chain[0] == chain[chain.length - 1]) continue;
                        boolean level = layer[chain[0]] == layer[chain[chain.length - 1]];
                        if (chain[0] == box && side == 1) ends.add(new int[] {link, 0, chain[1]});
                        if (chain[chain.length - 1] == box && side == (level ? 1 : 0)) ends.add(new int[] {link, 1, chain[chain.length - 2]});
                    }
                    ends.sort((a, b) -> Double.compare(middle[a[2]], middle[b[2]]));
                    double step = Math.min(9, (BOX_HEIGHT - 12) / Math.max(1, ends.size()));
                    for (int i = 0; i < ends.size(); i++)
                        port[ends.get(i)[0]][ends.get(i)[1]] = middle[box] + (i - (ends.size() - 1) / 2.0) * step;
                }
            return port;
        }

        private static double[] reversed(double[] values) {
            double[] reversed = new double[values.length];
            for (int i = 0; i < values.length; i++) reversed[i] = values[values.length - 1 - i];
            return reversed;
        }
    }
}
