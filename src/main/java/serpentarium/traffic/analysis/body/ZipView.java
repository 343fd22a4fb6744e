package serpentarium.traffic.analysis.body;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import serpentarium.base.Bid;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.task.TaskContext;

/// What a zip file holds (wheels and numpy's .npz are such): a list from its central directory; nothing is unpacked but numpy's headers. Names are
/// shown as they are and never used as paths.
///
/// Source: PKWARE's APPNOTE.TXT 4.3.
public final class ZipView implements BodyView {
    private static final Strings STRINGS = Strings.of(ZipView.class);
    private static final int MOST = 100_000;
    private static final int END = 22;
    private static final int ENTRY = 46;
    private static final int LOCAL = 30;
    private static final int HEADER = 16 * 1024;

    @Override public String id() {
        return "zip";
    }

    @Override public int limit() {
        return Integer.MAX_VALUE;
    }

    @Override public Bid bid(BodyInput in) {
        return in.starts('P', 'K', 3, 4) || in.starts('P', 'K', 5, 6) ? new Bid.Yes(85) : new Bid.No(STRINGS.get("bid.zip"));
    }

    @Override public BodyModel model(BodyInput in, TaskContext context) {
        var zip = ByteBuffer.wrap(in.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        int end = zip.limit() - END;
        while (end >= 0 && end >= zip.limit() - END - 65_536 && zip.getInt(end) != 0x06054b50) end--;
        if (end < 0 || zip.getInt(end) != 0x06054b50) throw new ProblemException(Problem.of(STRINGS, "body.zip", Place.NOWHERE));
        long directory = zip.getInt(end + 16) & 0xffffffffL;
        var rows = new ArrayList<List<String>>();
        boolean numpy = false;
        for (long at = directory; at + ENTRY <= end && zip.getInt((int) at) == 0x02014b50 && rows.size() < MOST; ) {
            if ((rows.size() & 255) == 0) context.checkpoint();
            int entry = (int) at;
            int name = zip.getShort(entry + 28) & 0xffff;
            int more = (zip.getShort(entry + 30) & 0xffff) + (zip.getShort(entry + 32) & 0xffff);
            if (entry + ENTRY + name > end) break;
            boolean utf = (zip.getShort(entry + 8) & 0x800) != 0;
            String text = new String(in.bytes(), entry + ENTRY, name, utf ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
            String array = text.endsWith(".npy") ? array(zip, entry) : "";
            numpy |= !array.isEmpty();
            rows.add(List.of(text, Quantity.size(zip.getInt(entry + 24) & 0xffffffffL), Quantity.size(zip.getInt(entry + 20) & 0xffffffffL),
                    method(zip.getShort(entry + 10) & 0xffff), array));
            at += ENTRY + name + more;
        }
        int claimed = zip.getShort(end + 10) & 0xffff;
        String note = claimed != rows.size() ? STRINGS.get("note.zip", claimed, rows.size()) : "";
        var columns = List.of(STRINGS.get("column.name"), STRINGS.get("column.size"), STRINGS.get("column.packed"), STRINGS.get("column.method"));
        if (!numpy) return new BodyModel.Table(columns, rows.stream().map(row -> row.subList(0, 4)).toList(), note);
        var all = new ArrayList<>(columns);
        all.add(STRINGS.get("column.array"));
        return new BodyModel.Table(all, rows, note);
    }

    private static String method(int method) {
        return switch (method) {
            case 0 -> "stored";
            case 8 -> "deflate";
            case 9 -> "deflate64";
            case 12 -> "bzip2";
            case 14 -> "lzma";
            case 93 -> "zstd";
            case 95 -> "xz";
            default -> String.valueOf(method);
        };
    }

    /// Shape and type of numpy's array in an entry; empty where its header cannot be read.
    private static String array(ByteBuffer zip, int entry) {
        long local = zip.getInt(entry + 42) & 0xffffffffL;
        if (local + LOCAL > zip.limit() || zip.getInt((int) local) != 0x04034b50) return "";
        long from = local + LOCAL + (zip.getShort((int) local + 26) & 0xffff) + (zip.getShort((int) local + 28) & 0xffff);
        long packed = zip.getInt(entry + 20) & 0xffffffffL;
        int method = zip.getShort(entry + 10) & 0xffff;
        if (from >= zip.limit() || method != 0 && method != 8) return "";
        int length = (int) Math.min(packed == 0xffffffffL ? HEADER : packed, zip.limit() - from);
        var raw = new ByteArrayInputStream(zip.array(), (int) from, length);
        var inflater = new Inflater(true);
        try (var content = method == 0 ? raw : new InflaterInputStream(raw, inflater)) {
            NumpyView.Header header = NumpyView.Header.read(content.readNBytes(HEADER));
            return header == null ? "" : header.line();
        } catch (IOException _) {
            return "";
        } finally {
            inflater.end();
        }
    }
}
