package serpentarium.python.ui;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.python.Installed;
import serpentarium.python.Origin;
import serpentarium.python.engine.inventory.Environment;
import serpentarium.python.engine.inventory.Facts;
import serpentarium.python.engine.inventory.Found;
import serpentarium.python.engine.inventory.InstalledPackage;
import serpentarium.python.engine.inventory.Release;

/// A line of the table of Pythons.
///
/// @param release  the life of its series, where it is known
/// @param facts    what its files say, once they were read
/// @param environment what its settings say, where it is a virtual environment
/// @param packages what is installed in it, once that was read
/// @param usedBy   what chooses it, in words
record VersionRow(Installed installed, Optional<Release> release, Optional<Facts> facts, Optional<Environment> environment,
        Optional<List<InstalledPackage>> packages, List<String> usedBy) {
    private static final Strings STRINGS = Strings.of(VersionRow.class);

    VersionRow {
        usedBy = List.copyOf(usedBy);
    }

    VersionRow with(Installed other) {
        return new VersionRow(other, release, facts, environment, packages, usedBy);
    }

    VersionRow having(List<InstalledPackage> found) {
        return new VersionRow(installed, release, facts, environment, Optional.of(found), usedBy);
    }

    VersionRow usedBy(List<String> users) {
        return new VersionRow(installed, release, facts, environment, packages, users);
    }

    /// Whether it is a folder or a link of pyenv's own, and not an environment within one.
    boolean ownFolder() {
        return pyenv() && !name().contains("/");
    }

    /// As the engine knows it.
    Found found() {
        return new Found(installed, facts, environment);
    }

    /// Whether it is an environment whose Python is gone.
    boolean orphan() {
        return environment.filter(Environment::orphan).isPresent();
    }

    String name() {
        return installed.name();
    }

    /// Whether a pin of pyenv's can name it.
    boolean pyenv() {
        return installed.origin() == Origin.PYENV || installed.origin() == Origin.PYENV_VIRTUALENV;
    }

    String origin() {
        return STRINGS.get("origin." + installed.origin().id());
    }

    Optional<Release.Support> support(LocalDate day) {
        return release.map(life -> life.on(day));
    }

    /// Its state of support, such as `security until 2028-10`; empty where it is not known.
    String status(LocalDate day) {
        return release.map(life -> STRINGS.get("support." + life.on(day).name().toLowerCase(Locale.ROOT), month(life.endOfLife()), month(life.first()))).orElse("");
    }

    private static String month(LocalDate day) {
        return day.toString().substring(0, 7);
    }

    String size() {
        return installed.size().isPresent() ? Quantity.size(installed.size().getAsLong()) : "";
    }

    /// What sets its build apart, in short words.
    List<String> flags() {
        var flags = new ArrayList<String>();
        if (orphan()) flags.add(STRINGS.get("flag.orphan"));
        else if (installed.executable().isEmpty()) flags.add(STRINGS.get("flag.broken"));
        facts.ifPresent(known -> {
            if (known.freeThreaded()) flags.add(STRINGS.get("flag.free-threaded"));
            if (known.debug()) flags.add(STRINGS.get("flag.debug"));
            if (known.optimised()) flags.add(STRINGS.get("flag.optimised"));
            if (known.shared()) flags.add(STRINGS.get("flag.shared"));
            if (!known.compiles()) flags.add(STRINGS.get("flag.no-headers"));
            if (known.movedFrom().isPresent()) flags.add(STRINGS.get("flag.moved"));
            if (!known.missing().isEmpty()) flags.add(STRINGS.get("flag.missing", known.missing().size()));
        });
        return flags;
    }

    /// All that the filter looks through.
    String searched(LocalDate day) {
        return String.join(" ", name(), installed.implementation(), installed.version(), origin(), status(day), String.join(" ", flags()), String.join(" ", usedBy),
                installed.prefix().toString()).toLowerCase(Locale.ROOT);
    }
}
