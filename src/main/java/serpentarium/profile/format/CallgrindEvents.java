package serpentarium.profile.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import serpentarium.base.Strings;
import serpentarium.profile.Event;
import serpentarium.profile.EventFormulas;
import serpentarium.profile.Unit;

/// The events of a callgrind file: the columns of its cost lines, and those that an `event: NAME = FORMULA` line derives from them.
final class CallgrindEvents {
    /// How many there may be.
    static final int MAX = 64;

    /// Those that KCachegrind adds; which of their terms there are depends on what valgrind was asked to count.
    private static final Map<String, String> BUILT_IN = builtIn();

    private record Term(double factor, String name) {}

    private final Strings strings;
    private final List<String> names = new ArrayList<>();
    private final Map<String, String> titles = new HashMap<>();
    private final Map<String, List<Term>> defined = new LinkedHashMap<>();
    private boolean fixed;
    private EventFormulas formulas = EventFormulas.NONE;
    private int measured;

    CallgrindEvents(Strings strings) {
        this.strings = strings;
    }

    private static Map<String, String> builtIn() {
        Map<String, String> formulas = new LinkedHashMap<>();
        formulas.put("L1m", "I1mr + D1mr + D1mw");
        formulas.put("L2m", "I2mr + D2mr + D2mw");
        formulas.put("LLm", "ILmr + DLmr + DLmw");
        formulas.put("Bm", "Bim + Bcm");
        formulas.put("CEst", "Ir + 10 Bm + 10 L1m + 20 Ge + 100 L2m + 100 LLm");
        return Collections.unmodifiableMap(formulas);
    }

    /// Takes the value of an `event:` line: `NAME [= FORMULA] [: LONG NAME]`.
    void define(String value) {
        if (fixed || titles.size() + defined.size() > 4 * MAX) return;
        int colon = value.indexOf(':');
        String left = (colon < 0 ? value : value.substring(0, colon)).strip();
        String title = colon < 0 ? "" : value.substring(colon + 1).strip();
        int equals = left.indexOf('=');
        String name = (equals < 0 ? left : left.substring(0, equals)).strip();
        if (name.isEmpty()) return;
        if (!title.isEmpty()) titles.put(name, title);
        if (equals >= 0) {
            List<Term> terms = terms(left.substring(equals + 1));
            if (!terms.isEmpty()) defined.put(name, terms);
        }
    }

    /// Whether an `event:` line has been taken.
    boolean anyDefined() {
        return !titles.isEmpty() || !defined.isEmpty();
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
                byte[] number = token.substring(0, digits).getBytes(StandardCharsets.ISO_8859_1);
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
        BUILT_IN.forEach((name, formula) -> defined.putIfAbsent(name, terms(formula)));
        List<double[]> factors = new ArrayList<>();
        for (String name : defined.keySet()) {
            if (names.contains(name) || names.size() == MAX) continue;
            double[] factor = new double[measured];
            for (Term term : defined.get(name)) expand(term, 1, factor, 0);
            if (!saysMore(factor)) continue;
            names.add(name);
            factors.add(factor);
        }
        formulas = new EventFormulas(factors);
    }

    /// Adds what a term comes to; events that the file does not count are none. Formulas may use formulas, to a small depth.
    private void expand(Term term, double factor, double[] factors, int depth) {
        int index = names.subList(0, measured).indexOf(term.name);
        if (index >= 0) {
            factors[index] += factor * term.factor;
            return;
        }
        List<Term> terms = defined.get(term.name);
        if (terms == null || depth == 4) return;
        for (Term each : terms) expand(each, factor * term.factor, factors, depth + 1);
    }

    /// Whether it is neither nothing nor one of the measured events over again.
    private static boolean saysMore(double[] factors) {
        int used = 0;
        double last = 1;
        for (double factor : factors) {
            if (factor == 0) continue;
            used++;
            last = factor;
        }
        return used > 1 || last != 1;
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

    /// How the derived ones follow from the measured ones.
    EventFormulas formulas() {
        return formulas;
    }

    /// The events with their titles, units and totals.
    ///
    /// @param totals of the measured ones
    List<Event> events(CallgrindDialect dialect, double[] totals) {
        List<Event> events = new ArrayList<>();
        for (int e = 0; e < names.size(); e++) events.add(event(e, dialect, e < measured ? totals[e] : formulas.of(e - measured, totals)));
        return events;
    }

    /// One event with this total.
    Event event(int event, CallgrindDialect dialect, double total) {
        String name = names.get(event);
        String key = "callgrind.event." + name;
        String title = titles.getOrDefault(name, strings.has(key) ? strings.get(key) : name);
        boolean marked = dialect == CallgrindDialect.SERPENTARIUM && unitOf(name) != null;
        String own = marked ? name.substring(0, name.lastIndexOf("_(")) : name;
        return new Event(own, title, marked ? unitOf(name) : unit(dialect, name), total);
    }

    /// What the numbers of an event are to be multiplied with.
    double factor(CallgrindDialect dialect, int event) {
        return dialect == CallgrindDialect.SERPENTARIUM && names.get(event).endsWith("_(millionths)") ? 1e-6 : 1;
    }

    /// The unit that [CallgrindWriter] put behind a name, or null.
    private static Unit unitOf(String name) {
        int open = name.lastIndexOf("_(");
        if (open <= 0) return null;
        return switch (name.substring(open)) {
            case "_(ns)" -> Unit.NANOSECONDS;
            case "_(us)" -> Unit.MICROSECONDS;
            case "_(bytes)" -> Unit.BYTES;
            case "_(samples)" -> Unit.SAMPLES;
            case "_(instructions)" -> Unit.INSTRUCTIONS;
            case "_(count)", "_(millionths)" -> Unit.COUNT;
            default -> null;
        };
    }

    /// The unit that a name stands for.
    static Unit unit(CallgrindDialect dialect, String name) {
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
