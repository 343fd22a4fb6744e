package serpentarium.log.format.wire;

/// Numbers as JSON and people read them: without an exponent where they are of usual size.
final class Decimal {
    private static final int LONGEST = 22;

    private Decimal() {}

    /// The shortest digits that stand for the number.
    static String plain(double value) {
        String java = Double.toString(value);
        int e = java.indexOf('E');
        if (e < 0) return java;
        int exponent = Integer.parseInt(java.substring(e + 1));
        if (exponent > LONGEST || exponent < -LONGEST) return java.substring(0, e) + "e" + exponent;
        boolean negative = java.charAt(0) == '-';
        int dot = java.indexOf('.');
        String digits = java.substring(negative ? 1 : 0, dot) + (java.startsWith("0E", dot + 1) ? "" : java.substring(dot + 1, e));
        int point = dot - (negative ? 1 : 0) + exponent;
        var out = new StringBuilder(digits.length() + LONGEST);
        if (negative) out.append('-');
        if (point <= 0) out.append("0.").repeat('0', -point).append(digits);
        else if (point >= digits.length()) out.append(digits).repeat('0', point - digits.length()).append(".0");
        else out.append(digits, 0, point).append('.').append(digits, point, digits.length());
        return out.toString();
    }
}
