package serpentarium.smoke;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Runs the packaged program as a person would.
class PackagedImageIT {
    private static final Path IMAGE = Path.of(System.getProperty("serpentarium.image", "target/serpentarium"));
    private static final Path DEMO = IMAGE.resolve("assets/demo");

    @TempDir private Path folder;

    private record Answer(int status, String out, String err) {}

    private Answer run(String... arguments) throws IOException, InterruptedException {
        var line = new ArrayList<String>(List.of(IMAGE.resolve("bin/serpentarium").toAbsolutePath().toString()));
        line.addAll(List.of(arguments));
        File out = folder.resolve("out").toFile();
        File err = folder.resolve("err").toFile();
        var builder = new ProcessBuilder(line).redirectOutput(out).redirectError(err);
        builder.environment().remove("DISPLAY");
        builder.environment().remove("WAYLAND_DISPLAY");
        builder.environment().put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        builder.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
        Process process = builder.start();
        assertTrue(process.waitFor(2, TimeUnit.MINUTES), "it did not end");
        return new Answer(process.exitValue(), Files.readString(out.toPath(), StandardCharsets.UTF_8), Files.readString(err.toPath(), StandardCharsets.UTF_8));
    }

    @Test void versionIsThatOfTheBuild() throws Exception {
        Answer answer = run("--version");
        assertEquals(0, answer.status, answer.err);
        assertTrue(answer.out.matches("Serpentarium \\d+\\.\\d+\\.\\d+\\s*"), answer.out);
    }

    @Test void theCacheThatWasMadeAtPackagingIsThere() {
        assertTrue(Files.isRegularFile(IMAGE.resolve("lib/serpentarium.aot")));
    }

    @ParameterizedTest
    @CsvSource({"shop.pstats,same_name", "callgrind.out.workers,digest", "shop.collapsed,same_name"})
    void everyDemoProfileIsRead(String file, String function) throws Exception {
        Answer answer = run("profile", DEMO.resolve(file).toString());
        assertEquals(0, answer.status, answer.err);
        assertTrue(answer.out.contains(function), answer.out);
        assertEquals("", answer.err);
    }

    @ParameterizedTest
    @CsvSource({"light,shop.pstats", "dark,shop.pstats", "light,callgrind.out.workers", "dark,shop.collapsed"})
    void thePictureOfTheWindowIsNotEmpty(String theme, String file) throws Exception {
        Path picture = folder.resolve("picture.png");
        Answer answer = run("render", DEMO.resolve(file).toString(), "--out", picture.toString(), "--size", "1100x700", "--theme", theme);
        assertEquals(0, answer.status, answer.err);
        BufferedImage image = ImageIO.read(picture.toFile());
        assertEquals(1100, image.getWidth());
        assertEquals(700, image.getHeight());
        Set<Integer> colours = new HashSet<>();
        for (int y = 0; y < image.getHeight(); y += 3) for (int x = 0; x < image.getWidth(); x += 3) colours.add(image.getRGB(x, y));
        assertTrue(colours.size() > 40, "only " + colours.size() + " colours");
        int corner = image.getRGB(image.getWidth() / 2, image.getHeight() - 2) & 0xff;
        assertEquals(theme.equals("dark"), corner < 128, "the theme that was asked for");
    }

    @Test void whatCannotBeReadIsOneLineAndStatusOne() throws Exception {
        Path file = Files.writeString(folder.resolve("poem.txt"), "Roses are red\n");
        Answer answer = run("profile", file.toString(), "--json");
        assertEquals(1, answer.status);
        assertEquals("", answer.out);
        assertTrue(answer.err.startsWith(file.toString()), answer.err);
        assertTrue(!answer.err.contains("Exception") && !answer.err.contains("\tat "), answer.err);
    }

    @Test void withoutADisplayTheDesktopSaysSoInOneLine() throws Exception {
        Answer answer = run();
        assertEquals(1, answer.status);
        assertEquals(1, answer.err.lines().count(), answer.err);
        assertTrue(answer.err.contains("profile") && answer.err.contains("render"), answer.err);
    }
}
