package serpentarium.traffic.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import serpentarium.base.PrivateFiles;
import serpentarium.task.TaskContext;
import serpentarium.traffic.Flow;
import serpentarium.traffic.FlowTable;
import serpentarium.traffic.RecordedFlows;
import serpentarium.traffic.Side;
import serpentarium.traffic.format.ContentEncoding;

/// Writes bodies as files of their own, without their content encoding. Names are numbers that are counted here, with an ending by the content's
/// type: nothing that a server said becomes a part of a path. Files and the folder are private to the user.
public final class BodyFiles {
    /// A body is cut here.
    public static final long LARGEST = 4L << 30;
    private static final Map<String, String> ENDINGS = Map.ofEntries(Map.entry("application/json", "json"), Map.entry("text/html", "html"),
            Map.entry("text/plain", "txt"), Map.entry("text/css", "css"), Map.entry("text/csv", "csv"), Map.entry("text/javascript", "js"),
            Map.entry("application/javascript", "js"), Map.entry("application/xml", "xml"), Map.entry("text/xml", "xml"), Map.entry("image/png", "png"),
            Map.entry("image/jpeg", "jpg"), Map.entry("image/gif", "gif"), Map.entry("image/webp", "webp"), Map.entry("image/svg+xml", "svg"),
            Map.entry("application/pdf", "pdf"), Map.entry("application/zip", "zip"), Map.entry("application/gzip", "gz"),
            Map.entry("application/x-ndjson", "ndjson"), Map.entry("application/x-www-form-urlencoded", "form"), Map.entry("font/woff2", "woff2"),
            Map.entry("application/wasm", "wasm"), Map.entry("video/mp4", "mp4"), Map.entry("audio/mpeg", "mp3"));

    /// What was written.
    ///
    /// @param files   names in the folder
    /// @param corrupt those whose content encoding could not be undone
    /// @param cut     those that were cut at [#LARGEST]
    public record Written(List<String> files, List<String> corrupt, List<String> cut) {}

    private BodyFiles() {}

    /// Writes the bodies of the rows that are wanted.
    ///
    /// @throws FileAlreadyExistsException when a file of one of the names is there already
    /// @throws IOException                when the session cannot be read or the folder not be written
    public static Written write(RecordedFlows session, IntPredicate rows, Path folder, TaskContext context) throws IOException {
        PrivateFiles.folder(folder);
        var written = new Written(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        FlowTable table = session.table();
        int digits = Math.max(4, Integer.toString(table.size()).length());
        for (int row = 0; row < table.size(); row++) {
            context.checkpoint();
            if (table.deleted(row) || !rows.test(row)) continue;
            Flow flow = session.flow(row);
            for (Side side : Side.values()) {
                if (flow.body(side).stored() == 0) continue;
                String number = String.format(Locale.ROOT, "%0" + digits + "d", row + 1);
                write(session, row, flow, side, folder, number + "-" + side.name().toLowerCase(Locale.ROOT) + "." + ending(flow, side), written);
            }
        }
        return written;
    }

    private static String ending(Flow flow, Side side) {
        String type = flow.headers(side).first("content-type").orElse("").toLowerCase(Locale.ROOT);
        int end = type.indexOf(';');
        String plain = (end < 0 ? type : type.substring(0, end)).strip();
        return ENDINGS.getOrDefault(plain, plain.endsWith("+json") ? "json" : plain.endsWith("+xml") ? "xml" : plain.startsWith("text/") ? "txt" : "bin");
    }

    private static void write(RecordedFlows session, int row, Flow flow, Side side, Path folder, String name, Written written) throws IOException {
        Optional<List<ContentEncoding>> codings = flow.body(side).decoded() ? Optional.of(List.of())
                : ContentEncoding.parse(flow.headers(side).joined("content-encoding"));
        boolean plain = codings.isPresent() && codable(session, row, side, codings.get());
        if (!plain) written.corrupt().add(name);
        try (InputStream in = open(session, row, side, plain ? codings.get() : List.of());
                OutputStream out = Channels.newOutputStream(PrivateFiles.create(folder.resolve(name)))) {
            if (in.transferTo(out) >= LARGEST) written.cut().add(name);
        }
        written.files().add(name);
    }

    private static InputStream open(RecordedFlows session, int row, Side side, List<ContentEncoding> codings) throws IOException {
        return ContentEncoding.decode(session.body(row, side), codings, LARGEST);
    }

    /// Whether a body can be decoded to its end; looked at before its file is made.
    private static boolean codable(RecordedFlows session, int row, Side side, List<ContentEncoding> codings) throws IOException {
        if (codings.isEmpty()) return true;
        InputStream wire = session.body(row, side);
        try (InputStream in = ContentEncoding.decode(wire, codings, LARGEST)) {
            in.transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (IOException e) {
            // Corrupt content, or a session that cannot be read: reading the bytes as they are tells which.
            return false;
        }
    }
}
