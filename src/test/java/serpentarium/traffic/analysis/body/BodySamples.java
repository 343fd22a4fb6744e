package serpentarium.traffic.analysis.body;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// A content for each view, under the view's id.
public final class BodySamples {
    private BodySamples() {}

    /// All of them.
    public static Map<String, BodyInput> all() {
        var all = new LinkedHashMap<String, BodyInput>();
        all.put("json", text("{\"items\":[{\"id\":1,\"name\":\"kettle \\u00e9\",\"price\":12.50,\"tags\":[\"a\",\"b\"],\"sold\":true,\"note\":null},"
                + "{\"id\":12345678901234567890,\"tags\":[],\"of\":{}}],\"next\":\"/items?page=2\"}", "application/json; charset=utf-8"));
        all.put("ndjson", text("{\"level\":\"info\",\"text\":\"began\"}\n{\"level\":\"warn\",\"text\":\"slow\",\"ms\":812}\n[1,2]\n", "application/x-ndjson"));
        all.put("graphql", text("{\"operationName\":\"Cart\",\"query\":\"query Cart($id: ID!, $n: Int = 3) {\\n cart(id: $id) { items(first: $n) { edges { node "
                + "{ ...Item @include(if: true) } } } total } }\\n# of an item\\nfragment Item on Product { id name price(in: \\\"EUR\\\") }\","
                + "\"variables\":{\"id\":\"c-7\",\"n\":2}}", "application/json"));
        all.put("xml", text("<?xml version=\"1.0\" encoding=\"UTF-8\"?><!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><order id='7' xmlns:p=\"urn:p\">"
                + "<p:item n=\"1\">kettle &x;</p:item><!-- second --><p:item n=\"2\"/><note><![CDATA[a < b]]></note><deep><er><est/></er></deep></order>",
                "application/xml"));
        all.put("html", text("<!DOCTYPE html><html lang=en><head><meta charset=\"utf-8\"><title>Shop</title><script>if (a < b) { run('</p>'); }</script>"
                + "<style>p { color: red }</style></head><body class=\"main wide\"><h1>Hello, <b>you</b></h1><p>One<br>two<img src=\"/a.png\" alt='x'></p>"
                + "<ul><li>first<li>second</ul><pre>  as\n  it is</pre></body></html>", "text/html; charset=utf-8"));
        all.put("css", text("@charset \"utf-8\";@media (max-width:600px){.card>a:hover{color:#ff8800;margin:0 auto 4px}/* wide */#main{background:url(\"a;b.png\")}}"
                + "body{font:13px/1.5 sans-serif}", "text/css"));
        all.put("javascript", text("// greets\nconst greet=(name)=>{if(/[/]x}/.test(name)){return `hi ${name}; {`}for(let i=0;i<3;i++){console.log(\"a;b\",i/2)}return null};"
                + "export default greet;/* end */", "text/javascript"));
        all.put("form", text("name=J%C3%BCrgen+M&q=a%26b&empty=&flag&odd=%zz&latin=%FC", "application/x-www-form-urlencoded"));
        all.put("multipart", multipart());
        all.put("events", text(": hello\nevent: price\nid: 7\ndata: {\"eur\": 12}\ndata: more\n\nretry: 500\n\ndata: last", "text/event-stream"));
        all.put("token", text("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9." + Base64.getUrlEncoder().withoutPadding().encodeToString(
                "{\"sub\":\"42\",\"name\":\"Ada\",\"exp\":1700000000}".getBytes(UTF_8)) + ".c2lnbmF0dXJlc2lnbmF0dXJl", "application/jwt"));
        all.put("picture", BodyInput.of(png(), "image/png"));
        all.put("protobuf", BodyInput.of(protobuf(), "application/x-protobuf"));
        all.put("grpc", BodyInput.of(grpc(), "application/grpc"));
        all.put("msgpack", BodyInput.of(msgpack(), "application/msgpack"));
        all.put("pickle", BodyInput.of(resource("protocol4.pickle"), "application/octet-stream"));
        all.put("numpy", BodyInput.of(npy(), "application/octet-stream"));
        all.put("zip", BodyInput.of(zip(), "application/zip"));
        all.put("text", text("Plain text, line one\r\nline two\twith a tab\nÄ and € and \u0007 a bell\n", "text/plain"));
        all.put("hex", BodyInput.of(new byte[] {0, 1, 2, (byte) 0xff, 'a', 'b', 'c', 0, 9, 8, 7, 6, 5, 4, 3, 2, 1, 'z'}, ""));
        return all;
    }

    static BodyInput text(String text, String type) {
        return BodyInput.of(text.getBytes(UTF_8), type);
    }

    static byte[] resource(String name) {
        try (var in = BodySamples.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BodyInput multipart() {
        var out = new ByteArrayOutputStream();
        out.writeBytes(("--xYz\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nHello --xYz there\r\n--xYz\r\nContent-Disposition: form-data; name=\"meta\""
                + "\r\nContent-Type: application/json\r\n\r\n{\"a\":[1,2]}\r\n--xYz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../../etc/\\\"x.png\""
                + "\r\nContent-Type: image/png\r\n\r\n").getBytes(ISO_8859_1));
        out.writeBytes(png());
        out.writeBytes("\r\n--xYz--\r\n".getBytes(ISO_8859_1));
        return BodyInput.of(out.toByteArray(), "multipart/form-data; boundary=\"xYz\"");
    }

    /// A picture that is not compressed, so that it has the same bytes on every machine.
    static byte[] png() {
        var rows = new ByteArrayOutputStream();
        for (int y = 0; y < 60; y++) {
            rows.write(0);
            for (int x = 0; x < 96; x++) rows.writeBytes(new byte[] {(byte) (x * 255 / 96), (byte) (y * 255 / 60), (byte) 128});
        }
        var deflater = new Deflater(0);
        deflater.setInput(rows.toByteArray());
        deflater.finish();
        byte[] packed = new byte[rows.size() + 1000];
        int size = deflater.deflate(packed);
        deflater.end();
        var out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
        chunk(out, "IHDR", ByteBuffer.allocate(13).putInt(96).putInt(60).put(new byte[] {8, 2, 0, 0, 0}).array());
        chunk(out, "tEXt", "Software\0samples".getBytes(ISO_8859_1));
        chunk(out, "IDAT", java.util.Arrays.copyOf(packed, size));
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] content) {
        byte[] both = ByteBuffer.allocate(4 + content.length).put(type.getBytes(ISO_8859_1)).put(content).array();
        var sum = new CRC32();
        sum.update(both);
        out.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
        out.writeBytes(both);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    }

    private static byte[] protobuf() {
        var out = ByteBuffer.allocate(100).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        out.put(new byte[] {0x08, (byte) 0x96, 1}).put(new byte[] {0x12, 7}).put("testing".getBytes(UTF_8));
        out.put(new byte[] {0x1a, 3, 0x08, (byte) 0xac, 2}).put((byte) 0x21).putDouble(2.5).put((byte) 0x2d).putFloat(0.5f);
        out.put(new byte[] {0x32, 2, (byte) 0xff, (byte) 0xfe}).put(new byte[] {0x38, 3});
        return java.util.Arrays.copyOf(out.array(), out.position());
    }

    private static byte[] grpc() {
        byte[] message = protobuf();
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed) {
            { def.setLevel(0); }
        }) {
            gzip.write(message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] trailers = "grpc-status:0\r\n".getBytes(UTF_8);
        var out = ByteBuffer.allocate(500);
        out.put((byte) 0).putInt(message.length).put(message);
        out.put((byte) 1).putInt(packed.size()).put(packed.toByteArray());
        out.put((byte) 0x80).putInt(trailers.length).put(trailers);
        return java.util.Arrays.copyOf(out.array(), out.position());
    }

    private static byte[] msgpack() {
        var out = ByteBuffer.allocate(200);
        out.put((byte) 0x84).put((byte) 0xa4).put("name".getBytes(UTF_8)).put((byte) 0xa3).put("Ada".getBytes(UTF_8));
        out.put((byte) 0xa1).put((byte) 'n').put((byte) 0x95).put((byte) 1).put((byte) -3).put((byte) 0xcd).putShort((short) 60000).put((byte) 0xcb).putDouble(0.25)
                .put((byte) 0xc3);
        out.put((byte) 7).put((byte) 0xc4).put((byte) 2).put((byte) 1).put((byte) 0xff);
        out.put((byte) 0xa1).put((byte) 't').put((byte) 0xd6).put((byte) -1).putInt(1_700_000_000);
        return java.util.Arrays.copyOf(out.array(), out.position());
    }

    private static byte[] npy() {
        String header = "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 2), }";
        String padded = header + " ".repeat(64 - (10 + header.length() + 1) % 64) + "\n";
        var out = ByteBuffer.allocate(10 + padded.length() + 48).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        out.put((byte) 0x93).put("NUMPY".getBytes(UTF_8)).put((byte) 1).put((byte) 0).putShort((short) padded.length()).put(padded.getBytes(UTF_8));
        return out.array();
    }

    private static byte[] zip() {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            zip.setLevel(0);
            zip.putNextEntry(new ZipEntry("../../etc/passwd"));
            zip.write("root".repeat(100).getBytes(UTF_8));
            zip.putNextEntry(new ZipEntry("weights.npy"));
            zip.write(npy());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /// A model as text, for comparing.
    public static String dump(BodyModel model) {
        return switch (model) {
            case BodyModel.Text text -> text.text();
            case BodyModel.Tree(BodyTree tree, String _) -> {
                var out = new StringBuilder();
                for (int node = 0; node < tree.size(); node++) {
                    boolean inner = tree.kind(node) == BodyTree.Kind.OBJECT || tree.kind(node) == BodyTree.Kind.ARRAY;
                    out.append(tree.path(node)).append(" = ").append(inner ? tree.kind(node) + " " + tree.children(node) : tree.value(node, 200)).append('\n');
                }
                yield out.toString();
            }
            case BodyModel.Table table -> {
                var out = new StringBuilder(String.join(" | ", table.columns())).append('\n');
                table.rows().forEach(row -> out.append(String.join(" | ", row)).append('\n'));
                yield out.toString();
            }
            case BodyModel.Parts parts -> {
                var out = new StringBuilder();
                parts.parts().forEach(part -> out.append(part.name()).append(" | ").append(part.fact()).append(" | ").append(part.body().contentType()).append('\n'));
                yield out.toString();
            }
            case BodyModel.Picture picture -> {
                var out = new StringBuilder(picture.width() + "x" + picture.height() + "\n");
                picture.facts().forEach(fact -> out.append(fact.name()).append(" | ").append(fact.value()).append('\n'));
                yield out.toString();
            }
            case BodyModel.Hex hex -> {
                var out = new StringBuilder();
                for (int line = 0; line < HexView.lines(hex.bytes()); line++) out.append(HexView.line(hex.bytes(), line)).append('\n');
                yield out.toString();
            }
        };
    }
}
