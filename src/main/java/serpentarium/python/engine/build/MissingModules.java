package serpentarium.python.engine.build;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The modules that a build has said to be missing, each once, by whatever name.
public final class MissingModules {
    private final Map<Object, Module> found = new LinkedHashMap<>();

    MissingModules() {}

    /// A module that is missing.
    ///
    /// @param name        such as `_lzma`
    /// @param requirement what it needs, where we know
    public record Module(String name, Optional<Requirement> requirement) {
        /// Whether many programs miss it.
        public boolean matters() {
            return requirement.filter(each -> each.weight() != Requirement.Weight.RARE).isPresent();
        }
    }

    void add(String module) {
        if (!module.matches("[A-Za-z_]\\w*")) return;
        Optional<Requirement> requirement = Requirement.ofModule(module);
        found.putIfAbsent(requirement.<Object>map(each -> each).orElse(module), new Module(requirement.map(each -> each.modules().getFirst()).orElse(module), requirement));
    }

    boolean has(String module) {
        return Requirement.ofModule(module).filter(found::containsKey).isPresent() || found.containsKey(module);
    }

    /// Those that matter first.
    List<Module> list() {
        var list = new ArrayList<>(found.values());
        list.sort(java.util.Comparator.comparing((Module each) -> !each.matters()).thenComparing(Module::name));
        return List.copyOf(list);
    }
}
