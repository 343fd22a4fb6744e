package serpentarium.profile.format;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import serpentarium.base.Strings;
import serpentarium.profile.Event;
import serpentarium.profile.Unit;

/// The events of a callgrind file: the columns of its cost lines, and those that an `event: NAME = FORMULA` line derives from them.
final class CallgrindEvents {
    /// How many there may be.
    static final int MAX = 64;

    private record Term(double factor, String name) {}

    private final Strings strings;
    private final List<String> names = new ArrayList<>();
    private final Map<String, String> titles = new HashMap<>();
    private final Map<String, List<Term>> formulas = new HashMap<>();
    private boolean fixed;
    private double[][] derived = {};
    private int measured;

    CallgrindEvents(Strings strings) {
        this.strings = strings;
    }

    /// Takes the value of an `event:` line: `NAME [= FORMULA] [: LONG NAME]`.
    void define(String value) {
        if (fixed || titles.size() + formulas.size() > 4 * MAX) return;
        int colon = value.indexOf(':');
        String left = (colon < 0 ? value : value.substring(0, colon)).strip();
        String title = colon < 0 ? "" : value.substring(colon + 1).strip();
        int equals = left.indexOf('=');
        String name = (equals < 0 ? left : left.substring(0, equals)).strip();
        if (name.isEmpty()) return;
        if (!title.isEmpty()) titles.put(name, title);
        if (equals >= 0) {
            List<Term> terms = terms(left.substring(equals + 1));
            if (!terms.isEmpty()) formulas.put(name, terms);
        }
    }

    /// Whether an `event:` line has been taken.
    boolean anyDefined() {
        return !titles.isEmpty() || !formulas.isEmpty();
    }

    /// `[+-] [FACTOR [*]] NAME …`; empty when it is something else.
    private static List<Term> terms(String formula) {
        List<Term> terms = new ArrayList<>();
        double sign = 1;
        double factor = 1;
        for (String token : formula.replace("+", " + ").replace("-", " - ").replace("*", " ").strip().split("\\s+")) {
            if (token.equals("+")) continue;
            if (token.equals("-")) {
                sign = -sign;
                continue;
            }
            int digits = 0;
            while (digits < token.length() && (AsciiNumber.digit(token.charAt(digits)) || token.charAt(digits) == '.')) digits++;
            if (digits > 0) {
                byte[] number = token.substring(0, digits).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
                factor = AsciiNumber.parse(number, 0, number.length);
                if (Double.isNaN(factor)) return List.of();
            }
            if (digits == token.length()) continue;
            if (terms.size() == MAX) return List.of();
            terms.add(new Term(sign * factor, token.substring(digits)));
            sign = 1;
            factor = 1;
        }
        return terms;
    }

    /// Takes the names of an `events:` line.
    ///
    /// @return for each column the event it belongs to, or -1 for one that came too late to be taken
    int[] columns(List<String> line) {
        int[] columns = new int[Math.min(line.size(), MAX)];
        for (int i = 0; i < columns.length; i++) {
            int known = names.subList(0, fixed ? measured : names.size()).indexOf(line.get(i));
            if (known < 0 && !fixed && names.size() < MAX) {
                names.add(line.get(i));
                known = names.size() - 1;
            }
            columns[i] = known;
        }
        return columns;
    }

    /// Fixes the events: from now on they are as many and as they are.
    void fix() {
        if (fixed) return;
        fixed = true;
        if (names.isEmpty()) names.add(strings.get("callgrind.default-event"));
        measured = names.size();
        List<double[]> rows = new ArrayList<>();
        formulas.keySet().stream().sorted().forEach(name -> {
            if (names.contains(name) || names.size() == MAX) return;
            double[] factors = new double[measured];
            if (!expand(name, 1, factors, 0)) return;
            names.add(name);
            rows.add(factors);
        });
        derived = rows.toArray(double[][]::new);
    }

    /// Whether the formula needs nothing but measured events; formulas may use formulas, to a small depth.
    private boolean expand(String name, double factor, double[] factors, int depth) {
        int index = names.subList(0, measured).indexOf(name);
        if (index >= 0) {
            factors[index] += factor;
            return true;
        }
        List<Term> terms = formulas.get(name);
        if (terms == null || depth == 4) return false;
        boolean all = true;
        for (Term term : terms) all &= expand(term.name, factor * term.factor, factors, depth + 1);
        return all;
    }

    /// How many there are, the derived ones among them.
    int size() {
        return names.size();
    }

    /// The name of the first one, or null.
    String first() {
        return names.isEmpty() ? null : names.getFirst();
    }

    /// The name of one.
    String name(int event) {
        return names.get(event);
    }

    /// How many the file counts; the derived ones come after them.
    int measured() {
        return measured;
    }

    /// Computes the derived costs from the measured ones in the same array.
    void derive(double[] costs) {
        for (int d = 0; d < derived.length; d++) {
            double sum = 0;
            for (int e = 0; e < measured; e++) sum += derived[d][e] * costs[e];
            costs[measured + d] = sum;
        }
    }

    /// The events with their titles, units and these totals.
    List<Event> events(CallgrindDialect dialect, double[] totals) {
        List<Event> events = new ArrayList<>();
        for (int e = 0; e < names.size(); e++) {
            String name = names.get(e);
            String key = "callgrind.event." + name;
            String title = titles.getOrDefault(name, strings.has(key) ? strings.get(key) : name);
            events.add(new Event(name, title, unit(dialect, name), totals[e]));
        }
        return events;
    }

    private static Unit unit(CallgrindDialect dialect, String name) {
        return switch (name) {
            case "Ir", "instructions" -> Unit.INSTRUCTIONS;
            case "ns", "Nanoseconds", "Time_(ns)" -> Unit.NANOSECONDS;
            case "us", "µs", "Time_(µs)", "Time_(us)" -> Unit.MICROSECONDS;
            case "Memory_(bytes)", "Memory_(B)", "bytes", "Bytes" -> Unit.BYTES;
            case "Ticks" -> dialect == CallgrindDialect.YAPPI ? Unit.MICROSECONDS : Unit.COUNT;
            case null, default -> Unit.COUNT;
        };
    }
}
