package serpentarium.profile.ui;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import serpentarium.kit.Settings;

/// Settings that live as long as the test.
final class MemorySettings implements Settings {
    private final Map<String, List<String>> values = new HashMap<>();

    @Override public Optional<String> text(String key) {
        return texts(key).stream().findFirst();
    }

    @Override public Optional<Double> number(String key) {
        return text(key).map(Double::valueOf);
    }

    @Override public List<String> texts(String key) {
        return values.getOrDefault(key, List.of());
    }

    @Override public void put(String key, String value) {
        values.put(key, List.of(value));
    }

    @Override public void put(String key, double value) {
        put(key, Double.toString(value));
    }

    @Override public void put(String key, List<String> list) {
        values.put(key, List.copyOf(list));
    }

    @Override public void remove(String key) {
        values.remove(key);
    }
}
