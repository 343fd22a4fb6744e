package serpentarium.shell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.beans.property.SimpleBooleanProperty;
import org.junit.jupiter.api.Test;
import serpentarium.kit.Command;
import serpentarium.kit.MemorySettings;
import serpentarium.task.InlineTasks;

/// The shell's parts that need no window.
class ShellPartsTest {
    @Test void fuzzyPrefersBeginningsOfWordsAndRuns() {
        assertTrue(score("od", "Open demo") > score("od", "Method"));
        assertTrue(score("theme", "Theme: dark") > score("theme", "The merge"));
        assertArrayEquals(new int[] {0, 7}, Fuzzy.match("td", "Theme: dark").orElseThrow().places());
        assertArrayEquals(new int[] {5, 6, 7}, Fuzzy.match("THE", "Open the demo").orElseThrow().places());
        assertEquals(Optional.empty(), Fuzzy.match("xyz", "Open"));
        assertEquals(Optional.empty(), Fuzzy.match("po", "Open".substring(1, 2) + "x"));
        assertEquals(0, Fuzzy.match(" ", "anything").orElseThrow().score());
        assertEquals(Optional.empty(), Fuzzy.match("longer than it", "short"));
    }

    private static int score(String query, String text) {
        return Fuzzy.match(query, text).orElseThrow().score();
    }

    @Test void fuzzyPlacesSpellTheQuery() {
        String text = "/srv/projects/warehouse/services/billing/profiles/nightly/worker-17.pstats";
        for (String query : List.of("bil", "worker", "whpst", "s17", "ppp", "srvpstats")) {
            var found = new StringBuilder();
            for (int place : Fuzzy.match(query, text).orElseThrow().places()) found.append(text.charAt(place));
            assertEquals(query, found.toString());
        }
    }

    @Test void agoIsTheFinerTheNearer() {
        Instant now = Instant.parse("2026-11-23T12:00:00Z");
        Map<String, String> expected = Map.of("2026-11-23T11:59:30Z", "just now", "2026-11-23T11:18:00Z",
                "42 min ago", "2026-11-23T03:00:00Z", "9 h ago",
                "2026-11-22T23:00:00Z", "yesterday", "2026-11-19T12:00:00Z", "4 days ago", "2026-11-23T12:00:30Z", "just now");
        expected.forEach((then, text) -> assertEquals(text, Ago.text(Instant.parse(then), now, ZoneOffset.UTC), then));
        assertTrue(Ago.text(Instant.parse("2025-01-02T00:00:00Z"), now, ZoneOffset.UTC).contains("2025"));
    }

    @Test void settingsLieWhereThePlatformWantsThem() {
        Path home = Path.of("/home/me");
        assertEquals(Path.of("/home/me/.config/serpentarium"), Folders.settings(Map.of(), "Linux", home, null));
        assertEquals(Path.of("/etc/me/serpentarium"), Folders.settings(Map.of("XDG_CONFIG_HOME", "/etc/me"), "Linux", home, null));
        assertEquals(Path.of("/home/me/.config/serpentarium"), Folders.settings(Map.of("XDG_CONFIG_HOME", "relative"), "Linux", home, ""));
        assertEquals(Path.of("/home/me/Library/Application Support/Serpentarium"), Folders.settings(Map.of(), "Mac OS X", home, null));
        assertEquals(Path.of("/home/me/AppData/Roaming/Serpentarium"), Folders.settings(Map.of(), "Windows 11", home, null));
        assertEquals(Path.of("/elsewhere"), Folders.settings(Map.of("XDG_CONFIG_HOME", "/etc/me"), "Linux", home, "/elsewhere"));
        assertEquals(Path.of("/home/me/.local/state/serpentarium"), Folders.state(Map.of(), "Linux", home, null));
        assertEquals(Path.of("/home/me/Library/Logs/Serpentarium"), Folders.state(Map.of(), "Mac OS X", home, null));
        assertEquals(Path.of("/var/me/serpentarium"), Folders.state(Map.of("XDG_STATE_HOME", "/var/me"), "Linux", home, null));
        assertEquals(Path.of("/home/me/.local/share/serpentarium"), Folders.data(Map.of(), "Linux", home, null));
        assertEquals(Path.of("/home/me/Library/Application Support/Serpentarium"), Folders.data(Map.of(), "Mac OS X", home, null));
        assertEquals(Path.of("/var/me/serpentarium"), Folders.data(Map.of("XDG_DATA_HOME", "/var/me", "XDG_STATE_HOME", "/no"), "Linux", home, null));
        assertEquals(Path.of("/all"), Folders.data(Map.of("XDG_DATA_HOME", "/var/me"), "Linux", home, "/all"));
    }

    @Test void aSavedFileKeepsTheProposedEnding() {
        assertEquals(Path.of("/x/flame.svg"), WindowPorts.withEnding(Path.of("/x/flame"), "profile.svg"));
        assertEquals(Path.of("/x/a.speedscope.json"), WindowPorts.withEnding(Path.of("/x/a"), "p.speedscope.json"));
        assertEquals(Path.of("/x/flame.png"), WindowPorts.withEnding(Path.of("/x/flame.png"), "profile.svg"));
        assertEquals(Path.of("/x/callgrind"), WindowPorts.withEnding(Path.of("/x/callgrind"), "callgrind"));
    }

    @Test void recentFilesAreTwentyAtMostAndSurviveNonsense() {
        var settings = new MemorySettings();
        settings.put("files.recent", List.of("", "nonsense", "x /a", "99999999999999999999 /a", "5 relative", "7 /kept/file name"));
        var recent = new RecentFiles(settings, new InlineTasks());
        assertEquals(List.of(Path.of("/kept/file name")), recent.files().stream().map(RecentFiles.RecentFile::path).toList());
        for (int i = 0; i < 30; i++) recent.add(Path.of("/file" + i));
        recent.add(Path.of("/file20"));
        assertEquals(RecentFiles.LIMIT, recent.files().size());
        assertEquals(Path.of("/file20"), recent.files().getFirst().path());
        recent.check();
        assertTrue(recent.files().stream().allMatch(RecentFiles.RecentFile::missing));
        assertEquals(recent.files().stream().map(RecentFiles.RecentFile::path).toList(),
                new RecentFiles(settings, new InlineTasks()).files().stream().map(RecentFiles.RecentFile::path).toList());
        recent.clear();
        assertEquals(List.of(), new RecentFiles(settings, new InlineTasks()).files());
    }

    @Test void theRegistryKnowsEachIdOnce() {
        var registry = new CommandRegistry();
        var ran = new AtomicInteger();
        registry.add(List.of(Command.of("file.open", "Open", null, null, ran::incrementAndGet)));
        assertThrows(IllegalArgumentException.class, () -> registry.add(List.of(Command.of("file.open", "Again", null, null, () -> {}))));
        assertTrue(registry.run("file.open"));
        assertEquals(1, ran.get());
        assertEquals(false, registry.run("file.close"));
        registry.useDocument(List.of(Command.of("profile.top", "Top", null, null, new SimpleBooleanProperty(false), ran::incrementAndGet)));
        assertEquals(false, registry.run("profile.top"), "it is disabled");
        assertEquals(List.of("file.open", "profile.top"), registry.all().stream().map(Command::id).toList());
    }
}
