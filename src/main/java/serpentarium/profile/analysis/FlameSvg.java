package serpentarium.profile.analysis;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import serpentarium.task.TaskContext;

/// Writes a part of a flame graph as a picture of its own in SVG 1.1: a rectangle and a label a box, a tooltip in `<title>`, no script.
/// Where tooltips begin as those of flamegraph.pl do, such pictures can be read again.
///
/// Boxes narrower than a tenth of a pixel are drawn together; where there are still more than [#MOST_BOXES], more of them are.
public final class FlameSvg {
    /// The greatest number of rectangles in a picture.
    public static final int MOST_BOXES = 200_000;
    private static final double ROW = 20;
    private static final double FONT_SIZE = 12;
    private static final double LEAST = 0.1;
    /// A guess at how wide a character of a proportional font is, for the font that will be used is not known here.
    private static final double CHARACTER = FONT_SIZE * 0.58;

    private final FlameLayout layout;
    private final View view;
    private final Look look;
    private final FlameLayout.Boxes boxes = new FlameLayout.Boxes();

    /// Which part is written.
    ///
    /// @param from     the cost at the left edge
    /// @param to       the cost at the right edge
    /// @param firstRow the first row
    /// @param lastRow  the last row, included
    /// @param width    the width of the picture in pixels
    public record View(double from, double to, int firstRow, int lastRow, double width) {
        public View {
            if (!(width >= 1)) throw new IllegalArgumentException("width " + width);
        }
    }

    /// What the boxes look like.
    public interface Look {
        /// The colour behind everything, 0xRRGGBB.
        int background();

        /// The colour of a box, 0xRRGGBB.
        int fill(int box);

        /// The colour of text on a colour, 0xRRGGBB.
        int textOn(int fill);

        /// What stands in a box.
        String label(int box);

        /// What is said of it when the pointer rests on it.
        String tooltip(int box);
    }

    private FlameSvg(FlameLayout layout, View view, Look look) {
        this.layout = layout;
        this.view = view;
        this.look = look;
    }

    /// Writes the picture in UTF-8; the stream stays open.
    ///
    /// @param title the picture's own title
    /// @return how many boxes there are
    public static int write(OutputStream out, FlameLayout layout, View view, Look look, String title, TaskContext context)
            throws IOException {
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
            int boxes = new FlameSvg(layout, view, look).document(xml, title, context);
            xml.close();
            return boxes;
        } catch (XMLStreamException e) {
            if (e.getNestedException() instanceof IOException io) throw io;
            throw new IOException(e);
        }
    }

    private int document(XMLStreamWriter xml, String title, TaskContext context) throws XMLStreamException {
        double height = (view.lastRow - view.firstRow + 1) * ROW;
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeStartElement("svg");
        xml.writeDefaultNamespace("http://www.w3.org/2000/svg");
        xml.writeAttribute("width", number(view.width));
        xml.writeAttribute("height", number(height));
        xml.writeAttribute("viewBox", "0 0 " + number(view.width) + " " + number(height));
        // What a reader needs to know: the lines in titles are where functions begin.
        xml.writeAttribute("data-definition-lines", "1");
        xml.writeAttribute("font-family", "Inter, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif");
        xml.writeAttribute("font-size", number(FONT_SIZE));
        text(xml, "title", title);
        if (layout.estimated()) hatching(xml);
        rectangle(xml, 0, 0, view.width, height, look.background());
        xml.writeStartElement("g");
        xml.writeAttribute("id", "frames");
        int written = 0;
        double least = least();
        for (int row = view.firstRow; row <= view.lastRow; row++) {
            context.checkpoint();
            layout.cut(layout.rows(), row, view.from, view.to, least, boxes);
            for (int box = 0; box < boxes.size(); box++) if (box(xml, row, box)) written++;
        }
        xml.writeEndElement();
        xml.writeEndElement();
        xml.writeEndDocument();
        return written;
    }

    private double least() {
        double least = LEAST * (view.to - view.from) / view.width;
        while (true) {
            long count = 0;
            for (int row = view.firstRow; row <= view.lastRow && count <= MOST_BOXES; row++) {
                layout.cut(layout.rows(), row, view.from, view.to, least, boxes);
                count += boxes.size();
            }
            // One box a row cannot be made fewer.
            if (count <= MOST_BOXES || least > view.to - view.from) return least;
            least *= 2;
        }
    }

    private boolean box(XMLStreamWriter xml, int row, int index) throws XMLStreamException {
        double from = Math.clamp(x(boxes.left(index)), 0, view.width);
        double to = Math.clamp(x(boxes.right(index)), 0, view.width);
        double width = to - from;
        if (!(width > 0)) return false;
        int box = boxes.box(index);
        double y = (row - view.firstRow) * ROW;
        double shown = width > 2 ? width - 0.5 : width;
        int fill = look.fill(box);
        if (boxes.count(index) > 1) {
            rectangle(xml, from, y, shown, ROW - 1, fill);
            return true;
        }
        xml.writeStartElement("g");
        text(xml, "title", look.tooltip(box));
        rectangle(xml, from, y, shown, ROW - 1, fill);
        if (!layout.exact(box) && width >= 3) {
            xml.writeEmptyElement("rect");
            area(xml, from, y, shown, ROW - 1);
            xml.writeAttribute("fill", "url(#estimate)");
        }
        String label = fit(clean(look.label(box)), (int) ((width - 8) / CHARACTER));
        if (!label.isEmpty()) {
            xml.writeStartElement("text");
            xml.writeAttribute("x", number(from + 4));
            xml.writeAttribute("y", number(y + 14));
            xml.writeAttribute("fill", color(look.textOn(fill)));
            xml.writeCharacters(label);
            xml.writeEndElement();
        }
        xml.writeEndElement();
        return true;
    }

    private double x(double cost) {
        return (cost - view.from) / (view.to - view.from) * view.width;
    }

    private static void hatching(XMLStreamWriter xml) throws XMLStreamException {
        xml.writeStartElement("defs");
        xml.writeStartElement("pattern");
        xml.writeAttribute("id", "estimate");
        xml.writeAttribute("width", "8");
        xml.writeAttribute("height", "8");
        xml.writeAttribute("patternUnits", "userSpaceOnUse");
        xml.writeAttribute("patternTransform", "rotate(45)");
        xml.writeEmptyElement("rect");
        area(xml, 0, 0, 2, 8);
        xml.writeAttribute("fill", "#808080");
        xml.writeAttribute("fill-opacity", "0.35");
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private static void rectangle(XMLStreamWriter xml, double x, double y, double width, double height, int fill)
            throws XMLStreamException {
        xml.writeEmptyElement("rect");
        area(xml, x, y, width, height);
        xml.writeAttribute("fill", color(fill));
    }

    private static void area(XMLStreamWriter xml, double x, double y, double width, double height) throws XMLStreamException {
        xml.writeAttribute("x", number(x));
        xml.writeAttribute("y", number(y));
        xml.writeAttribute("width", number(width));
        xml.writeAttribute("height", number(height));
    }

    private static void text(XMLStreamWriter xml, String element, String text) throws XMLStreamException {
        xml.writeStartElement(element);
        xml.writeCharacters(clean(text));
        xml.writeEndElement();
    }

    /// As many characters as fit, with an ellipsis where it is cut.
    private static String fit(String label, int characters) {
        if (characters < 3) return "";
        int length = label.codePointCount(0, label.length());
        return length <= characters ? label : label.substring(0, label.offsetByCodePoints(0, characters - 1)) + "…";
    }

    /// Names come from files and may hold what XML cannot: such characters become U+FFFD.
    static String clean(String text) {
        var out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> out.appendCodePoint(allowed(c) ? c : 0xfffd));
        return out.toString();
    }

    private static boolean allowed(int c) {
        if (c < 0xa0) return c == '\n' || c == '\t' || c >= 0x20 && c < 0x7f;
        return c < 0xd800 || c > 0xdfff && c != 0xfffe && c != 0xffff;
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.endsWith(".00") ? text.substring(0, text.length() - 3) : text;
    }

    private static String color(int rgb) {
        return String.format(Locale.ROOT, "#%06x", rgb & 0xffffff);
    }
}
