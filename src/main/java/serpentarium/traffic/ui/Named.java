package serpentarium.traffic.ui;

import java.util.function.Function;
import javafx.util.StringConverter;

/// Shows values by a name; nobody types them.
final class Named<T> extends StringConverter<T> {
    private final Function<T, String> name;

    private Named(Function<T, String> name) {
        this.name = name;
    }

    static <T> Named<T> of(Function<T, String> name) {
        return new Named<>(name);
    }

    @Override public String toString(T value) {
        return value == null ? "" : name.apply(value);
    }

    @Override public T fromString(String text) {
        throw new UnsupportedOperationException(text);
    }
}
