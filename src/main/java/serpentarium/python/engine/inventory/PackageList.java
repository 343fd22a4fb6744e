package serpentarium.python.engine.inventory;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import serpentarium.task.TaskContext;

/// The packages of a Python, read from what their installers left on disk. Nothing is started.
public final class PackageList {
    private static final Pattern FOLDER = Pattern.compile("(.+?)-([^-]+)(?:-py\\d[\\d.]*)?(?:-.+)?\\.(?:dist-info|egg-info|egg)");
    private static final List<String> INSTALLERS = List.of("pip", "setuptools", "wheel", "distribute");

    private PackageList() {}

    /// The packages of one of the inventory, by name.
    public static List<InstalledPackage> of(Found found, TaskContext context) {
        return in(folders(found), context);
    }

    /// Where its packages are: an environment's own, and those of its base where it sees them.
    static List<Path> folders(Found found) {
        var folders = new ArrayList<Path>();
        if (found.environment().isPresent()) {
            Path prefix = found.environment().get().prefix();
            for (Path lib : Layout.entries(prefix.resolve("lib")))
                if (Files.isDirectory(lib.resolve("site-packages"))) folders.add(lib.resolve("site-packages"));
            if (!found.environment().get().systemPackages()) return folders;
        }
        found.facts().ifPresent(facts -> folders.addAll(facts.layout().packageFolders()));
        return folders;
    }

    /// The packages in folders; of several with one name the one of the first folder, which is imported.
    static List<InstalledPackage> in(List<Path> folders, TaskContext context) {
        var found = new LinkedHashMap<String, InstalledPackage>();
        for (Path folder : folders) {
            for (Path each : Layout.entries(folder)) {
                context.checkpoint();
                read(each).ifPresent(one -> found.putIfAbsent(one.key(), one));
            }
        }
        return found.values().stream().sorted(Comparator.comparing(InstalledPackage::key)).toList();
    }

    private static Optional<InstalledPackage> read(Path entry) {
        String name = entry.getFileName().toString();
        if (name.endsWith(".dist-info")) return metadata(entry, entry.resolve("METADATA"));
        if (name.endsWith(".egg-info")) return metadata(entry, Files.isDirectory(entry) ? entry.resolve("PKG-INFO") : entry);
        if (name.endsWith(".egg") && Files.isDirectory(entry)) return metadata(entry, entry.resolve("EGG-INFO").resolve("PKG-INFO"));
        if (name.endsWith(".egg-link")) return link(entry);
        return Optional.empty();
    }

    /// What stands in the head of the metadata, else in the folder's name. A folder that pip was renaming when it was stopped begins with `~`.
    private static Optional<InstalledPackage> metadata(Path entry, Path file) {
        String folder = entry.getFileName().toString();
        if (folder.startsWith("~")) return Optional.empty();
        Map<String, String> head = head(PatchLevel.text(file));
        Matcher matcher = FOLDER.matcher(folder);
        boolean matches = matcher.matches();
        String name = head.getOrDefault("name", matches ? matcher.group(1) : "");
        if (name.isEmpty()) return Optional.empty();
        String version = head.getOrDefault("version", matches ? matcher.group(2) : "");
        Source source = Source.of(PatchLevel.text(entry.resolve("direct_url.json")));
        return Optional.of(new InstalledPackage(name, version, entry, source.editable, source.address,
                Optional.of(PatchLevel.text(entry.resolve("INSTALLER")).strip()).filter(each -> !each.isEmpty() && each.length() < 100)));
    }

    private static Map<String, String> head(String text) {
        var head = new LinkedHashMap<String, String>();
        for (String line : (Iterable<String>) text.lines()::iterator) {
            if (line.isBlank() || head.size() == 2) break;
            if (line.startsWith("Name:")) head.putIfAbsent("name", line.substring(5).strip());
            if (line.startsWith("Version:")) head.putIfAbsent("version", line.substring(8).strip());
        }
        head.values().removeIf(String::isEmpty);
        return head;
    }

    /// What `setup.py develop` leaves: the folder in which the package is written.
    private static Optional<InstalledPackage> link(Path entry) {
        Optional<Path> folder = PatchLevel.text(entry).lines().findFirst().flatMap(each -> Places.absolute(each.strip()));
        return folder.map(each -> {
            String name = entry.getFileName().toString().replaceFirst("\\.egg-link$", "");
            Optional<InstalledPackage> own = Layout.entries(each).stream().filter(inner -> inner.getFileName().toString().endsWith(".egg-info"))
                    .flatMap(inner -> metadata(inner, inner.resolve("PKG-INFO")).stream()).filter(inner -> inner.key().equals(new InstalledPackage(name, "", inner.metadata(),
                            true, Optional.empty(), Optional.empty()).key())).findFirst();
            return new InstalledPackage(own.map(InstalledPackage::name).orElse(name), own.map(InstalledPackage::version).orElse(""), entry, true,
                    Optional.of(each.toString()), Optional.empty());
        });
    }

    private record Source(boolean editable, Optional<String> address) {
        static Source of(String json) {
            boolean editable = false;
            Optional<String> address = Optional.empty();
            if (json.isEmpty()) return new Source(false, address);
            try (JsonParser parser = JsonFactory.builder().build().createParser(json)) {
                for (JsonToken token; (token = parser.nextToken()) != null; ) {
                    if (token == JsonToken.VALUE_TRUE && "editable".equals(parser.currentName())) editable = true;
                    if (token == JsonToken.VALUE_STRING && "url".equals(parser.currentName())) address = Optional.of(parser.getText());
                }
            } catch (IOException _) {
                return new Source(editable, address);
            }
            return new Source(editable, address);
        }
    }

    /// The lines of a requirements file that install these packages again; what installs packages is left out.
    public static String requirements(List<InstalledPackage> packages) {
        return packages.stream().filter(each -> !INSTALLERS.contains(each.key())).map(each -> each.requirement() + "\n").collect(Collectors.joining());
    }
}
