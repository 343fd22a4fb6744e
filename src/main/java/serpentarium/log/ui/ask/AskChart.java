package serpentarium.log.ui.ask;

import java.awt.BasicStroke;
import java.awt.Font;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.Axis;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.DateAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.fx.ChartCanvas;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.category.DefaultCategoryDataset;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import serpentarium.kit.Tokens;
import serpentarium.log.analysis.LogTally;

/// An answer as a chart: lines over time where there are steps of time, else bars of the largest groups.
final class AskChart extends Region {
    private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
    private static final int SERIES = 8;
    private static final int BARS = 15;
    private static final int LONGEST = 40;
    private static final List<Color> LINES = List.of(Color.web("#2f81f7"), Color.web("#d29922"), Color.web("#3fb950"), Color.web("#f85149"), Color.web("#a371f7"), Color.web("#39c5cf"),
            Color.web("#db61a2"), Color.web("#8b949e"));

    private final ChartCanvas canvas;
    private Tokens tokens;
    private AskViewModel.Answer answer;

    AskChart(Tokens tokens) {
        this.tokens = tokens;
        canvas = new ChartCanvas(new JFreeChart(null, FONT, new XYPlot(), false));
        canvas.setTooltipEnabled(false);
        canvas.setDomainZoomable(false);
        canvas.setRangeZoomable(false);
        canvas.setMouseTransparent(true);
        getChildren().add(canvas);
        setMinSize(0, 0);
        setPrefSize(300, 180);
    }

    /// Whether an answer can be drawn: it has several groups.
    static boolean draws(AskViewModel.Answer answer) {
        return answer.table().rows().size() > 1;
    }

    void colours(Tokens now) {
        tokens = now;
        if (answer != null) show(answer);
    }

    void show(AskViewModel.Answer now) {
        answer = now;
        setAccessibleText(now.text());
        canvas.setChart(now.question().step() > 0 ? time(now.table(), now.question().step()) : bars(now.table()));
    }

    private JFreeChart time(LogTally.Table table, long step) {
        var sums = new HashMap<String, Double>();
        for (LogTally.Row row : table.rows()) sums.merge(name(row, 1), row.value(), Double::sum);
        List<String> shown = sums.entrySet().stream().sorted(Map.Entry.<String, Double>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey())).limit(SERIES)
                .map(Map.Entry::getKey).toList();
        var values = new LinkedHashMap<String, TreeMap<Long, Double>>();
        shown.forEach(name -> values.put(name, new TreeMap<>()));
        for (LogTally.Row row : table.rows()) {
            TreeMap<Long, Double> of = values.get(name(row, 1));
            if (of != null && !row.keys().getFirst().isEmpty()) of.put(Instant.parse(row.keys().getFirst()).toEpochMilli(), row.value());
        }
        var data = new XYSeriesCollection();
        var renderer = new XYLineAndShapeRenderer(true, true);
        long millis = Math.max(1, step / 1_000_000);
        values.forEach((name, of) -> {
            renderer.setSeriesPaint(data.getSeriesCount(), paint(LINES.get(data.getSeriesCount())));
            renderer.setSeriesStroke(data.getSeriesCount(), new BasicStroke(1.8f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            renderer.setSeriesShape(data.getSeriesCount(), new java.awt.geom.Ellipse2D.Double(-2, -2, 4, 4));
            data.addSeries(series(name, of, millis));
        });
        return styled(new XYPlot(data, new DateAxis(), number(), renderer), values.size() > 1);
    }

    /// A line that breaks where a step has nothing.
    private static XYSeries series(String name, TreeMap<Long, Double> of, long millis) {
        var series = new XYSeries(name);
        long before = Long.MIN_VALUE;
        for (var each : of.entrySet()) {
            if (before != Long.MIN_VALUE && each.getKey() - before > millis) series.add((double) before + millis, null);
            series.add((double) each.getKey(), each.getValue());
            before = each.getKey();
        }
        return series;
    }

    private JFreeChart bars(LogTally.Table table) {
        var data = new DefaultCategoryDataset();
        for (LogTally.Row row : table.rows().subList(0, Math.min(BARS, table.rows().size()))) {
            String name = name(row, 0);
            while (data.getColumnIndex(name) >= 0) name += "'";
            data.addValue(row.value(), "", name);
        }
        var renderer = new BarRenderer();
        renderer.setBarPainter(new StandardBarPainter());
        renderer.setShadowVisible(false);
        renderer.setDefaultPaint(paint(tokens.accent()));
        renderer.setSeriesPaint(0, paint(tokens.accent()));
        renderer.setMaximumBarWidth(0.1);
        var axis = new CategoryAxis();
        axis.setMaximumCategoryLabelWidthRatio(0.5f);
        var plot = new CategoryPlot(data, axis, number(), renderer);
        plot.setOrientation(PlotOrientation.HORIZONTAL);
        plot.setRangeAxisLocation(org.jfree.chart.axis.AxisLocation.BOTTOM_OR_LEFT);
        return styled(plot, false);
    }

    private static NumberAxis number() {
        var axis = new NumberAxis();
        axis.setAutoRangeIncludesZero(true);
        return axis;
    }

    private static String name(LogTally.Row row, int from) {
        String name = String.join(" · ", row.keys().subList(Math.min(from, row.keys().size()), row.keys().size()));
        if (name.isEmpty()) return "–";
        return name.length() > LONGEST ? name.substring(0, LONGEST - 1) + "…" : name;
    }

    private JFreeChart styled(Plot plot, boolean legend) {
        var chart = new JFreeChart(null, FONT, plot, legend);
        chart.setBackgroundPaint(paint(tokens.background()));
        plot.setBackgroundPaint(paint(tokens.background()));
        plot.setOutlineVisible(false);
        if (plot instanceof XYPlot xy) {
            xy.setDomainGridlinePaint(paint(tokens.border()));
            xy.setRangeGridlinePaint(paint(tokens.border()));
            axes(xy.getDomainAxis(), xy.getRangeAxis());
        } else if (plot instanceof CategoryPlot category) {
            category.setRangeGridlinePaint(paint(tokens.border()));
            axes(category.getDomainAxis(), category.getRangeAxis());
        }
        if (chart.getLegend() != null) {
            chart.getLegend().setBackgroundPaint(paint(tokens.background()));
            chart.getLegend().setItemPaint(paint(tokens.text()));
            chart.getLegend().setItemFont(FONT);
            chart.getLegend().setFrame(BlockBorder.NONE);
        }
        return chart;
    }

    private void axes(Axis... axes) {
        for (Axis axis : axes) {
            axis.setTickLabelFont(FONT);
            axis.setTickLabelPaint(paint(tokens.muted()));
            axis.setAxisLinePaint(paint(tokens.border()));
            axis.setTickMarkPaint(paint(tokens.border()));
        }
    }

    private static java.awt.Color paint(Color color) {
        return new java.awt.Color((float) color.getRed(), (float) color.getGreen(), (float) color.getBlue(), (float) color.getOpacity());
    }

    @Override protected void layoutChildren() {
        canvas.setWidth(Math.max(10, getWidth()));
        canvas.setHeight(Math.max(10, getHeight()));
    }
}
