package serpentarium.traffic.format.mitm;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Looks into the values of a dump, whatever a file put there: what is missing or of another type is null.
final class State {
    private State() {}

    @SuppressWarnings("unchecked") // Tnet makes maps with texts as keys only.
    static Map<String, Object> map(Object value) {
        return value instanceof Map<?, ?> ? (Map<String, Object>) value : null;
    }

    static Map<String, Object> map(Map<String, Object> in, String key) {
        return in == null ? null : map(in.get(key));
    }

    static List<?> list(Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    static String text(Object value) {
        return switch (value) {
            case String text -> text;
            case Bytes bytes -> bytes.text();
            case null, default -> null;
        };
    }

    static String text(Map<String, Object> in, String key) {
        return in == null ? null : text(in.get(key));
    }

    static String textOr(Map<String, Object> in, String key, String other) {
        String text = text(in, key);
        return text == null ? other : text;
    }

    static double real(Object value) {
        return value instanceof Number number && Math.abs(number.doubleValue()) < 1e15 ? number.doubleValue() : Double.NaN;
    }

    static double real(Map<String, Object> in, String key) {
        return in == null ? Double.NaN : real(in.get(key));
    }

    /// A whole number from 0 to `limit`, else `other`.
    static int whole(Object value, int limit, int other) {
        return value instanceof Long number && number >= 0 && number <= limit ? number.intValue() : other;
    }

    static boolean truth(Object value) {
        return Boolean.TRUE.equals(value) || value instanceof Long number && number != 0;
    }

    static byte[] bytes(Object value) {
        return switch (value) {
            case Bytes bytes -> bytes.copy();
            case String text -> Bytes.of(text).array();
            case null, default -> new byte[0];
        };
    }

    static Object orNull(double value) {
        return Double.isNaN(value) ? null : value;
    }

    /// What of `actual` cannot be told from `expected`; empty where all can.
    static Map<String, Object> beyond(Map<String, Object> actual, Map<String, Object> expected) {
        Map<String, Object> rest = new LinkedHashMap<>();
        actual.forEach((key, value) -> {
            Object other = expected.get(key);
            Map<String, Object> inner = map(value);
            Map<String, Object> otherInner = map(other);
            if (inner != null && otherInner != null) {
                Map<String, Object> more = beyond(inner, otherInner);
                if (!more.isEmpty()) rest.put(key, more);
            } else if (!same(value, other)) {
                rest.put(key, value);
            }
        });
        return rest;
    }

    /// Puts what [#beyond] gave back.
    static void merge(Map<String, Object> into, Map<String, Object> rest) {
        rest.forEach((key, value) -> {
            Map<String, Object> inner = map(value);
            Map<String, Object> there = map(into, key);
            if (inner != null && there != null) merge(there, inner);
            else into.put(key, value);
        });
    }

    private static boolean same(Object a, Object b) {
        if (a instanceof Number left && b instanceof Number right)
            return left instanceof BigInteger || right instanceof BigInteger ? left.equals(right) : left.doubleValue() == right.doubleValue();
        if (a instanceof List<?> left && b instanceof List<?> right) {
            if (left.size() != right.size()) return false;
            for (int i = 0; i < left.size(); i++) if (!same(left.get(i), right.get(i))) return false;
            return true;
        }
        return Objects.equals(a, b);
    }

    static List<Object> listOf(Object... items) {
        List<Object> list = new ArrayList<>(items.length);
        for (Object item : items) list.add(item);
        return list;
    }
}
