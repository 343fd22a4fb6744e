package serpentarium.python.ui;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import serpentarium.python.Origin;
import serpentarium.python.Resolution;
import serpentarium.python.analysis.VersionOrder;
import serpentarium.python.engine.AskedPyenv;
import serpentarium.python.engine.Resolver;
import serpentarium.python.engine.RootWatch;
import serpentarium.python.engine.Surroundings;
import serpentarium.python.engine.inventory.DiskUse;
import serpentarium.python.engine.inventory.FactsReader;
import serpentarium.python.engine.inventory.Found;
import serpentarium.python.engine.inventory.InstalledPackage;
import serpentarium.python.engine.inventory.Inventory;
import serpentarium.python.engine.inventory.PackageList;
import serpentarium.python.engine.inventory.Places;
import serpentarium.python.engine.inventory.ReleaseTable;
import serpentarium.task.TaskContext;

/// This machine's Pythons as the engine sees them. To be asked in the background; a look stays as it is until the next one.
final class Pythons {
    private static final Logger LOG = LoggerFactory.getLogger(Pythons.class);
    private final Map<String, String> environment;
    private final Surroundings surroundings;
    private final FactsReader reader = new FactsReader();
    private final DiskUse disk = new DiskUse();
    private volatile Resolver resolver;
    private volatile List<VersionRow> known = List.of();
    private volatile Optional<ReleaseTable> releases = Optional.empty();

    /// @param environment the user's variables
    Pythons(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
        surroundings = Surroundings.of(environment);
    }

    /// Looks at the root and the PATH as they are now.
    void look() {
        resolver = new Resolver(surroundings);
    }

    /// How what decides in a folder looks now.
    RootWatch.Stamp stamp(Path folder) {
        return RootWatch.now(surroundings, List.of(folder));
    }

    /// Ends once it looks otherwise; work for a task of its own.
    RootWatch.Stamp changed(Path folder, RootWatch.Stamp known, TaskContext context) throws InterruptedException {
        return RootWatch.changed(surroundings, List.of(folder), known, context);
    }

    Path home() {
        return surroundings.home();
    }

    Path root() {
        return surroundings.root();
    }

    Resolution resolve(Path folder) {
        if (resolver == null) look();
        return resolver.resolve(folder);
    }

    /// Whether a hook could make pyenv's answer another than the rules'.
    boolean hooked() {
        return resolver != null && resolver.hooks().mayChangeAnswer() && resolver.program().isPresent();
    }

    /// What pyenv itself says.
    Resolution ask(Path folder, TaskContext context) throws InterruptedException {
        return AskedPyenv.resolve(resolver, folder, context);
    }

    /// All that are there; `folder` may have environments of its own.
    ///
    /// @param known environments in other places
    List<VersionRow> list(Path folder, List<Path> known, TaskContext context) throws IOException {
        if (releases.isEmpty()) releases = Optional.of(ReleaseTable.standard(problem -> LOG.warn("{}", problem.line())));
        Inventory inventory = Inventory.of(new Places(environment, surroundings.home(), Path.of("/"), List.of(folder), known), reader, context);
        return inventory.pythons().stream().sorted(Comparator.comparing((Found found) -> found.installed().origin())
                .thenComparing(found -> found.installed().name(), VersionOrder.ORDER)).map(found -> new VersionRow(found.installed(),
                releases.flatMap(table -> table.of(found.installed().implementation(), found.installed().version())), found.facts(), found.environment(), Optional.empty(), List.of())).toList();
    }

    /// What the last look at the machine found, to be shown until the next one has ended. Environments belong to folders and are left out.
    List<VersionRow> known() {
        return known;
    }

    /// Keeps what was found and measured.
    void keep(List<VersionRow> rows) {
        known = rows.stream().filter(row -> row.installed().origin() != Origin.VENV).map(row -> row.usedBy(List.of())).toList();
    }

    /// What is installed in a Python.
    List<InstalledPackage> packages(VersionRow row, TaskContext context) {
        return PackageList.of(row.found(), context);
    }

    /// The last look.
    Resolver resolver() {
        return resolver;
    }

    /// The program `pyenv`, where there is one.
    Optional<Path> program() {
        return resolver == null ? Optional.empty() : resolver.program();
    }

    /// The bytes that a version takes on the disk.
    long size(Path prefix, TaskContext context) throws IOException {
        return disk.of(prefix, context).bytes();
    }
}
