package serpentarium.app.cli;

import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import serpentarium.base.Strings;
import serpentarium.profile.Profile;

/// Finds the event or thread that a command line names.
final class Chosen {
    private static final Strings STRINGS = Strings.of(Chosen.class);

    private Chosen() {}

    /// The index of the event of this name.
    ///
    /// @throws ParameterException when there is none
    static int event(CommandSpec spec, Profile profile, String name) {
        return index(spec, profile.info().events(), event -> event.name(), name, STRINGS.get("usage.no-event", name, names(profile.info().events(), e -> e.name())));
    }

    /// The index of the thread of this name.
    ///
    /// @throws ParameterException when there is none
    static int thread(CommandSpec spec, Profile profile, String name) {
        return index(spec, profile.info().threads(), thread -> thread.name(), name,
                STRINGS.get("usage.no-thread", name, names(profile.info().threads(), t -> t.name())));
    }

    private static <T> String names(List<T> all, Function<T, String> name) {
        return String.join(", ", all.stream().map(name).toList());
    }

    private static <T> int index(CommandSpec spec, List<T> all, Function<T, String> name, String wanted, String otherwise) {
        for (int i = 0; i < all.size(); i++) if (name.apply(all.get(i)).equals(wanted)) return i;
        throw new ParameterException(spec.commandLine(), otherwise);
    }
}
