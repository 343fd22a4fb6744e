package serpentarium.kit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Settings that are forgotten when the program ends: for pictures, tests, and folders that cannot be written. To be used on one thread.
public final class MemorySettings implements Settings {
    private final Map<String, Object> values = new HashMap<>();

    @Override public Optional<String> text(String key) {
        return values.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    @Override public Optional<Double> number(String key) {
        return values.get(key) instanceof Double number ? Optional.of(number) : Optional.empty();
    }

    @Override public List<String> texts(String key) {
        return values.get(key) instanceof List<?> list ? list.stream().map(String.class::cast).toList() : List.of();
    }

    @Override public void put(String key, String value) {
        values.put(key, value);
    }

    @Override public void put(String key, double value) {
        values.put(key, value);
    }

    @Override public void put(String key, List<String> value) {
        values.put(key, List.copyOf(value));
    }

    @Override public void remove(String key) {
        values.remove(key);
    }
}
