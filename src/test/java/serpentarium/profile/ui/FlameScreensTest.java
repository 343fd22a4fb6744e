package serpentarium.profile.ui;

import static org.junit.jupiter.api.Assertions.assertTrue;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.function.Consumer;
import javafx.scene.Scene;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import serpentarium.kit.MemorySettings;
import serpentarium.kit.RecordingPorts;
import serpentarium.kit.Theme;
import serpentarium.kit.Tokens;
import serpentarium.profile.Profile;
import serpentarium.task.InlineTasks;

/// Pictures of the flame graph under `target/screens`, for people to look at.
@ExtendWith(ApplicationExtension.class)
class FlameScreensTest {
    private static void picture(FxRobot robot, String name, Profile profile, boolean dark, int width, int height, Consumer<Shot> act)
            throws IOException {
        var shots = new WritableImage[1];
        robot.interact(() -> {
            var tasks = new InlineTasks();
            var theme = new Theme();
            theme.use(dark ? Tokens.DARK : Tokens.LIGHT);
            var model = new ProfileViewModel(profile, tasks);
            var view = new FlameView(model, theme, new RecordingPorts(), new MemorySettings(), tasks);
            var scene = new Scene(view, width, height, dark ? Color.web("#0d1117") : Color.WHITE);
            scene.getStylesheets().add(dark ? new PrimerDark().getUserAgentStylesheet() : new PrimerLight().getUserAgentStylesheet());
            scene.snapshot(null);
            act.accept(new Shot(view, model));
            shots[0] = scene.snapshot(null);
        });
        WritableImage shot = shots[0];
        var argb = new int[width * height];
        shot.getPixelReader().getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), argb, 0, width);
        var colors = new HashSet<Integer>();
        for (int pixel : argb) colors.add(pixel);
        assertTrue(colors.size() > 50, name + " shows something");
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, width, height, argb, 0, width);
        Path folder = Files.createDirectories(Path.of("target", "screens"));
        assertTrue(ImageIO.write(image, "png", folder.resolve(name + ".png").toFile()));
    }

    private record Shot(FlameView view, ProfileViewModel model) {
        void use(FlameMode mode, int dearest) {
            model.selected().set(model.analysis().get().functions().bySelf()[dearest]);
            view.use(mode);
            view.getScene().snapshot(null);
        }

        int widest(int depth) {
            return view.scene().layout().at(depth, 1e-9);
        }
    }

    @Test void everyModeInBothThemesAndSizes(FxRobot robot) throws IOException {
        Profile.Stacks timed = FlameSamples.timed(3);
        Profile.Graph graph = FlameSamples.graph(FlameSamples.stacks(3, 0.002));
        for (boolean dark : new boolean[] {false, true}) {
            String theme = dark ? "dark" : "light";
            for (FlameMode mode : FlameMode.values()) {
                for (int[] size : new int[][] {{1600, 1000}, {1100, 700}}) {
                    String name = "flame-" + mode.id() + "-" + theme + "-" + size[0] + "x" + size[1];
                    picture(robot, name, timed, dark, size[0], size[1], shot -> shot.use(mode, 1));
                }
            }
            picture(robot, "flame-time-" + theme + "-zoomed-1600x1000", timed, dark, 1600, 1000, shot -> {
                shot.use(FlameMode.TIME, 1);
                shot.view.flame().coloring().set(FlameColoring.MODULE);
                shot.view.zoomAt(500, 12);
            });
            picture(robot, "flame-inverted-" + theme + "-estimated-1600x1000", graph, dark, 1600, 1000, shot -> {
                shot.use(FlameMode.INVERTED, 1);
                shot.view.flame().coloring().set(FlameColoring.FILE);
                shot.view.showCard(shot.view.scene().layout().at(3, 1e-9), 420, 150);
            });
            picture(robot, "flame-sandwich-" + theme + "-estimated-1100x700", graph, dark, 1100, 700, shot -> {
                shot.use(FlameMode.SANDWICH, 9);
                shot.view.flame().coloring().set(FlameColoring.SELF);
                shot.view.select(shot.view.scene().layout().above(shot.view.scene().layout().trunk()));
            });
        }
    }

    @Test void bothThemesAndSizes(FxRobot robot) throws IOException {
        Profile.Stacks profile = FlameSamples.stacks(3, 0.002);
        for (boolean dark : new boolean[] {false, true}) {
            String theme = dark ? "dark" : "light";
            picture(robot, "flame-" + theme + "-1600x1000", profile, dark, 1600, 1000,
                    shot -> shot.view.showCard(shot.widest(5), 420, 150));
            picture(robot, "flame-" + theme + "-1100x700", profile, dark, 1100, 700, _ -> { });
            picture(robot, "flame-" + theme + "-search-1600x1000", profile, dark, 1600, 1000, shot -> {
                int node = shot.view.scene().layout().neighbour(shot.widest(6), 1);
                shot.view.zoomTo(node);
                shot.model.query().set("json");
                shot.view.select(shot.view.scene().layout().child(node));
            });
            picture(robot, "flame-" + theme + "-estimated-1600x1000", FlameSamples.graph(profile), dark, 1600, 1000, shot -> {
                int node = shot.widest(6);
                shot.view.select(node);
                shot.view.showCard(node, 420, 150);
            });
        }
    }
}
