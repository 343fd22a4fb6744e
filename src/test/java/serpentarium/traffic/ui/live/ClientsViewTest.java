package serpentarium.traffic.ui.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static serpentarium.kit.OnFx.fx;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;
import serpentarium.kit.FxThread;
import serpentarium.kit.Look;
import serpentarium.kit.OnFx;
import serpentarium.kit.RecordingPorts;
import serpentarium.kit.Shots;
import serpentarium.kit.Tokens;
import serpentarium.task.ThreadTasks;
import serpentarium.traffic.engine.trust.ClientLibrary;

/// Certificates and clients on a stage: look, check, copy, run.
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class ClientsViewTest {
    private static final Path PYTHON = Path.of("/usr/bin/python3");

    @TempDir Path folder;
    private final RecordingPorts ports = new RecordingPorts();
    private final ThreadTasks tasks = new ThreadTasks(new FxThread());
    private ClientsViewModel model;
    private ClientsView view;

    private static void until(BooleanSupplier condition) {
        OnFx.until("what was asked for", 60, condition::getAsBoolean);
    }

    @BeforeEach void show() throws Exception {
        Path terminal = Files.writeString(folder.resolve("xterm"), "#!/bin/sh\nexit 0\n");
        assertTrue(terminal.toFile().setExecutable(true));
        Stage stage = FxToolkit.registerPrimaryStage();
        fx(() -> {
            var environment = Map.of("PATH", "/usr/bin:/bin", "TERMINAL", terminal.toString());
            model = new ClientsViewModel(new ClientsViewModel.Places(folder.resolve("authority"), folder.resolve("trust"), folder, environment), tasks, new FxThread());
            view = new ClientsView(model, ports);
            var scene = new Scene(view, 1000, 700);
            Look.dress(scene, Tokens.LIGHT, Look.FONT_SIZE);
            stage.setScene(scene);
            stage.show();
            return null;
        });
    }

    @AfterEach void close() throws Exception {
        FxToolkit.cleanupStages();
        model.close();
        assertTrue(tasks.shutdown(Duration.ofSeconds(5)));
    }

    private void press(String id) {
        fx(() -> {
            ((Button) view.lookup(id)).fire();
            return null;
        });
    }

    private String said() {
        return ((Label) view.lookup("#client-said")).getText();
    }

    private void check(ClientLibrary library) throws Exception {
        fx(() -> {
            model.library().set(library);
            return null;
        });
        press("#client-check");
        until(() -> !model.checking().get());
        assertEquals(List.of(), ports.problems);
    }

    @Test void aCheckSaysWhatIsGoodAndWhatIsNot() throws Exception {
        assumeTrue(Files.isExecutable(PYTHON), "the system has no Python 3");
        until(() -> model.interpreters().contains(PYTHON));
        assertFalse(fx(() -> view.lookup(".empty-state").isVisible() && model.diagnosis().get().isPresent()));
        check(ClientLibrary.URLLIB);
        assertEquals("urllib believes the authority and comes through the proxy.", said());
        assertTrue(fx(() -> view.lookupAll(".finding-good").size()) >= 3);
        assertTrue(fx(() -> view.lookupAll(".finding-bad").isEmpty()));
        assertFalse(fx(() -> view.lookup(".empty-state").isVisible()));
        fx(() -> {
            model.proxy().set(Optional.of(URI.create("http://127.0.0.1:8888")));
            model.ours().set(false);
            return null;
        });
        check(ClientLibrary.URLLIB);
        assertEquals("Something is in the way of urllib.", said());
        fx(() -> {
            ((Button) view.lookup(".finding-bad .finding-copy")).fire();
            return null;
        });
        assertTrue(ports.copied.getFirst().contains("export HTTPS_PROXY='http://127.0.0.1:8888'"), ports.copied::toString);
        Shots.write("traffic-clients", _ -> {
            var shown = new ClientsView(model, ports);
            shown.setStyle("-fx-background-color: -color-bg-default;");
            return shown;
        });
    }

    @Test void programsNeedAProxyAndGetEverythingSet() throws Exception {
        for (String id : List.of("#client-copy", "#client-open", "#client-run")) assertTrue(fx(() -> view.lookup(id).isDisabled()), id);
        assertTrue(((Label) view.lookup("#client-proxy")).getText().startsWith("Start the proxy first"));
        fx(() -> {
            model.proxy().set(Optional.of(URI.create("http://127.0.0.1:8888")));
            ((TextField) view.lookup("#client-command")).setText("echo \"$HTTPS_PROXY\"; echo \"[$NO_PROXY]\"; head -c 27 \"$SSL_CERT_FILE\"; exit 4");
            return null;
        });
        press("#client-run");
        until(() -> said().equals("The program ended with 4."));
        until(() -> model.output().size() == 3);
        assertEquals(List.of("http://127.0.0.1:8888", "[]", "-----BEGIN CERTIFICATE-----"), fx(() -> model.output().stream().map(each -> each.text()).toList()));
        press("#client-copy");
        until(() -> !ports.copied.isEmpty());
        assertTrue(ports.copied.getFirst().contains("\nexport REQUESTS_CA_BUNDLE='" + folder.resolve("trust")), ports.copied::toString);
        press("#client-open");
        until(() -> said().equals("A terminal was asked to open."));
        assertEquals(List.of(), ports.problems);
    }

    @Test void aProgramIsStopped() throws Exception {
        fx(() -> {
            model.proxy().set(Optional.of(URI.create("http://127.0.0.1:8888")));
            model.command().set("echo started; exec sleep 60");
            return null;
        });
        press("#client-run");
        until(() -> !model.output().isEmpty());
        press("#client-stop");
        until(() -> said().equals("The program was stopped."));
        assertFalse(model.runs().get());
    }
}
