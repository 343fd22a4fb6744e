package serpentarium.traffic.ui.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static serpentarium.kit.OnFx.fx;

import java.nio.file.Path;
import java.util.Set;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.StackPane;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;
import serpentarium.kit.MemorySettings;
import serpentarium.kit.Shots;
import serpentarium.task.InlineTasks;
import serpentarium.traffic.engine.proxy.ListenerSpec;
import serpentarium.traffic.engine.proxy.ProxyOptions;
import serpentarium.traffic.engine.trust.Authority;
import serpentarium.traffic.engine.watch.LiveSession;

/// The proxy's options as a person sets them.
class OptionsFormTest {
    @TempDir Path folder;
    private final MemorySettings settings = new MemorySettings();
    private LiveSession live;
    private LiveViewModel model;

    @BeforeEach void begin() throws Exception {
        FxToolkit.registerPrimaryStage();
        live = LiveSession.begin(folder.resolve("s"), Authority.open(folder.resolve("a")), ProxyOptions.USUAL);
        model = fx(() -> new LiveViewModel(live, new InlineTasks()));
    }

    @AfterEach void end() throws Exception {
        live.close();
    }

    private static void type(OptionsForm form, String id, String text) {
        ((TextField) form.lookup("#options-" + id)).setText(text);
    }

    private static String wrong(OptionsForm form) {
        return ((Label) form.lookup("#options-wrong")).getText();
    }

    @Test void whatIsTypedIsCheckedUsedAndRemembered() {
        fx(() -> {
            var form = new OptionsForm(model, settings);
            type(form, "user", "me");
            assertFalse(wrong(form).isEmpty());
            type(form, "password", "geheim");
            assertEquals("", wrong(form));
            type(form, "pass-through", "https://pypi.org");
            assertTrue(wrong(form).contains("https://pypi.org"));
            type(form, "pass-through", "pypi.org, *.bank.test");
            type(form, "unverified", "localhost");
            type(form, "upstream", "ftp://x");
            assertFalse(wrong(form).isEmpty());
            assertTrue(form.lookup("#options-use").isDisabled());
            type(form, "upstream", "socks5://u:pw@proxy.test:1080");
            assertEquals("", wrong(form));
            ((Button) form.lookup("#options-use")).fire();
            return null;
        });
        ProxyOptions now = live.proxy().options();
        assertEquals(new ProxyOptions.Credentials("me", "geheim"), now.credentials());
        assertEquals(Set.of("pypi.org", "*.bank.test"), now.passThrough());
        assertEquals(Set.of("localhost"), now.unverified());
        assertEquals(new ProxyOptions.Chain(ProxyOptions.Chain.Kind.SOCKS5, "proxy.test", 1080, new ProxyOptions.Credentials("u", "pw")), now.chain());
        assertEquals("socks5://proxy.test:1080", settings.text("traffic.proxy.upstream").orElse(""), "no password is remembered");
        live.proxy().options(ProxyOptions.USUAL);
        fx(() -> {
            model.remembered(settings);
            return null;
        });
        assertEquals(Set.of("pypi.org", "*.bank.test"), live.proxy().options().passThrough());
        assertNull(live.proxy().options().credentials());
    }

    @Test void anAddressThatOthersReachWantsAPassword() {
        var made = new java.util.ArrayList<ListenerSpec>();
        fx(() -> {
            for (boolean password : new boolean[] {false, true}) {
                ListenerForm form = ListenerForm.forward(() -> password, made::add);
                ((TextField) form.lookup("#listener-host")).setText("0.0.0.0");
                ((Button) form.lookup("#listener-start")).fire();
                assertEquals(password, ((Label) form.lookup("#listener-wrong")).getText().isEmpty());
            }
            return null;
        });
        assertEquals(1, made.size());
    }

    @Test void picturesAreTaken() {
        Shots.write("proxy-options", _ -> {
            var form = new OptionsForm(model, settings);
            type(form, "user", "me");
            type(form, "pass-through", "pypi.org, *.bank.test");
            form.setMaxSize(560, 400);
            return new StackPane(form);
        });
        assertTrue(java.nio.file.Files.exists(Path.of("target/screens/proxy-options-dark-1600x1000.png")));
    }
}
