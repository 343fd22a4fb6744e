package serpentarium.python.engine.inventory;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// A package that is installed for a Python.
///
/// @param name      as it calls itself
/// @param version   as it says, or empty where it does not
/// @param metadata  the folder or file that says so
/// @param editable  whether it is used where it is written
/// @param source    where it came from: a folder for an editable one, an address for one that was installed from there
/// @param installer who installed it, such as `pip`, where it is noted
public record InstalledPackage(String name, String version, Path metadata, boolean editable, Optional<String> source, Optional<String> installer) {
    /// The name as package indexes compare it.
    public String key() {
        return name.replaceAll("[-_.]+", "-").toLowerCase(Locale.ROOT);
    }

    /// A line of a requirements file that installs it again.
    public String requirement() {
        if (editable && source.isPresent()) return "-e " + source.get().replaceFirst("^file://", "");
        return source.filter(each -> each.contains("://")).map(each -> name + " @ " + each).orElse(version.isEmpty() ? name : name + "==" + version);
    }
}
