package serpentarium.traffic.ui.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static serpentarium.kit.OnFx.fx;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;
import serpentarium.kit.FxThread;
import serpentarium.kit.Look;
import serpentarium.kit.OnFx;
import serpentarium.kit.RecordingPorts;
import serpentarium.kit.Snapshot;
import serpentarium.kit.Tokens;
import serpentarium.task.ThreadTasks;
import serpentarium.traffic.engine.DiskSession;
import serpentarium.traffic.engine.SessionLimits;

/// The form for packets on a stage, with the program that captures them where it is installed and may.
@Timeout(120)
class PacketsFormTest {
    @TempDir Path folder;
    private final RecordingPorts ports = new RecordingPorts();
    private final FxThread window = new FxThread();
    private final ThreadTasks tasks = new ThreadTasks(window);
    private DiskSession session;
    private PacketsViewModel model;
    private PacketsForm form;

    private static void await(BooleanSupplier condition) {
        OnFx.until("what was asked for", 40, condition::getAsBoolean);
    }

    @AfterEach void close() throws Exception {
        tasks.shutdown(Duration.ofSeconds(20));
        FxToolkit.cleanupStages();
        if (session != null) session.close();
    }

    private void show() throws Exception {
        assumeTrue(Stream.of("/usr/bin", "/usr/sbin").anyMatch(bin -> Files.isExecutable(Path.of(bin, "dumpcap"))), "dumpcap is not installed");
        session = DiskSession.create(folder.resolve("session"), SessionLimits.NONE);
        Stage stage = FxToolkit.registerPrimaryStage();
        fx(() -> {
            model = new PacketsViewModel(tasks, () -> new PacketsViewModel.Destination.Place(session, folder.resolve("session").resolve("packets")), window);
            form = new PacketsForm(model, ports);
            var scene = new Scene(form, 520, 520);
            Look.dress(scene, Tokens.LIGHT, Look.FONT_SIZE);
            stage.setScene(scene);
            stage.show();
            return null;
        });
        await(() -> !model.interfaces().isEmpty() || model.problem().get() != null);
    }

    private void picture(String name) throws Exception {
        Snapshot.write(fx(() -> Snapshot.of(form.getScene())), Path.of("target/screens", name + ".png"));
    }

    @SuppressWarnings("unchecked")
    private <T> T find(String id) {
        return (T) form.lookup("#" + id);
    }

    private void press(String id) {
        fx(() -> {
            Button button = find(id);
            assertFalse(button.isDisabled(), id);
            button.fire();
            return null;
        });
    }

    private void filter(String text) {
        fx(() -> {
            this.<TextField>find("packets-filter").setText(text);
            return null;
        });
    }

    @Test void aProgramIsRunWithAKeyLogOfItsOwn() throws Exception {
        show();
        assumeTrue(model.problem().get() == null, "this user may not capture packets");
        fx(() -> {
            model.chosen().set(model.interfaces().stream().filter(each -> each.loopback()).findFirst().orElseThrow());
            this.<TextField>find("packets-command").setText("echo its secrets go to $SSLKEYLOGFILE");
            return null;
        });
        assertTrue(this.<TextField>find("packets-keylog").isDisabled(), "the program has a key log of its own");
        press("packets-start");
        await(() -> !model.running().get());
        assertEquals(null, model.problem().get());
        assertTrue(model.output().stream().anyMatch(line -> line.text().contains("secrets.keylog")), () -> model.output().toString());
        assertTrue(Files.exists(folder.resolve("session").resolve("packets").resolve("secrets.keylog")));
    }

    @Test void aFilterThatIsNoneIsNamedInPlaceAndACaptureShowsItsCounts() throws Exception {
        show();
        ComboBox<Object> device = find("packets-device");
        assertTrue(device.getItems().size() > 0);
        Label error = find("packets-filter-error");
        filter("tcp prot 80");
        await(() -> error.isVisible() || model.problem().get() != null);
        assumeTrue(model.problem().get() == null, "this user may not capture packets");
        assertTrue(error.getText().contains("syntax error"), error.getText());
        assertTrue(this.<Button>find("packets-start").isDisabled());
        picture("packets-form-filter");
        try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            filter("tcp port " + server.getLocalPort());
            await(() -> !error.isVisible());
            press("packets-start");
            await(() -> model.said().get().contains("packets, ") || model.problem().get() != null);
            assertEquals(null, model.problem().get());
            ask(server);
            await(() -> session.table().size() == 1 && session.table().status(0) == 200);
            await(() -> !model.said().get().startsWith("0 packets"));
            assertTrue(this.<TextField>find("packets-filter").isDisabled());
            press("packets-stop");
            await(() -> !model.running().get());
            String said = this.<Label>find("packets-said").getText();
            picture("packets-form-ended");
            assertTrue(said.endsWith("0 dropped; the capture has ended"), said);
            assertFalse(this.<Button>find("packets-start").isDisabled());
        }
    }

    private static void ask(ServerSocket server) throws IOException {
        try (var client = new Socket(server.getInetAddress(), server.getLocalPort()); var answering = server.accept()) {
            client.getOutputStream().write("GET /seen HTTP/1.1\r\nHost: here\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] request = new byte[200];
            assertTrue(answering.getInputStream().read(request) > 0);
            answering.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi".getBytes(StandardCharsets.US_ASCII));
            assertTrue(client.getInputStream().read(request) > 0);
        }
    }

    @Test void whatIsInTheWayIsSaidWithWhatToDo() throws Exception {
        show();
        fx(() -> {
            model.chosen().set(new serpentarium.traffic.engine.live.CaptureInterface("nosuch0", "", List.of(), false));
            model.start();
            return null;
        });
        await(() -> model.problem().get() != null && !model.running().get());
        assertNotNull(form.lookup("#packets-problem .label"));
        assertTrue(form.lookupAll("#packets-problem .text-field").stream().map(TextField.class::cast).anyMatch(field -> !field.getText().isEmpty()));
        fx(() -> {
            form.lookupAll("#packets-problem .button").stream().map(Button.class::cast).findFirst().orElseThrow().fire();
            return null;
        });
        picture("packets-form-problem");
        assertEquals(List.of(model.problem().get().remedies().getFirst()), ports.copied);
        press("packets-start");
    }
}
