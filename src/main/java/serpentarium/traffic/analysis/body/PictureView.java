package serpentarium.traffic.analysis.body;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import serpentarium.base.Bid;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.task.TaskContext;

/// Pictures: what their header says, and whether they are small enough to be drawn. SVG is text, and shown as such.
///
/// Source: PNG (W3C), GIF89a, JPEG (ITU T.81), WebP container, BMP, ICO.
public final class PictureView implements BodyView {
    /// Pixels of the largest picture that is drawn, all its frames together.
    public static final long MOST_PIXELS = 64L << 20;

    private static final Strings STRINGS = Strings.of(PictureView.class);

    @Override public String id() {
        return "picture";
    }

    @Override public int limit() {
        return Integer.MAX_VALUE;
    }

    @Override public Bid bid(BodyInput in) {
        return kind(in) != null ? new Bid.Yes(90) : new Bid.No(STRINGS.get("bid.picture"));
    }

    private static String kind(BodyInput in) {
        if (in.starts(0x89, 'P', 'N', 'G', 13, 10, 26, 10)) return "PNG";
        if (in.starts('G', 'I', 'F', '8')) return "GIF";
        if (in.starts(0xff, 0xd8, 0xff)) return "JPEG";
        if (in.starts('R', 'I', 'F', 'F') && in.head().startsWith("WEBP", 8)) return "WebP";
        if (in.starts('B', 'M') && in.bytes().length > 30 && in.bytes()[14] >= 12 && in.bytes()[15] == 0) return "BMP";
        if (in.starts(0, 0, 1, 0) && in.bytes().length > 22 && in.mediaType().contains("icon")) return "ICO";
        return in.head().startsWith("ftypavif", 4) ? "AVIF" : null;
    }

    @Override public BodyModel model(BodyInput in, TaskContext context) {
        String kind = kind(in);
        if (kind == null) throw new ProblemException(Problem.of(STRINGS, "body.picture", Place.NOWHERE));
        var facts = new ArrayList<BodyModel.Fact>();
        facts.add(new BodyModel.Fact(STRINGS.get("picture.kind"), kind));
        var size = new long[] {0, 0, 1};
        String note = "";
        try {
            switch (kind) {
                case "PNG" -> png(buffer(in, true), size, facts, context);
                case "GIF" -> gif(buffer(in, false), size, context);
                case "JPEG" -> jpeg(buffer(in, true), size, facts, context);
                case "WebP" -> webp(buffer(in, false), size);
                case "BMP" -> bmp(buffer(in, false), size);
                case "ICO" -> ico(in.bytes(), size);
                default -> { }
            }
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException _) {
            note = STRINGS.get("note.picture.ends");
        }
        if (size[0] > 0) facts.add(new BodyModel.Fact(STRINGS.get("picture.size"), STRINGS.get("picture.pixels", size[0], size[1])));
        if (size[2] > 1) facts.add(new BodyModel.Fact(STRINGS.get("picture.frames"), Quantity.count(size[2])));
        facts.add(new BodyModel.Fact(STRINGS.get("column.size"), Quantity.size(in.bytes().length)));
        boolean fits = size[0] > 0 && size[1] > 0 && size[0] <= MOST_PIXELS && size[1] <= MOST_PIXELS && size[0] * size[1] <= MOST_PIXELS / size[2];
        boolean drawn = fits && !kind.equals("WebP") && !kind.equals("AVIF") && !kind.equals("ICO");
        if (size[0] > 0 && !fits) note = STRINGS.get("note.picture.large");
        return new BodyModel.Picture(in.bytes(), drawn ? (int) size[0] : 0, drawn ? (int) size[1] : 0, List.copyOf(facts), note);
    }

    private static ByteBuffer buffer(BodyInput in, boolean big) {
        return ByteBuffer.wrap(in.bytes()).order(big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    }

    private static void png(ByteBuffer in, long[] size, List<BodyModel.Fact> facts, TaskContext context) {
        size[0] = in.getInt(16) & 0xffffffffL;
        size[1] = in.getInt(20) & 0xffffffffL;
        String color = switch (in.get(25)) {
            case 0 -> "grey";
            case 2 -> "RGB";
            case 3 -> "palette";
            case 4 -> "grey + alpha";
            case 6 -> "RGBA";
            default -> "?";
        };
        facts.add(new BodyModel.Fact(STRINGS.get("picture.color"), color + ", " + in.get(24) + " bit"));
        for (long at = 8; at + 12 <= in.limit() && facts.size() < 60; ) {
            context.checkpoint();
            long length = in.getInt((int) at) & 0xffffffffL;
            if (length > in.limit() - at - 12) break;
            String type = new String(in.array(), (int) at + 4, 4, StandardCharsets.ISO_8859_1);
            if (type.equals("tEXt")) {
                String text = new String(in.array(), (int) at + 8, (int) Math.min(length, 500), StandardCharsets.ISO_8859_1);
                int split = text.indexOf(0);
                if (split > 0) facts.add(new BodyModel.Fact(text.substring(0, split), text.substring(split + 1)));
            } else if (type.equals("acTL") && length >= 8) size[2] = Math.max(1, in.getInt((int) at + 8) & 0xffffffffL);
            at += length + 12;
        }
    }

    private static void gif(ByteBuffer in, long[] size, TaskContext context) {
        size[0] = in.getShort(6) & 0xffff;
        size[1] = in.getShort(8) & 0xffff;
        int at = 13 + ((in.get(10) & 0x80) != 0 ? 3 << (in.get(10) & 7) + 1 : 0);
        long frames = 0;
        while (at < in.limit()) {
            context.checkpoint();
            int what = in.get(at) & 0xff;
            if (what == 0x21) at += 2;
            else if (what == 0x2c) {
                frames++;
                size[2] = frames;
                // A frame may be larger than the picture that it belongs to.
                size[0] = Math.max(size[0], in.getShort(at + 5) & 0xffff);
                size[1] = Math.max(size[1], in.getShort(at + 7) & 0xffff);
                at += 11 + ((in.get(at + 9) & 0x80) != 0 ? 3 << (in.get(at + 9) & 7) + 1 : 0);
            } else return;
            while (in.get(at) != 0) at += 1 + (in.get(at) & 0xff);
            at++;
        }
    }

    private static void jpeg(ByteBuffer in, long[] size, List<BodyModel.Fact> facts, TaskContext context) {
        for (int at = 2; at + 4 <= in.limit(); ) {
            context.checkpoint();
            if ((in.get(at) & 0xff) != 0xff) return;
            int marker = in.get(at + 1) & 0xff;
            int length = in.getShort(at + 2) & 0xffff;
            if (marker == 0xff) {
                at++;
                continue;
            }
            if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc) {
                size[1] = in.getShort(at + 5) & 0xffff;
                size[0] = in.getShort(at + 7) & 0xffff;
                facts.add(new BodyModel.Fact(STRINGS.get("picture.color"), in.get(at + 9) == 1 ? "grey" : in.get(at + 9) == 3 ? "YCbCr" : "CMYK"));
                return;
            }
            if (marker == 0xe1 && length > 8 && new String(in.array(), at + 4, 4, StandardCharsets.ISO_8859_1).equals("Exif"))
                facts.add(new BodyModel.Fact("Exif", Quantity.size(length)));
            if (marker == 0xda || length < 2) return;
            at += 2 + length;
        }
    }

    private static void webp(ByteBuffer in, long[] size) {
        String kind = new String(in.array(), 12, 4, StandardCharsets.ISO_8859_1);
        switch (kind) {
            case "VP8X" -> {
                size[0] = 1 + (in.getInt(24) & 0xffffff);
                size[1] = 1 + (in.getInt(26) >>> 8);
            }
            case "VP8 " -> {
                size[0] = in.getShort(26) & 0x3fff;
                size[1] = in.getShort(28) & 0x3fff;
            }
            case "VP8L" -> {
                int bits = in.getInt(21);
                size[0] = 1 + (bits & 0x3fff);
                size[1] = 1 + (bits >>> 14 & 0x3fff);
            }
            default -> { }
        }
    }

    private static void bmp(ByteBuffer in, long[] size) {
        boolean old = in.getInt(14) == 12;
        size[0] = old ? in.getShort(18) & 0xffff : Math.abs((long) in.getInt(18));
        size[1] = old ? in.getShort(20) & 0xffff : Math.abs((long) in.getInt(22));
    }

    private static void ico(byte[] bytes, long[] size) {
        size[0] = bytes[6] == 0 ? 256 : bytes[6] & 0xff;
        size[1] = bytes[7] == 0 ? 256 : bytes[7] & 0xff;
    }
}
