package serpentarium.profile.format;

import java.io.IOException;
import java.util.Arrays;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import serpentarium.profile.StackTree;

/// The tree of pyinstrument's JSON renderer, in columns: frames before those that lie in them. The fields of a frame may come in any
/// order.
final class PyinstrumentTree {
    /// About what a frame takes while it is read and built.
    private static final int FRAME = 200;

    private final PyinstrumentFrames frames;
    private final int most = (int) Math.min(24_000_000, Runtime.getRuntime().maxMemory() / FRAME);
    private int[] parent = new int[256];
    private int[] function = new int[256];
    private double[] time = new double[256];
    private String[] open = new String[64];
    private String[] openFile = new String[64];
    private String[] openClass = new String[64];
    private int[] openLine = new int[64];
    private int[] frame = new int[64];
    private int depth;
    private int size;
    private boolean full;

    PyinstrumentTree(PyinstrumentFrames frames) {
        this.frames = frames;
    }

    /// Reads the frame at hand with all that lies in it. What is open when the document breaks off is closed by [#close()].
    void read(JsonInput in) throws IOException {
        begin();
        rest(in);
    }

    /// Reads on in a frame of which only the function was read yet.
    void readFrom(JsonInput in, String name) throws IOException {
        begin();
        open[0] = name;
        rest(in);
    }

    private void rest(JsonInput in) throws IOException {
        JsonParser parser = in.parser();
        boolean children = false;
        while (depth > 0) {
            JsonToken token = parser.nextToken();
            if (token == null) return;
            switch (token) {
                case END_ARRAY -> children = false;
                case END_OBJECT -> {
                    end();
                    children = depth > 0;
                }
                case START_OBJECT -> {
                    if (children) {
                        begin();
                        children = false;
                    } else parser.skipChildren();
                }
                case FIELD_NAME -> {
                    String key = parser.currentName();
                    parser.nextToken();
                    children = field(in, key);
                }
                default -> parser.skipChildren();
            }
        }
    }

    private boolean field(JsonInput in, String key) throws IOException {
        int at = depth - 1;
        switch (key) {
            case "function" -> open[at] = in.text();
            case "file_path" -> openFile[at] = in.text();
            case "file_path_short" -> {
                String text = in.text();
                if (openFile[at] == null) openFile[at] = text;
            }
            case "class_name" -> openClass[at] = in.text();
            case "line_no" -> openLine[at] = Math.max(0, in.index(Integer.MAX_VALUE));
            case "time" -> {
                double value = in.number();
                if (frame[at] >= 0 && value > 0) time[frame[at]] = value;
            }
            case "children" -> {
                if (in.parser().isExpectedStartArrayToken()) return true;
                in.parser().skipChildren();
            }
            default -> in.parser().skipChildren();
        }
        return false;
    }

    private void begin() {
        if (depth == frame.length) {
            frame = Arrays.copyOf(frame, depth * 2);
            open = Arrays.copyOf(open, depth * 2);
            openFile = Arrays.copyOf(openFile, depth * 2);
            openClass = Arrays.copyOf(openClass, depth * 2);
            openLine = Arrays.copyOf(openLine, depth * 2);
        }
        open[depth] = null;
        openFile[depth] = null;
        openClass[depth] = null;
        openLine[depth] = 0;
        frame[depth] = add(depth == 0 ? -1 : frame[depth - 1], depth > 0);
        depth++;
    }

    private int add(int above, boolean inside) {
        if (size == most || inside && above < 0) {
            full = true;
            return -1;
        }
        if (size == parent.length) {
            int more = Math.min(most, size * 2);
            parent = Arrays.copyOf(parent, more);
            function = Arrays.copyOf(function, more);
            time = Arrays.copyOf(time, more);
        }
        parent[size] = above;
        function[size] = -1;
        time[size] = Double.NaN;
        return size++;
    }

    private void end() {
        depth--;
        int at = frame[depth];
        if (at < 0) return;
        String name = open[depth] == null ? "" : open[depth];
        if (PyinstrumentFrames.self(name) || name.equals("[root]")) return;
        function[at] = frames.function(name, openFile[depth], openLine[depth]);
        if (function[at] < 0) full = true;
        else if (openClass[depth] != null) frames.of(function[at], openClass[depth]);
    }

    /// Closes what is open because the document broke off.
    void close() {
        while (depth > 0) end();
    }

    /// Whether there were more frames than fit.
    boolean full() {
        return full;
    }

    /// How many frames there are.
    int size() {
        return size;
    }

    /// Adds the frames to a tree; what lies in a frame is taken off its own cost.
    ///
    /// @return how many seconds all took together
    double build(StackTree.Builder tree) {
        double[] own = new double[size];
        for (int i = size - 1; i >= 0; i--) {
            // A frame that was still open has no time of its own yet: it takes what lies in it.
            double inside = own[i];
            double whole = Double.isNaN(time[i]) ? inside : Math.max(time[i], inside);
            if (parent[i] >= 0) own[parent[i]] += whole;
            own[i] = whole - inside < 1e-9 * whole ? 0 : whole - inside;
        }
        int[] node = new int[size];
        double total = 0;
        for (int i = 0; i < size; i++) {
            int above = parent[i] < 0 ? 0 : node[parent[i]];
            node[i] = function[i] < 0 ? above : tree.child(above, function[i]);
            if (node[i] == 0) continue;
            tree.addSelf(0, node[i], own[i]);
            total += own[i];
        }
        return total;
    }
}
