package serpentarium.profile.ui;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.paint.Color;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.kit.Tokens;
import serpentarium.profile.analysis.Analysis;
import serpentarium.profile.analysis.GraphDrawing;
import serpentarium.profile.analysis.GraphSvg;
import serpentarium.profile.analysis.Neighbourhood;
import serpentarium.profile.analysis.Neighbourhood.Box;
import serpentarium.profile.analysis.Neighbourhood.Link;

/// A drawn call graph with all its texts and colours, made once for a drawing and never changed: safe to write from another thread.
final class GraphScene implements GraphSvg.Look {
    private static final Strings STRINGS = Strings.of(GraphScene.class);
    private static final double LABEL_WIDTH = 108;
    private static final double LABEL_HEIGHT = 14;
    private static final double WIDEST_LINE = 7;

    private final GraphDrawing drawing;
    private final String[] names;
    private final String[] figures;
    private final String[] tooltips;
    private final int[] fills;
    private final boolean[] found;
    private final double[] totalShare;
    private final double[] selfShare;
    private final String[] labels;
    private final double[] thickness;
    private final boolean[] roomy;
    private final int background;
    private final int line;

    /// @param drawing where everything lies
    /// @param model   how costs are written, and what is searched for
    /// @param colors  the colours of functions, as in the flame graph
    GraphScene(GraphDrawing drawing, Analysis analysis, ProfileViewModel model, FlameColors colors, Tokens tokens) {
        this.drawing = drawing;
        List<Box> boxes = drawing.shown().boxes();
        List<Link> links = drawing.shown().links();
        int n = boxes.size();
        names = new String[n];
        figures = new String[n];
        tooltips = new String[n];
        fills = new int[n];
        found = new boolean[n];
        totalShare = new double[n];
        selfShare = new double[n];
        background = colors.background();
        line = argb(tokens.muted());
        boolean search = model.matches().get().found() != null;
        boolean[] itself = new boolean[n];
        for (Link link : links) if (link.from() == link.to()) itself[link.from()] = true;
        for (int i = 0; i < n; i++) {
            Box box = boxes.get(i);
            String name = told(boxes, box, analysis);
            names[i] = itself[i] ? "↻ " + name : name;
            figures[i] = STRINGS.get("graph.figures", model.cost(box.total()), model.cost(box.self()));
            tooltips[i] = tooltip(box, analysis, model, itself[i]);
            totalShare[i] = Math.clamp(nonNaN(box.total() / model.whole()), 0, 1);
            selfShare[i] = Math.clamp(nonNaN(box.self() / model.whole()), 0, 1);
            found[i] = search && model.matches().get().functions().get(box.function());
            int fill = colors.fill(box.function());
            fills[i] = search && !found[i] ? colors.dimmed(fill) : fill;
        }
        labels = new String[links.size()];
        thickness = new double[links.size()];
        double most = 0;
        for (Link link : links) if (link.from() != link.to() && link.cost() > most) most = link.cost();
        for (int i = 0; i < labels.length; i++) {
            Link link = links.get(i);
            labels[i] = label(link, model);
            thickness[i] = Double.isNaN(link.cost()) || most <= 0 ? 1 : 1 + (WIDEST_LINE - 1) * Math.sqrt(Math.max(0, link.cost()) / most);
        }
        roomy = roomy();
    }

    /// The function's name, with its place where another box has the same name or the name alone says nothing.
    private static String told(List<Box> boxes, Box box, Analysis analysis) {
        String name = FunctionText.name(analysis.frames(), box.function());
        String place = FunctionText.place(analysis.frames(), box.function());
        boolean twice = boxes.stream().filter(each -> FunctionText.name(analysis.frames(), each.function()).equals(name)).count() > 1;
        return place.isEmpty() || !twice && !name.startsWith("<") ? name : STRINGS.get("graph.name", name, place);
    }

    private static double nonNaN(double value) {
        return Double.isNaN(value) ? 0 : value;
    }

    private static int argb(Color color) {
        return FlamePainter.argb(color);
    }

    private static String label(Link link, ProfileViewModel model) {
        String cost = Double.isNaN(link.cost()) ? STRINGS.get("graph.unknown") : model.cost(link.cost());
        return link.calls() == null ? cost : STRINGS.get("graph.label", cost, FunctionColumn.count(link.calls()));
    }

    private static String tooltip(Box box, Analysis analysis, ProfileViewModel model, boolean itself) {
        var lines = new ArrayList<String>();
        lines.add(FunctionText.name(analysis.frames(), box.function()));
        String path = FunctionText.path(analysis.frames(), box.function());
        if (!path.isEmpty()) lines.add(path);
        lines.add(STRINGS.get("graph.tip.total", model.absolute(box.total()), model.share(box.total())));
        lines.add(STRINGS.get("graph.tip.self", model.absolute(box.self()), model.share(box.self())));
        if (box.calls() != null) lines.add(STRINGS.get("graph.tip.calls", FunctionColumn.count(box.calls())));
        if (itself) lines.add(STRINGS.get("graph.tip.itself"));
        if (box.moreCallers() > 0) lines.add(STRINGS.get("graph.tip.more-callers", box.moreCallers()));
        if (box.moreCallees() > 0) lines.add(STRINGS.get("graph.tip.more-callees", box.moreCallees()));
        return String.join("\n", lines);
    }

    /// Which lines have room for their label: the dearest first, none on another or on a box.
    private boolean[] roomy() {
        boolean[] room = new boolean[labels.length];
        var taken = new ArrayList<double[]>();
        for (GraphDrawing.Curve curve : drawing.curves()) {
            double[] at = curve.middle();
            boolean free = true;
            for (double[] other : taken)
                if (Math.abs(other[0] - at[0]) < LABEL_WIDTH && Math.abs(other[1] - at[1]) < LABEL_HEIGHT) free = false;
            for (int box = 0; free && box < names.length; box++)
                free = at[0] + LABEL_WIDTH / 2 < drawing.x(box) || at[0] - LABEL_WIDTH / 2 > drawing.x(box) + GraphDrawing.BOX_WIDTH
                        || at[1] + LABEL_HEIGHT / 2 < drawing.y(box) || at[1] - LABEL_HEIGHT / 2 > drawing.y(box) + GraphDrawing.BOX_HEIGHT;
            if (!free) continue;
            room[curve.link()] = true;
            taken.add(at);
        }
        return room;
    }

    /// Where everything lies.
    GraphDrawing drawing() {
        return drawing;
    }

    /// What is drawn.
    Neighbourhood shown() {
        return drawing.shown();
    }

    /// The function of a box.
    int function(int box) {
        return shown().boxes().get(box).function();
    }

    /// Whether a search found a box's function.
    boolean found(int box) {
        return found[box];
    }

    /// Whether a line's label stands on nothing else.
    boolean roomy(int link) {
        return roomy[link];
    }

    @Override public int background() {
        return background;
    }

    @Override public int fill(int box) {
        return fills[box];
    }

    @Override public int textOn(int fill) {
        return FlameColors.textOn(fill);
    }

    @Override public int line() {
        return line;
    }

    @Override public String name(int box) {
        return names[box];
    }

    @Override public String figures(int box) {
        return figures[box];
    }

    @Override public String tooltip(int box) {
        return tooltips[box];
    }

    @Override public double totalShare(int box) {
        return totalShare[box];
    }

    @Override public double selfShare(int box) {
        return selfShare[box];
    }

    @Override public String label(int link) {
        return labels[link];
    }

    @Override public double thickness(int link) {
        return thickness[link];
    }

    @Override public boolean unknown(int link) {
        return Double.isNaN(shown().links().get(link).cost());
    }

    /// The box that leads to another, or that it leads to, by the dearest line; -1 where there is none.
    ///
    /// @param callers whether a caller is looked for
    int neighbour(int box, boolean callers) {
        for (Link link : shown().links()) {
            if (link.from() == link.to()) continue;
            if (callers && link.to() == box) return link.from();
            if (!callers && link.from() == box) return link.to();
        }
        return -1;
    }

    /// The next box of the same column further up or down; -1 where there is none.
    int beside(int box, boolean down) {
        int next = -1;
        for (int i = 0; i < names.length; i++) {
            double dy = drawing.y(i) - drawing.y(box);
            if (i == box || drawing.x(i) != drawing.x(box) || down != dy > 0) continue;
            if (next < 0 || Math.abs(dy) < Math.abs(drawing.y(next) - drawing.y(box))) next = i;
        }
        return next;
    }
}
