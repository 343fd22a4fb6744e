package serpentarium.kit;

import java.util.function.Function;
import javafx.util.StringConverter;

/// Shows values by a name; nobody types them.
public final class Named<T> extends StringConverter<T> {
    private final Function<T, String> name;

    private Named(Function<T, String> name) {
        this.name = name;
    }

    /// A converter that shows `name` of a value.
    public static <T> Named<T> of(Function<T, String> name) {
        return new Named<>(name);
    }

    @Override public String toString(T value) {
        return value == null ? "" : name.apply(value);
    }

    @Override public T fromString(String text) {
        return null;
    }
}
