package serpentarium.architecture;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Where a package stands in the house, and what it may import.
///
/// @param area  `base`, `task`, `pack`, `pickle`, `kit`, a tower's name, `shell` or `app`
/// @param layer inside a tower: `format`, `analysis`, `engine`, `ui`, or empty for its root
record Floor(String area, String layer) {
    static final String ROOT = "serpentarium";
    static final List<String> TOWERS = List.of("python", "profile", "memory", "traffic", "log", "launch");
    static final Set<String> LAYERS = Set.of("", "format", "analysis", "engine", "ui");

    /// The floor of a package of the product.
    ///
    /// @throws IllegalArgumentException when the house has no such place
    static Floor of(String packageName) {
        String[] parts = packageName.split("\\.");
        if (!parts[0].equals(ROOT) || parts.length < 2) throw new IllegalArgumentException(packageName + " is outside of the house");
        String area = parts[1];
        if (TOWERS.contains(area)) {
            String layer = parts.length > 2 ? parts[2] : "";
            if (!LAYERS.contains(layer))
                throw new IllegalArgumentException(packageName + ": a tower has the layers format, analysis, engine and ui, and its root; put it into one");
            return new Floor(area, layer);
        }
        if (!Set.of("base", "task", "pack", "pickle", "kit", "shell", "app").contains(area))
            throw new IllegalArgumentException(packageName + " is on no floor; the towers are " + TOWERS);
        return new Floor(area, "");
    }

    boolean tower() {
        return TOWERS.contains(area);
    }

    /// Whether JavaFX may be seen from here.
    boolean seesWindows() {
        return switch (area) {
            case "kit", "shell", "app" -> true;
            case "base", "task", "pack", "pickle" -> false;
            default -> layer.equals("ui");
        };
    }

    /// Why this floor may not import `other`, or empty when it may.
    Optional<String> objection(Floor other) {
        if (equals(other) || area.equals("app")) return Optional.empty();
        return switch (other.area) {
            case "app" -> Optional.of("nothing imports app; hand the value in through a constructor");
            case "base" -> Optional.empty();
            case "task" -> area.equals("base") ? Optional.of("base depends on nothing") : Optional.empty();
            case "pack", "pickle" -> Set.of("base", "task", "pack", "pickle").contains(area) ? Optional.of(area + " is not above " + other.area) : Optional.empty();
            case "kit" -> seesWindows() ? Optional.empty() : Optional.of("kit is seen by ui, shell and app only");
            case "shell" -> Optional.of("shell stands above; go through a port of kit");
            default -> tower(other);
        };
    }

    private Optional<String> tower(Floor other) {
        if (area.equals("shell")) return Optional.of("shell knows panes by kit.Workpane only");
        if (!tower()) return Optional.of(area + " is below the towers");
        if (!area.equals(other.area)) return Optional.of("towers do not import each other; hand a value of base through the navigator");
        boolean below = switch (layer) {
            case "ui" -> true;
            case "engine" -> !other.layer.equals("ui");
            case "format", "analysis" -> other.layer.isEmpty();
            default -> false;
        };
        return below ? Optional.empty() : Optional.of("inside a tower: root ← format, analysis ← engine ← ui");
    }

    @Override public String toString() {
        return layer.isEmpty() ? area : area + "." + layer;
    }
}
