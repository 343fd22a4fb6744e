package serpentarium.log.format.wire;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.IllegalFormatException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import serpentarium.pickle.PickleValue;

/// Puts arguments into a message as Python's `%` does, where the arguments are only known by their `repr`.
final class PercentFormat {
    private static final int WIDEST = 10_000;

    private PercentFormat() {}

    /// The message; empty where Python would have failed, or the arguments cannot be read.
    ///
    /// @param message   with `%s`, `%d`, `%(name)s` …
    /// @param arguments the `repr` of a tuple or of a dict
    static Optional<String> of(String message, String arguments) {
        if (arguments.isEmpty() || arguments.equals("None") || arguments.equals("()")) return Optional.of(message);
        Optional<List<PythonLiteral.Argument>> positional = PythonLiteral.arguments(arguments);
        PickleValue.Dict named = positional.isEmpty() && PythonLiteral.value(arguments).orElse(null) instanceof PickleValue.Dict dict ? dict : null;
        if (positional.isEmpty() && named == null) return Optional.empty();
        List<PythonLiteral.Argument> list = positional.orElse(List.of(new PythonLiteral.Argument(named, arguments)));
        var out = new StringBuilder(message.length() + arguments.length());
        int used = 0;
        for (int i = 0; i < message.length(); i++) {
            char c = message.charAt(i);
            if (c != '%') {
                out.append(c);
                continue;
            }
            Spec spec = Spec.at(message, i + 1);
            if (spec == null || spec.width > WIDEST || spec.precision > WIDEST) return Optional.empty();
            i = spec.end;
            if (spec.kind == '%') {
                out.append('%');
                continue;
            }
            PythonLiteral.Argument argument;
            if (spec.name != null) {
                PickleValue value = named == null ? null : named.get(spec.name);
                if (value == null) return Optional.empty();
                argument = new PythonLiteral.Argument(value, Repr.of(value));
            } else {
                if (used == list.size()) return Optional.empty();
                argument = list.get(used++);
            }
            String said = said(spec, argument);
            if (said == null) return Optional.empty();
            out.append(said);
        }
        return named == null && used < list.size() ? Optional.empty() : Optional.of(out.toString());
    }

    private record Spec(String name, String flags, int width, int precision, char kind, int end) {
        static Spec at(String text, int from) {
            int at = from;
            String name = null;
            if (at < text.length() && text.charAt(at) == '(') {
                int close = text.indexOf(')', at);
                if (close < 0) return null;
                name = text.substring(at + 1, close);
                at = close + 1;
            }
            int flagsFrom = at;
            while (at < text.length() && "-+ #0".indexOf(text.charAt(at)) >= 0) at++;
            String flags = text.substring(flagsFrom, at);
            int widthFrom = at;
            while (at < text.length() && Character.digit(text.charAt(at), 10) >= 0) at++;
            int width = number(text, widthFrom, at, 0);
            int precision = -1;
            if (at < text.length() && text.charAt(at) == '.') {
                int precisionFrom = ++at;
                while (at < text.length() && Character.digit(text.charAt(at), 10) >= 0) at++;
                precision = number(text, precisionFrom, at, 0);
            }
            while (at < text.length() && "hlL".indexOf(text.charAt(at)) >= 0) at++;
            return at == text.length() ? null : new Spec(name, flags, width, precision, text.charAt(at), at);
        }

        private static int number(String text, int from, int to, int none) {
            return from == to ? none : to - from > 6 ? Integer.MAX_VALUE : Integer.parseInt(text.substring(from, to));
        }

        boolean has(char flag) {
            return flags.indexOf(flag) >= 0;
        }
    }

    private static String said(Spec spec, PythonLiteral.Argument argument) {
        String text = switch (spec.kind) {
            case 's' -> argument.value() instanceof PickleValue.Text(String value) ? value : argument.text();
            case 'r', 'a' -> argument.text();
            case 'c' -> character(argument.value());
            case 'd', 'i', 'u', 'x', 'X', 'o' -> whole(spec, argument.value());
            case 'e', 'E', 'f', 'F', 'g', 'G' -> real(spec, argument.value());
            default -> null;
        };
        if (text == null) return null;
        boolean number = "srac".indexOf(spec.kind) < 0;
        if (!number && spec.precision >= 0 && text.length() > spec.precision) text = text.substring(0, spec.precision);
        int missing = spec.width - text.length();
        if (missing <= 0) return text;
        if (spec.has('-')) return text + " ".repeat(missing);
        int sign = number && !text.isEmpty() && "+- ".indexOf(text.charAt(0)) >= 0 ? 1 : 0;
        return number && spec.has('0') ? text.substring(0, sign) + "0".repeat(missing) + text.substring(sign) : " ".repeat(missing) + text;
    }

    private static String character(PickleValue value) {
        return switch (value) {
            case PickleValue.Text(String text) when text.codePointCount(0, text.length()) == 1 -> text;
            case PickleValue.Whole(long code) when Character.isValidCodePoint((int) code) && code == (int) code -> Character.toString((int) code);
            case null, default -> null;
        };
    }

    private static BigInteger integer(PickleValue value) {
        return switch (value) {
            case PickleValue.Whole(long whole) -> BigInteger.valueOf(whole);
            case PickleValue.Large(BigInteger large) -> large;
            case PickleValue.Real(double real) when !Double.isNaN(real) && !Double.isInfinite(real) -> new BigDecimal(real).toBigInteger();
            case PickleValue.Atom atom when atom != PickleValue.Atom.NONE -> atom == PickleValue.Atom.TRUE ? BigInteger.ONE : BigInteger.ZERO;
            case null, default -> null;
        };
    }

    private static String signed(Spec spec, String text, boolean negative) {
        return negative ? "-" + text : spec.has('+') ? "+" + text : spec.has(' ') ? " " + text : text;
    }

    private static String whole(Spec spec, PickleValue value) {
        BigInteger integer = integer(value);
        if (integer == null) return null;
        int radix = spec.kind == 'x' || spec.kind == 'X' ? 16 : spec.kind == 'o' ? 8 : 10;
        String digits = integer.abs().toString(radix);
        if (spec.kind == 'X') digits = digits.toUpperCase(Locale.ROOT);
        if (spec.precision > digits.length()) digits = "0".repeat(spec.precision - digits.length()) + digits;
        if (spec.has('#') && radix != 10) digits = "0" + spec.kind + digits;
        return signed(spec, digits, integer.signum() < 0);
    }

    private static String real(Spec spec, PickleValue value) {
        double number;
        if (value instanceof PickleValue.Real(double real)) number = real;
        else {
            BigInteger integer = integer(value);
            if (integer == null) return null;
            number = integer.doubleValue();
        }
        if (Double.isNaN(number)) return "nan";
        boolean negative = number < 0 || 1 / number < 0;
        if (Double.isInfinite(number)) return signed(spec, "inf", negative);
        int precision = spec.precision < 0 ? 6 : spec.precision;
        double size = Math.abs(number);
        try {
            String text = switch (Character.toLowerCase(spec.kind)) {
                case 'f' -> new BigDecimal(size).setScale(precision, java.math.RoundingMode.HALF_EVEN).toPlainString();
                case 'e' -> String.format(Locale.ROOT, "%." + precision + "e", size);
                default -> general(size, Math.max(1, precision));
            };
            return signed(spec, Character.isUpperCase(spec.kind) ? text.toUpperCase(Locale.ROOT) : text, negative);
        } catch (IllegalFormatException _) {
            return null;
        }
    }

    private static String general(double size, int precision) {
        if (size == 0) return "0";
        String scientific = String.format(Locale.ROOT, "%." + (precision - 1) + "e", size);
        int exponent = Integer.parseInt(scientific.substring(scientific.indexOf('e') + 1));
        if (exponent >= -4 && exponent < precision) {
            String fixed = new BigDecimal(size).setScale(precision - 1 - exponent, java.math.RoundingMode.HALF_EVEN).toPlainString();
            return fixed.contains(".") ? fixed.replaceAll("0+$", "").replaceAll("\\.$", "") : fixed;
        }
        String mantissa = scientific.substring(0, scientific.indexOf('e'));
        return (mantissa.contains(".") ? mantissa.replaceAll("0+$", "").replaceAll("\\.$", "") : mantissa) + scientific.substring(scientific.indexOf('e'));
    }
}
