package serpentarium.profile.ui;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import serpentarium.base.Place;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.profile.Profile;
import serpentarium.profile.ProfileInfo;
import serpentarium.profile.Warning;
import serpentarium.profile.analysis.Analysis;
import serpentarium.profile.analysis.Slice;
import serpentarium.profile.format.ProfileWriter;
import serpentarium.task.TaskContext;

/// Writes a report of a profile's first event that needs nothing but a browser: one HTML file with a flame graph to zoom and search in and
/// the table of functions, light or dark as the browser is. It loads nothing from anywhere, which a content security policy in it
/// enforces, and names from the profile are data in it, never markup.
///
/// The flame graph holds the [HtmlData#MOST_NODES] dearest boxes; what is left out is said. Estimates are hatched and carry their intervals.
public final class HtmlWriter implements ProfileWriter {
    private static final Strings STRINGS = Strings.of(HtmlWriter.class);
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

    /// The writer; it has no state.
    public HtmlWriter() {}

    @Override public String id() {
        return "html";
    }

    @Override public List<String> endings() {
        return List.of(".html", ".htm");
    }

    @Override public Says says() {
        return new Says(true, true, false, false, false);
    }

    @Override public List<Warning> write(Profile profile, OutputStream out, TaskContext context) throws IOException {
        Analysis analysis = Analysis.of(Slice.first(profile), context);
        var data = new HtmlData(analysis, context);
        Writer html = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        html.write("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"" + POLICY
                + "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" + escaped(title(profile)) + "</title>\n<style>\n");
        html.write(resource("report.css"));
        html.write("</style>\n</head>\n<body>\n<header>\n<h1>" + escaped(title(profile)) + "</h1>\n");
        paragraph(html, null, summary(analysis));
        if (profile instanceof Profile.Graph) paragraph(html, "warning", STRINGS.get("html.estimate"));
        for (Warning warning : profile.info().warnings().stream().limit(5).toList()) paragraph(html, "warning", warning.line());
        html.write("</header>\n<main>\n<div class=\"bar\"><input id=\"search\" type=\"search\" placeholder=\"" + escaped(STRINGS.get("html.search"))
                + "\" aria-label=\"" + escaped(STRINGS.get("html.search")) + "\"><button id=\"reset\">" + escaped(STRINGS.get("html.reset"))
                + "</button><span id=\"found\" role=\"status\"></span></div>\n<div id=\"flame\" tabindex=\"0\" role=\"img\" aria-label=\""
                + escaped(STRINGS.get("html.flame")) + "\"></div>\n<div id=\"legend\"></div>\n");
        if (data.leftOut() > 0) paragraph(html, null, STRINGS.get("html.left-out", data.leftOut(), analysis.slice().eventInfo().format(data.least())));
        html.write("<h2>" + escaped(STRINGS.get("html.functions")) + "</h2>\n");
        if (data.functionsLeftOut() > 0) paragraph(html, null, STRINGS.get("html.functions-left-out", HtmlData.MOST_FUNCTIONS, data.functionsLeftOut()));
        html.write("<table><thead><tr></tr></thead><tbody></tbody></table>\n<p id=\"rows\"></p>\n<noscript><p class=\"warning\">"
                + escaped(STRINGS.get("html.no-script")) + "</p></noscript>\n</main>\n<div id=\"tip\" role=\"tooltip\"></div>\n"
                + "<script type=\"application/json\" id=\"data\">");
        JsonGenerator json = JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build().createGenerator(html);
        json.setCharacterEscapes(new MarkupEscapes());
        data.write(json);
        json.close();
        html.write("</script>\n<script>\n");
        html.write(resource("report.js"));
        html.write("</script>\n</body>\n</html>\n");
        html.flush();
        return data.leftOut() == 0 ? List.of() : List.of(new Warning("html.left-out",
                STRINGS.get("html.left-out", data.leftOut(), analysis.slice().eventInfo().format(data.least())), Place.NOWHERE));
    }

    private static String title(Profile profile) {
        String command = profile.info().command();
        return command == null ? STRINGS.get("html.title", profile.info().format()) : command;
    }

    private static String summary(Analysis analysis) {
        ProfileInfo info = analysis.slice().profile().info();
        String made = info.creator() == null ? info.format() : info.format() + " · " + info.creator();
        return STRINGS.get("html.summary", made, analysis.slice().eventInfo().title(), analysis.slice().eventInfo().format(analysis.tree().total(0)),
                Quantity.count(analysis.functions().functions().length), info.threads().size());
    }

    private static void paragraph(Writer html, String kind, String text) throws IOException {
        html.write(kind == null ? "<p>" : "<p class=\"" + kind + "\">");
        html.write(escaped(text));
        html.write("</p>\n");
    }

    /// A text as HTML shows it.
    static String escaped(String text) {
        var out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(c < 0x20 && c != '\n' || c >= 0x7f && c < 0xa0 || c >= 0xd800 && c <= 0xdfff ? 0xfffd : c);
            }
        });
        return out.toString();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = HtmlWriter.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
