package serpentarium.profile.analysis;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// Writes a drawn call graph as a picture of its own in SVG 1.1: boxes with two lines of text, curves with arrows and labels, tooltips in
/// `<title>`, no script.
public final class GraphSvg {
    private static final double NAME_SIZE = 12;
    private static final double SMALL_SIZE = 10.5;
    private static final double CHARACTER = 0.58;

    private GraphSvg() {}

    /// What boxes and lines look like.
    public interface Look {
        /// The colour behind everything, 0xRRGGBB.
        int background();

        /// The colour of a box, 0xRRGGBB.
        int fill(int box);

        /// The colour of text on a colour, 0xRRGGBB.
        int textOn(int fill);

        /// The colour of lines and of their labels, 0xRRGGBB.
        int line();

        /// The first line in a box.
        String name(int box);

        /// The second line in a box.
        String figures(int box);

        /// What is said of a box when the pointer rests on it.
        String tooltip(int box);

        /// The part of a box's bar that its total takes, 0…1.
        double totalShare(int box);

        /// The part of a box's bar that its own cost takes, 0…1.
        double selfShare(int box);

        /// What stands at a line.
        String label(int link);

        /// How wide a line is.
        double thickness(int link);

        /// Whether a line's cost is not known.
        boolean unknown(int link);
    }

    /// Writes the picture in UTF-8; the stream stays open.
    public static void write(OutputStream out, GraphDrawing drawing, Look look, String title) throws IOException {
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
            document(xml, drawing, look, title);
            xml.close();
        } catch (XMLStreamException e) {
            if (e.getNestedException() instanceof IOException io) throw io;
            throw new IOException(e);
        }
    }

    private static void document(XMLStreamWriter xml, GraphDrawing drawing, Look look, String title) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeStartElement("svg");
        xml.writeDefaultNamespace("http://www.w3.org/2000/svg");
        xml.writeAttribute("width", number(drawing.width()));
        xml.writeAttribute("height", number(drawing.height()));
        xml.writeAttribute("viewBox", "0 0 " + number(drawing.width()) + " " + number(drawing.height()));
        xml.writeAttribute("font-family", "Inter, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif");
        text(xml, "title", title);
        rectangle(xml, 0, 0, drawing.width(), drawing.height(), 0, look.background());
        for (GraphDrawing.Curve curve : drawing.curves()) curve(xml, curve, look);
        for (GraphDrawing.Curve curve : drawing.curves()) label(xml, curve, look);
        for (int box = 0; box < drawing.shown().boxes().size(); box++) box(xml, drawing, look, box);
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private static void curve(XMLStreamWriter xml, GraphDrawing.Curve curve, Look look) throws XMLStreamException {
        var path = new StringBuilder("M" + number(curve.x()[0]) + " " + number(curve.y()[0]));
        int last = curve.x().length - 1;
        for (int part = 0; part < last; part++) {
            double bend = curve.bend(part);
            path.append(" C").append(number(curve.x()[part] + curve.leaving(part) * bend)).append(' ').append(number(curve.y()[part])).append(' ')
                    .append(number(curve.x()[part + 1] + curve.arriving(part) * bend)).append(' ').append(number(curve.y()[part + 1])).append(' ')
                    .append(number(curve.x()[part + 1])).append(' ').append(number(curve.y()[part + 1]));
        }
        xml.writeEmptyElement("path");
        xml.writeAttribute("d", path.toString());
        xml.writeAttribute("fill", "none");
        xml.writeAttribute("stroke", color(look.line()));
        xml.writeAttribute("stroke-opacity", "0.55");
        xml.writeAttribute("stroke-width", number(look.thickness(curve.link())));
        if (look.unknown(curve.link()) || curve.back()) xml.writeAttribute("stroke-dasharray", look.unknown(curve.link()) ? "2 4" : "7 4");
        double side = curve.arriving(last - 1);
        double size = 5 + look.thickness(curve.link()) / 2;
        double x = curve.x()[last];
        double y = curve.y()[last];
        xml.writeEmptyElement("path");
        xml.writeAttribute("d", "M" + number(x) + " " + number(y) + " L" + number(x + side * size * 1.4) + " " + number(y - size * 0.7)
                + " L" + number(x + side * size * 1.4) + " " + number(y + size * 0.7) + " Z");
        xml.writeAttribute("fill", color(look.line()));
    }

    private static void label(XMLStreamWriter xml, GraphDrawing.Curve curve, Look look) throws XMLStreamException {
        String label = look.label(curve.link());
        if (label.isEmpty()) return;
        double[] at = curve.middle();
        xml.writeStartElement("text");
        xml.writeAttribute("x", number(at[0]));
        xml.writeAttribute("y", number(at[1] + SMALL_SIZE / 3));
        xml.writeAttribute("text-anchor", "middle");
        xml.writeAttribute("font-size", number(SMALL_SIZE));
        xml.writeAttribute("fill", color(look.line()));
        xml.writeAttribute("stroke", color(look.background()));
        xml.writeAttribute("stroke-width", "3");
        xml.writeAttribute("paint-order", "stroke");
        xml.writeCharacters(FlameSvg.clean(label));
        xml.writeEndElement();
    }

    private static void box(XMLStreamWriter xml, GraphDrawing drawing, Look look, int box) throws XMLStreamException {
        double x = drawing.x(box);
        double y = drawing.y(box);
        int fill = look.fill(box);
        int ink = look.textOn(fill);
        xml.writeStartElement("g");
        text(xml, "title", look.tooltip(box));
        rectangle(xml, x, y, GraphDrawing.BOX_WIDTH, GraphDrawing.BOX_HEIGHT, 5, fill);
        if (box == 0) {
            xml.writeEmptyElement("rect");
            area(xml, x - 1.5, y - 1.5, GraphDrawing.BOX_WIDTH + 3, GraphDrawing.BOX_HEIGHT + 3, 6);
            xml.writeAttribute("fill", "none");
            xml.writeAttribute("stroke", color(look.line()));
            xml.writeAttribute("stroke-width", "2.5");
        }
        line(xml, x + 8, y + 17, NAME_SIZE, ink, true, look.name(box));
        line(xml, x + 8, y + 32, SMALL_SIZE, ink, false, look.figures(box));
        double room = GraphDrawing.BOX_WIDTH - 16;
        bar(xml, x + 8, y + 38, room, ink, "0.18");
        bar(xml, x + 8, y + 38, room * look.totalShare(box), ink, "0.35");
        bar(xml, x + 8, y + 38, room * look.selfShare(box), ink, "0.85");
        xml.writeEndElement();
    }

    private static void bar(XMLStreamWriter xml, double x, double y, double width, int fill, String opacity) throws XMLStreamException {
        if (!(width > 0)) return;
        xml.writeEmptyElement("rect");
        area(xml, x, y, width, 4, 1);
        xml.writeAttribute("fill", color(fill));
        xml.writeAttribute("fill-opacity", opacity);
    }

    private static void line(XMLStreamWriter xml, double x, double y, double size, int ink, boolean bold, String text) throws XMLStreamException {
        int characters = (int) ((GraphDrawing.BOX_WIDTH - 16) / (size * CHARACTER));
        int length = text.codePointCount(0, text.length());
        String shown = length <= characters ? text : text.substring(0, text.offsetByCodePoints(0, characters - 1)) + "…";
        xml.writeStartElement("text");
        xml.writeAttribute("x", number(x));
        xml.writeAttribute("y", number(y));
        xml.writeAttribute("font-size", number(size));
        if (bold) xml.writeAttribute("font-weight", "bold");
        xml.writeAttribute("fill", color(ink));
        xml.writeCharacters(FlameSvg.clean(shown));
        xml.writeEndElement();
    }

    private static void rectangle(XMLStreamWriter xml, double x, double y, double width, double height, double round, int fill)
            throws XMLStreamException {
        xml.writeEmptyElement("rect");
        area(xml, x, y, width, height, round);
        xml.writeAttribute("fill", color(fill));
    }

    private static void area(XMLStreamWriter xml, double x, double y, double width, double height, double round) throws XMLStreamException {
        xml.writeAttribute("x", number(x));
        xml.writeAttribute("y", number(y));
        xml.writeAttribute("width", number(width));
        xml.writeAttribute("height", number(height));
        if (round > 0) xml.writeAttribute("rx", number(round));
    }

    private static void text(XMLStreamWriter xml, String element, String text) throws XMLStreamException {
        xml.writeStartElement(element);
        xml.writeCharacters(FlameSvg.clean(text));
        xml.writeEndElement();
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.endsWith(".00") ? text.substring(0, text.length() - 3) : text;
    }

    private static String color(int rgb) {
        return String.format(Locale.ROOT, "#%06x", rgb & 0xffffff);
    }
}
