package serpentarium.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// That what the packages carry agrees with the program and with itself.
class InstallerTest {
    private static final Path INSTALLER = Path.of("installer");

    private static List<String> found(String regex, String text) {
        return Pattern.compile(regex).matcher(text).results().map(match -> match.group(1)).toList();
    }

    @Test void theDrawingIsTheSignThatTheWindowShows() throws IOException {
        String drawing = Files.readString(INSTALLER.resolve("icons/serpentarium.svg"));
        List<String> paths = found("= \"(M[^\"]+)\"", Files.readString(Path.of("src/main/java/serpentarium/shell/Logo.java")));
        assertEquals(5, paths.size());
        for (String path : paths) assertTrue(drawing.contains('"' + path + '"'), path);
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 22, 24, 32, 48, 64, 128, 256, 512})
    void eachPictureHasTheSizeThatItsNameSays(int size) throws IOException {
        var picture = ImageIO.read(INSTALLER.resolve("icons/serpentarium-" + size + ".png").toFile());
        assertEquals(size, picture.getWidth());
        assertEquals(size, picture.getHeight());
    }

    @Test void theDesktopEntryNamesTheTypesThatThePackageBrings() throws IOException {
        String types = Files.readString(INSTALLER.resolve("linux/serpentarium.xml"));
        String entry = found("(?m)^MimeType=(.*)$", Files.readString(INSTALLER.resolve("linux/serpentarium.desktop"))).getFirst();
        var named = new TreeSet<>(Stream.of(entry.split(";")).filter(type -> type.startsWith("application/x-serpentarium-")).toList());
        assertEquals(new TreeSet<>(found("<mime-type type=\"([^\"]+)\"", types)), named);
    }

    @Test void theEndsOfNamesAreTheSameOnEverySystem() throws IOException {
        var globs = found("pattern=\"\\*\\.([^\"]+)\"", Files.readString(INSTALLER.resolve("linux/serpentarium.xml")));
        for (String line : Files.readAllLines(INSTALLER.resolve("associations.txt"))) assertTrue(globs.contains(line.substring(0, line.indexOf('|'))), line);
    }
}
