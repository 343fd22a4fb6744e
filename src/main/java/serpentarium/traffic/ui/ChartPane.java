package serpentarium.traffic.ui;

import java.awt.geom.Rectangle2D;
import java.util.function.Consumer;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.fx.ChartCanvas;
import org.jfree.chart.plot.XYPlot;
import serpentarium.traffic.analysis.FlowScope;

/// A chart that fills its place. Where it is told what to do with it, a rectangle can be drawn over it with the mouse.
final class ChartPane extends Region {
    private final ChartCanvas canvas;
    private final Rectangle brush = new Rectangle();
    private double fromX;
    private double fromY;

    /// @param brushed what to do with a brushed rectangle, or null
    ChartPane(JFreeChart chart, Consumer<FlowScope.Brushed> brushed) {
        canvas = new ChartCanvas(chart);
        setAccessibleText(chart.getTitle().getText());
        canvas.setTooltipEnabled(false);
        canvas.setDomainZoomable(false);
        canvas.setRangeZoomable(false);
        canvas.setMouseTransparent(true);
        brush.getStyleClass().add("chart-brush");
        brush.setManaged(false);
        brush.setVisible(false);
        getChildren().addAll(canvas, brush);
        setMinSize(0, 0);
        setPrefSize(300, 200);
        if (brushed != null) brushing(brushed);
    }

    /// Shows another chart.
    void chart(JFreeChart chart) {
        canvas.setChart(chart);
        setAccessibleText(chart.getTitle().getText());
    }

    private void brushing(Consumer<FlowScope.Brushed> brushed) {
        setCursor(javafx.scene.Cursor.CROSSHAIR);
        addEventHandler(MouseEvent.MOUSE_PRESSED, event -> {
            if (event.getButton() != MouseButton.PRIMARY) return;
            fromX = event.getX();
            fromY = event.getY();
        });
        addEventHandler(MouseEvent.MOUSE_DRAGGED, event -> {
            brush.setVisible(true);
            brush.setX(Math.min(fromX, event.getX()));
            brush.setY(Math.min(fromY, event.getY()));
            brush.setWidth(Math.abs(event.getX() - fromX));
            brush.setHeight(Math.abs(event.getY() - fromY));
        });
        addEventHandler(MouseEvent.MOUSE_RELEASED, _ -> {
            if (!brush.isVisible()) return;
            brush.setVisible(false);
            if (brush.getWidth() > 3 && brush.getHeight() > 3) brushed.accept(range(brush.getX(), brush.getX() + brush.getWidth(), brush.getY(),
                    brush.getY() + brush.getHeight()));
        });
    }

    private FlowScope.Brushed range(double left, double right, double top, double bottom) {
        Rectangle2D area = canvas.getRenderingInfo().getPlotInfo().getDataArea();
        XYPlot plot = canvas.getChart().getXYPlot();
        return new FlowScope.Brushed(plot.getDomainAxis().java2DToValue(left, area, plot.getDomainAxisEdge()) / 1000,
                plot.getDomainAxis().java2DToValue(right, area, plot.getDomainAxisEdge()) / 1000,
                plot.getRangeAxis().java2DToValue(bottom, area, plot.getRangeAxisEdge()), plot.getRangeAxis().java2DToValue(top, area, plot.getRangeAxisEdge()));
    }

    @Override protected void layoutChildren() {
        canvas.setWidth(Math.max(10, getWidth()));
        canvas.setHeight(Math.max(10, getHeight()));
    }
}
