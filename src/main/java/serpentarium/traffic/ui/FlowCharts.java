package serpentarium.traffic.ui;

import java.awt.BasicStroke;
import java.awt.Font;
import java.text.NumberFormat;
import java.text.FieldPosition;
import java.text.ParsePosition;
import java.util.Date;
import javafx.scene.paint.Color;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.DateAxis;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.StackedXYBarRenderer;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;
import org.jfree.chart.renderer.xy.XYDotRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.TextTitle;
import org.jfree.data.time.SimpleTimePeriod;
import org.jfree.data.time.TimeTableXYDataset;
import org.jfree.data.xy.AbstractXYDataset;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.kit.Tokens;
import serpentarium.traffic.FlowTable;
import serpentarium.traffic.analysis.FlowStatistics;

/// The charts over a session, in the colours of the window.
final class FlowCharts {
    private static final Strings STRINGS = Strings.of(FlowCharts.class);
    private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
    private static final double LEAST = 1e-5;

    private final Tokens tokens;

    FlowCharts(Tokens tokens) {
        this.tokens = tokens;
    }

    /// Requests a second by class of status, stacked.
    JFreeChart rate(FlowStatistics of) {
        var data = new TimeTableXYDataset();
        for (int code = 0; code < of.counts().length; code++)
            for (int step = 0; step < of.counts()[code].length; step++) {
                double from = of.start() + step * of.step();
                if (of.counts()[code][step] > 0 || code == 0)
                    data.add(new SimpleTimePeriod(date(from), date(from + of.step())), of.counts()[code][step] / of.step(), name(code), false);
            }
        var renderer = new StackedXYBarRenderer(0.1);
        renderer.setBarPainter(new StandardXYBarPainter());
        renderer.setShadowVisible(false);
        renderer.setDrawBarOutline(false);
        for (int series = 0; series < data.getSeriesCount(); series++) renderer.setSeriesPaint(series, paint(color(data.getSeriesKey(series).toString())));
        var value = new NumberAxis();
        return chart(STRINGS.get("charts.rate"), new XYPlot(data, time(), value, renderer), true);
    }

    private static String name(int code) {
        return code == 0 ? STRINGS.get("charts.no-answer") : code + "xx";
    }

    private static Color color(String name) {
        return StatusClass.ofCode(Character.isDigit(name.charAt(0)) ? (name.charAt(0) - '0') * 100 : 0).color();
    }

    /// What half, 95 and 99 of 100 requests keep to, over time.
    JFreeChart percentiles(FlowStatistics of) {
        var data = new XYSeriesCollection();
        double[][] values = {of.p50(), of.p95(), of.p99()};
        String[] names = {"p50", "p95", "p99"};
        Color[] colors = {StatusClass.SUCCESS.color(), StatusClass.REDIRECT.color(), StatusClass.CLIENT_ERROR.color()};
        var renderer = new XYLineAndShapeRenderer(true, false);
        for (int i = 0; i < values.length; i++) {
            var series = new XYSeries(names[i]);
            for (int step = 0; step < values[i].length; step++)
                if (!Double.isNaN(values[i][step])) series.add(millis(of.start() + (step + 0.5) * of.step()), Math.max(LEAST, values[i][step]));
            data.addSeries(series);
            renderer.setSeriesPaint(i, paint(colors[i]));
            renderer.setSeriesStroke(i, new BasicStroke(1.8f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, 1, i == 0 ? null : i == 1 ? new float[] {7, 3} : new float[] {2, 3}, 0));
        }
        return chart(STRINGS.get("charts.percentiles"), new XYPlot(data, time(), seconds(), renderer), true);
    }

    /// Each request as a point: when it began, how long it took.
    JFreeChart points(FlowStatistics of, FlowTable table) {
        StatusClass[] classes = StatusClass.values();
        int[][] rows = new int[classes.length][];
        int[] sizes = new int[classes.length];
        for (int row : of.points()) sizes[StatusClass.of(table, row).ordinal()]++;
        for (int i = 0; i < rows.length; i++) rows[i] = new int[sizes[i]];
        java.util.Arrays.fill(sizes, 0);
        for (int row : of.points()) {
            int at = StatusClass.of(table, row).ordinal();
            rows[at][sizes[at]++] = row;
        }
        var renderer = new XYDotRenderer();
        renderer.setDotWidth(3);
        renderer.setDotHeight(3);
        for (StatusClass each : classes) renderer.setSeriesPaint(each.ordinal(), paint(each.color().deriveColor(0, 1, 1, 0.75)));
        return chart(STRINGS.get("charts.points"), new XYPlot(new Points(rows, table), time(), seconds(), renderer), false);
    }

    private DateAxis time() {
        return new DateAxis();
    }

    private static LogAxis seconds() {
        var axis = new LogAxis();
        axis.setSmallestValue(LEAST);
        axis.setNumberFormatOverride(new TimeFormat());
        return axis;
    }

    private JFreeChart chart(String title, XYPlot plot, boolean legend) {
        var chart = new JFreeChart(null, FONT, plot, legend);
        chart.setTitle(new TextTitle(title, FONT.deriveFont(Font.BOLD, 12f)));
        chart.getTitle().setPaint(paint(tokens.text()));
        chart.setBackgroundPaint(paint(tokens.background()));
        plot.setBackgroundPaint(paint(tokens.background()));
        plot.setOutlineVisible(false);
        plot.setDomainGridlinePaint(paint(tokens.border()));
        plot.setRangeGridlinePaint(paint(tokens.border()));
        for (ValueAxis axis : new ValueAxis[] {plot.getDomainAxis(), plot.getRangeAxis()}) {
            axis.setTickLabelFont(FONT);
            axis.setTickLabelPaint(paint(tokens.muted()));
            axis.setAxisLinePaint(paint(tokens.border()));
            axis.setTickMarkPaint(paint(tokens.border()));
        }
        if (chart.getLegend() != null) {
            chart.getLegend().setBackgroundPaint(paint(tokens.background()));
            chart.getLegend().setItemPaint(paint(tokens.text()));
            chart.getLegend().setItemFont(FONT);
            chart.getLegend().setFrame(org.jfree.chart.block.BlockBorder.NONE);
        }
        return chart;
    }

    private static Date date(double seconds) {
        return new Date(Math.round(seconds * 1000));
    }

    private static double millis(double seconds) {
        return seconds * 1000;
    }

    private static java.awt.Color paint(Color color) {
        return new java.awt.Color((float) color.getRed(), (float) color.getGreen(), (float) color.getBlue(), (float) color.getOpacity());
    }

    /// Times as the rest of the window writes them.
    private static final class TimeFormat extends NumberFormat {
        private static final long serialVersionUID = 1;

        @Override public StringBuffer format(double number, StringBuffer to, FieldPosition position) {
            return to.append(Quantity.time(number));
        }

        @Override public StringBuffer format(long number, StringBuffer to, FieldPosition position) {
            return format((double) number, to, position);
        }

        /// Axes are not typed into: nothing is understood, which is what a position that stays says.
        @Override public Number parse(String text, ParsePosition position) {
            return null;
        }
    }

    /// Rows as points, without an object each.
    private static final class Points extends AbstractXYDataset {
        private static final long serialVersionUID = 1;
        private final int[][] rows;
        private final transient FlowTable table;

        Points(int[][] rows, FlowTable table) {
            this.rows = rows;
            this.table = table;
        }

        @Override public int getSeriesCount() {
            return rows.length;
        }

        @Override public Comparable<?> getSeriesKey(int series) {
            return StatusClass.values()[series];
        }

        @Override public int getItemCount(int series) {
            return rows[series].length;
        }

        @Override public double getXValue(int series, int item) {
            return table.started(rows[series][item]) * 1000;
        }

        @Override public double getYValue(int series, int item) {
            return Math.max(LEAST, table.duration(rows[series][item]));
        }

        @Override public Number getX(int series, int item) {
            return getXValue(series, item);
        }

        @Override public Number getY(int series, int item) {
            return getYValue(series, item);
        }
    }
}
