package serpentarium.traffic;

import java.util.List;
import java.util.Optional;

/// The fields of a header or trailer in their order and case, as [WireText].
///
/// @param fields as they came, doubles included
public record Headers(List<Field> fields) {
    /// No field.
    public static final Headers NONE = new Headers(List.of());

    /// One line of a header.
    ///
    /// @param name  as it was written
    /// @param value without the space around it
    public record Field(String name, String value) {}

    public Headers {
        fields = List.copyOf(fields);
    }

    /// The value of the first field of this name, whatever its case.
    public Optional<String> first(String name) {
        for (Field field : fields) if (field.name().equalsIgnoreCase(name)) return Optional.of(field.value());
        return Optional.empty();
    }

    /// The values of all fields of this name, in their order.
    public List<String> all(String name) {
        return fields.stream().filter(field -> field.name().equalsIgnoreCase(name)).map(Field::value).toList();
    }

    /// The values of all fields of this name joined by a comma, as RFC 9110 allows; null where there is none.
    public String joined(String name) {
        List<String> all = all(name);
        return all.isEmpty() ? null : String.join(", ", all);
    }
}
