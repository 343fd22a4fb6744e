package serpentarium.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import serpentarium.base.Problem;
import serpentarium.python.Installed;
import serpentarium.python.Resolution;
import serpentarium.python.engine.Resolver;
import serpentarium.python.engine.Surroundings;
import serpentarium.python.engine.inventory.DiskUse;
import serpentarium.python.engine.inventory.FactsReader;
import serpentarium.python.engine.inventory.Found;
import serpentarium.python.engine.inventory.Inventory;
import serpentarium.python.engine.inventory.Places;
import serpentarium.python.engine.inventory.Release;
import serpentarium.python.engine.inventory.ReleaseTable;
import serpentarium.task.TaskContext;

/// What `versions` tells.
///
/// @param root      pyenv's root
/// @param installed every Python, in the order in which they are listed
/// @param applies   which of them applies in the folder
/// @param releases  how long versions are looked after
/// @param today     the day that this is seen from
/// @param problems  what could not be looked at
record VersionsDocument(Path root, List<Installed> installed, Resolution applies, ReleaseTable releases, LocalDate today, List<Problem> problems) {
    /// Puts together what the machine has.
    ///
    /// @param folder whose environments are looked for
    /// @param sizes  whether what each takes on disk is counted
    static VersionsDocument of(Resolver resolver, Resolution applies, Map<String, String> environment, Path folder, boolean sizes, TaskContext context) throws IOException {
        var projects = new ArrayList<Path>();
        for (Path each = folder; each != null; each = each.getParent()) projects.add(each);
        var places = new Places(environment, Surroundings.of(environment).home(), Path.of("/"), projects);
        Inventory inventory = Inventory.of(places, new FactsReader(), context);
        var disk = new DiskUse();
        var installed = new ArrayList<Installed>();
        for (Found each : inventory.pythons()) installed.add(sizes && own(each.installed()) ? sized(each.installed(), disk, context) : each.installed());
        var problems = new ArrayList<>(inventory.problems());
        ReleaseTable releases = ReleaseTable.standard(problems::add);
        return new VersionsDocument(resolver.root().path(), List.copyOf(installed), applies, releases, LocalDate.now(), List.copyOf(problems));
    }

    /// Whether its folder is its own: the system's holds everything else too.
    private static boolean own(Installed installed) {
        return switch (installed.origin()) {
            case SYSTEM, UNMANAGED -> false;
            default -> true;
        };
    }

    private static Installed sized(Installed installed, DiskUse disk, TaskContext context) throws IOException {
        return installed.withSize(disk.of(installed.prefix(), context).bytes());
    }

    /// How long a Python is looked after, where that is known.
    Optional<Release> release(Installed python) {
        return releases.of(python.implementation(), python.version());
    }
}
