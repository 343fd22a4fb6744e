package serpentarium.traffic.ui.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TextField;
import javafx.scene.control.TreeView;
import javafx.stage.Stage;
import org.fxmisc.richtext.CodeArea;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;
import serpentarium.kit.Look;
import serpentarium.kit.MemorySettings;
import serpentarium.kit.RecordingPorts;
import serpentarium.kit.Tokens;
import serpentarium.task.InlineTasks;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.FlowSource;
import serpentarium.traffic.FlowWriter;
import serpentarium.traffic.Headers;
import serpentarium.traffic.ResponseHead;
import serpentarium.traffic.Side;
import serpentarium.traffic.BodyFacts;
import serpentarium.traffic.engine.DiskSession;

class BodyPaneTest {
    private static final String JSON = "{\"a\":[1,2,{\"deep\":\"x\"}],\"b\":null}";

    @TempDir Path folder;
    private final RecordingPorts ports = new RecordingPorts();
    private final MemorySettings settings = new MemorySettings();
    private final SimpleBooleanProperty masked = new SimpleBooleanProperty();
    private BodyPane pane;

    @BeforeEach void stage() throws Exception {
        Stage stage = FxToolkit.registerPrimaryStage();
        pane = BodyStage.fx(() -> {
            var made = new BodyPane(new InlineTasks(), ports, settings, masked);
            var scene = new Scene(made, 900, 600);
            Look.dress(scene, Tokens.LIGHT, Look.FONT_SIZE);
            stage.setX(0);
            stage.setY(0);
            stage.setScene(scene);
            stage.show();
            return made;
        });
    }

    @AfterEach void close() throws Exception {
        FxToolkit.cleanupStages();
    }

    private void show(String text, String type) {
        BodyStage.act(() -> pane.show(text.getBytes(UTF_8), type));
    }

    private CodeArea area() {
        return (CodeArea) pane.lookup(".body-area");
    }

    private String notes() {
        return String.join("|", BodyStage.fx(() -> pane.lookupAll(".body-note").stream().map(each -> ((Label) each).getText()).toList()));
    }

    private void choose(String id) {
        var views = (MenuButton) pane.lookup("#body-views");
        BodyStage.act(() -> views.getItems().stream().filter(each -> ("body-view-" + id).equals(each.getId())).findFirst().orElseThrow().fire());
    }

    private String matches() {
        return ((Label) pane.lookup(".search-field-matches")).getText();
    }

    private void search(String text) {
        BodyStage.act(() -> ((TextField) pane.lookup(".search-field .text-field")).setText(text));
    }

    @Test void jsonIsLaidOutFoldedAndCopied() {
        show(JSON, "application/json");
        assertEquals("json", pane.shownView());
        assertEquals("{\n  \"a\": [\n    1,\n    2,\n    {\n      \"deep\": \"x\"\n    }\n  ],\n  \"b\": null\n}", area().getText());
        assertTrue(area().getStyleOfChar(4).contains("body-name"), () -> area().getStyleSpans(0, 20).toString());
        BodyStage.act(() -> area().moveTo(1, 0));
        BodyStage.act(() -> javafx.event.Event.fireEvent(area(), new javafx.scene.input.KeyEvent(javafx.scene.input.KeyEvent.KEY_PRESSED, "", "",
                javafx.scene.input.KeyCode.LEFT, false, false, true, false)));
        assertTrue(area().getParagraph(3).getParagraphStyle().contains("collapse"));
        search("deep");
        assertEquals("1 of 1", matches());
        assertEquals("deep", area().getSelectedText());
        assertTrue(area().getParagraph(5).getParagraphStyle().isEmpty(), "what was found is unfolded");
        BodyStage.act(() -> ((javafx.scene.control.Button) pane.lookup("#body-copy")).fire());
        assertEquals(List.of("deep"), ports.copied);
    }

    @Test void aViewChosenByHandIsRemembered() {
        show(JSON, "application/json");
        choose("json-tree");
        assertEquals("json-tree", pane.shownView());
        show("[1]", "application/json; charset=utf-8");
        assertEquals("json-tree", pane.shownView());
        show("hello", "text/plain");
        assertEquals("text", pane.shownView());
        show("[1]", "application/json");
        choose("automatic");
        assertEquals("json", pane.shownView());
        assertTrue(((MenuButton) pane.lookup("#body-views")).getText().contains("JSON"));
    }

    @Test void theTreeIsMadeWhenUnfoldedAndTellsPaths() {
        String many = "{\"list\":[" + "7,".repeat(4999) + "{\"odd key\":[true]}]}";
        show(many, "application/json");
        choose("json-tree");
        @SuppressWarnings("unchecked") var tree = (TreeView<Integer>) pane.lookup(".tree-view");
        assertTrue(tree.getExpandedItemCount() < 10, () -> "rows: " + tree.getExpandedItemCount());
        search("true");
        assertEquals("$.list[4999]['odd key'][0]", ((Label) pane.lookup("#body-path")).getText());
        assertEquals("1 of 1", matches());
        BodyStage.act(() -> tree.getContextMenu().getItems().getFirst().fire());
        assertEquals(List.of("$.list[4999]['odd key'][0]"), ports.copied);
    }

    @Test void longTextIsShownInWindowsAndSearchedWhole() {
        var text = new StringBuilder();
        for (int i = 0; i < 200_000; i++) text.append("line ").append(i).append(" of a long text\n");
        text.append("y".repeat(5000)).append("needle");
        show(text.toString(), "text/plain");
        assertTrue(area().getLength() <= TextNode.WINDOW, () -> "in the control: " + area().getLength());
        search("needle");
        assertEquals("needle", area().getSelectedText());
        BodyStage.act(() -> ((javafx.scene.control.Button) pane.lookup("#body-copy")).fire());
        assertEquals(List.of("needle"), ports.copied);
        search("line 12 of");
        assertEquals("line 12 of", area().getSelectedText());
        BodyStage.act(() -> ((javafx.scene.control.ToggleButton) pane.lookup("#body-regex")).setSelected(true));
        search("^line 1[0-9]+7 ");
        assertTrue(matches().startsWith("1 of 11,1"), matches());
        search("(");
        assertTrue(matches().startsWith("Not a regular expression"), matches());
    }

    private DiskSession session(byte[] body, String type, String encoding) throws IOException {
        var session = DiskSession.create(folder.resolve("s" + body.length), serpentarium.traffic.engine.SessionLimits.NONE);
        try (FlowWriter flow = session.begin("one", FlowKind.HTTP, FlowSource.FILE, 1)) {
            flow.response(new ResponseHead(200, "OK", "HTTP/1.1",
                    new Headers(List.of(new Headers.Field("Content-Type", type), new Headers.Field("Content-Encoding", encoding)))));
            flow.body(Side.RESPONSE, body, 0, body.length);
            flow.bodyEnd(Side.RESPONSE, BodyFacts.State.COMPLETE, -1, false);
        }
        return session;
    }

    private static byte[] gzip(byte[] content) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        }
        return out.toByteArray();
    }

    @Test void encodingsAreUndoneAndTheWireCanBeSeen() throws Exception {
        byte[] packed = gzip(JSON.getBytes(UTF_8));
        try (var session = session(packed, "application/json", "gzip")) {
            BodyStage.act(() -> pane.show(session, 0, Side.RESPONSE));
            assertEquals("json", pane.shownView());
            assertEquals(packed.length + " B gzip → " + JSON.length() + " B", ((Label) pane.lookup("#body-sizes")).getText());
            choose("wire");
            assertEquals("hex", pane.shownView());
            assertTrue(pane.drawn().copied().startsWith("00000000  1f 8b 08"), pane.drawn().copied());
            ports.save = Optional.of(folder.resolve("saved"));
            BodyStage.act(() -> ((javafx.scene.control.Button) pane.lookup("#body-save")).fire());
            assertArrayEquals(packed, Files.readAllBytes(folder.resolve("saved")));
            choose("automatic");
            BodyStage.act(() -> ((javafx.scene.control.Button) pane.lookup("#body-save")).fire());
            assertEquals(JSON, Files.readString(folder.resolve("saved")));
            BodyStage.act(() -> pane.show(session, 0, Side.REQUEST));
            assertNull(pane.shownView());
        }
    }

    @Test void corruptDataIsShownRaw() throws Exception {
        byte[] packed = gzip(JSON.repeat(50).getBytes(UTF_8));
        packed[20] ^= 0x55;
        packed[21] ^= 0x55;
        try (var session = session(packed, "application/json", "gzip")) {
            BodyStage.act(() -> pane.show(session, 0, Side.RESPONSE));
            assertTrue(notes().contains("gzip data is corrupt: raw bytes shown"), this::notes);
            assertInstanceOf(HexNode.class, BodyStage.fx(() -> {
                pane.choose("hex");
                return pane.drawn();
            }));
        }
    }

    @Test void aBombIsCut() throws Exception {
        byte[] packed = gzip(new byte[70 << 20]);
        try (var session = session(packed, "application/octet-stream", "gzip")) {
            BodyStage.act(() -> pane.show(session, 0, Side.RESPONSE));
            assertEquals("hex", pane.shownView());
            assertTrue(notes().contains("Cut at 64.0 MiB"), this::notes);
        }
    }

    @Test void secretsAreMaskedInEveryViewAndInWhatIsCopied() {
        BodyStage.act(() -> masked.set(true));
        show("{\"user\": \"ada\", \"password\": \"lovelace\", \"auth\": {\"n\": [\"lovelace\"]}}", "application/json");
        assertTrue(notes().contains("Secrets are masked"), this::notes);
        for (String view : pane.viewIds()) {
            choose(view);
            if (pane.drawn() == null) continue;
            assertFalse(pane.drawn().searched().toString().contains("lovelace"), view);
            assertFalse(String.valueOf(pane.drawn().copied()).contains("lovelace"), view);
        }
        choose("json");
        BodyStage.act(() -> pane.copy());
        assertTrue(ports.copied.getLast().contains("ada") && !ports.copied.getLast().contains("lovelace"), ports.copied::getLast);
        BodyStage.act(() -> masked.set(false));
        assertTrue(area().getText().contains("lovelace"));
        BodyStage.act(() -> masked.set(true));
        assertFalse(area().getText().contains("lovelace"));
    }

    @Test void secretsInBinaryTreesAndPartsAreMasked() {
        BodyStage.act(() -> masked.set(true));
        BodyStage.act(() -> pane.show(new byte[] {(byte) 0x82, (byte) 0xa4, 'u', 's', 'e', 'r', (byte) 0xa3, 'a', 'd', 'a', (byte) 0xa5, 't', 'o', 'k', 'e', 'n',
                (byte) 0xa6, 's', 'e', 'c', 'r', 'e', 't'}, "application/msgpack"));
        assertEquals("msgpack", pane.shownView());
        assertTrue(pane.drawn().searched().toString().contains("ada"));
        assertFalse(pane.drawn().copied().contains("secret"));
        show("--b\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\nlovelace\r\n--b--\r\n", "multipart/form-data; boundary=b");
        assertEquals("multipart", pane.shownView());
        BodyPane inside = BodyStage.fx(() -> (BodyPane) pane.lookup(".body-parts").lookup(".body-pane"));
        assertTrue(inside.drawn().copied().contains("••••••"), inside.drawn()::copied);
    }
}
