package serpentarium.profile.ui;

import serpentarium.profile.FrameTable;
import serpentarium.profile.analysis.Analysis;
import serpentarium.profile.analysis.FunctionTable;
import serpentarium.profile.analysis.Origin;

/// The colours of functions, by what they are to tell ([FlameColoring]).
///
/// By origin: a family of hues for each, within it a shade that follows from the module's name alone, so that a module looks the same in each run and each
/// file. The families differ in hue, strength and lightness: own code is warm and strong, installed packages are green, Python's library is
/// a greyed blue, built-ins are violet, machine code is grey. By module or file: one of eight colours and a shade, by the hash of the name alone. By own
/// cost: one hue from pale to strong.
///
/// Families and colours were chosen so that they can be told apart with each of the common kinds of colour blindness (simulated as Machado, Oliveira and
/// Fernandes do, 2009). Shades are made in Oklab (Björn Ottosson, 2020), where equal numbers look equally light. Colours are 0xAARRGGBB.
final class FlameColors {
    private static final double[][] LIGHT_HUES = {{0.839, 0.036, 111}, {0.746, 0.124, 252}, {0.741, 0.132, 78}, {0.93, 0.042, 220}, {0.838, 0.079, 243},
        {0.744, 0.032, 128}, {0.922, 0.11, 104}, {0.829, 0.137, 87}};
    private static final double[][] DARK_HUES = {{0.489, 0.097, 351}, {0.616, 0.13, 116}, {0.368, 0.076, 108}, {0.533, 0.129, 270}, {0.618, 0.109, 177},
        {0.483, 0.11, 117}, {0.379, 0.126, 339}, {0.416, 0.127, 268}};
    /// How many colours there are by module and file, shades left out.
    static final int HUES = 8;
    /// The share from which on the colour stays the same.
    static final double HOTTEST = 0.25;

    /// For the root and for nodes that are no function.
    private final int neutral;
    private final FlameColoring coloring;
    private final FrameTable frames;
    private final FunctionTable functions;
    private final double whole;
    private final boolean dark;
    private final int background;
    private final int[] fills;
    private final byte[] origins;

    /// @param background the colour behind everything
    FlameColors(FlameColoring coloring, Analysis analysis, boolean dark, int background) {
        this(coloring, analysis.frames(), analysis.functions(), analysis.tree().total(0), dark, background);
    }

    /// By origin.
    FlameColors(FrameTable frames, boolean dark, int background) {
        this(FlameColoring.ORIGIN, frames, null, 0, dark, background);
    }

    private FlameColors(FlameColoring coloring, FrameTable frames, FunctionTable functions, double whole, boolean dark, int background) {
        this.coloring = coloring;
        this.frames = frames;
        this.functions = functions;
        this.whole = whole;
        this.dark = dark;
        this.background = background;
        this.neutral = dark ? oklch(0.38, 0.008, 250) : oklch(0.90, 0.006, 250);
        this.fills = new int[frames.size()];
        this.origins = new byte[frames.size()];
    }

    /// Whether these are the colours for an analysis on this background.
    boolean fit(FlameColoring wanted, Analysis analysis, boolean inDark, int behind) {
        boolean same = wanted == FlameColoring.SELF ? functions == analysis.functions() : frames == analysis.frames();
        return same && coloring == wanted && dark == inDark && background == behind;
    }

    /// Whether these are the colours of this table's functions by origin on this background.
    boolean fit(FrameTable table, boolean inDark, int behind) {
        return coloring == FlameColoring.ORIGIN && frames == table && dark == inDark && background == behind;
    }

    /// The same colours, for another thread.
    FlameColors fresh() {
        return new FlameColors(coloring, frames, functions, whole, dark, background);
    }

    /// What they tell.
    FlameColoring coloring() {
        return coloring;
    }

    /// Whether they are for dark windows.
    boolean dark() {
        return dark;
    }

    /// The colour behind everything.
    int background() {
        return background;
    }

    /// The colour of a function; -1 for what is none.
    int fill(int function) {
        if (function < 0) return neutral;
        if (fills[function] == 0) fills[function] = made(function);
        return fills[function];
    }

    private int made(int function) {
        return switch (coloring) {
            case ORIGIN -> shade(origin(function), module(function), dark);
            case MODULE, FILE -> hashed(group(function), dark);
            case SELF -> heat(functions.self(function) / whole, dark);
        };
    }

    /// The name of what a function has its colour from, by module or file; null where it has none.
    String group(int function) {
        return coloring == FlameColoring.FILE ? frames.file(function) : Origin.module(frames, function);
    }

    /// What a function's shade follows from: machine code's source file tells more than the object that holds it.
    private String module(int function) {
        return origin(function) == Origin.NATIVE && frames.file(function) != null ? frames.file(function) : Origin.module(frames, function);
    }

    /// The colour that a name stands for.
    static int hashed(String name, boolean dark) {
        if (name == null) return dark ? oklch(0.33, 0.012, 250) : oklch(0.88, 0.006, 250);
        int hash = mixed(name.hashCode());
        return hue(Math.floorMod(hash, HUES), (hash >>> 16 & 0xff) / 255.0 - 0.5, dark);
    }

    /// One of the colours by module and file.
    ///
    /// @param light -0.5…0.5, the shade
    static int hue(int number, double light, boolean dark) {
        double[] lch = (dark ? DARK_HUES : LIGHT_HUES)[number];
        return oklch(lch[0] + 0.024 * light, lch[1], lch[2]);
    }

    /// The colour of a share of the whole; the steps are finer among small shares, for few functions have large ones.
    static int heat(double share, boolean dark) {
        double t = share > 0 ? Math.sqrt(Math.min(1, share / HOTTEST)) : 0;
        return dark ? oklch(0.28 + 0.26 * t, 0.015 + 0.105 * t, 55) : oklch(0.95 - 0.22 * t, 0.015 + 0.135 * t, 95 - 50 * t);
    }

    /// Where a function comes from.
    Origin origin(int function) {
        if (origins[function] == 0) origins[function] = (byte) (Origin.of(frames, function).ordinal() + 1);
        return Origin.values()[origins[function] - 1];
    }

    /// The typical colour of an origin.
    static int family(Origin origin, boolean dark) {
        return shade(origin, 0.5, 0.5, dark);
    }

    /// The colour of a module.
    static int shade(Origin origin, String module, boolean dark) {
        int hash = mixed(module == null ? 0 : module.hashCode());
        return shade(origin, (hash & 0xffff) / 65535.0, (hash >>> 16) / 65535.0, dark);
    }

    private static int shade(Origin origin, double turn, double light, boolean dark) {
        double t = turn - 0.5;
        double l = light - 0.5;
        return switch (origin) {
            case PROJECT -> dark ? oklch(0.54 + 0.06 * l, 0.115, 58 + 40 * t) : oklch(0.80 + 0.06 * l, 0.125, 66 + 40 * t);
            case DEPENDENCY -> dark ? oklch(0.49 + 0.05 * l, 0.075, 165 + 30 * t) : oklch(0.84 + 0.05 * l, 0.090, 165 + 30 * t);
            case STANDARD_LIBRARY -> dark ? oklch(0.45 + 0.05 * l, 0.060, 240 + 24 * t) : oklch(0.89 + 0.04 * l, 0.050, 238 + 24 * t);
            case BUILTIN -> dark ? oklch(0.37 + 0.03 * l, 0.075, 308 + 20 * t) : oklch(0.77 + 0.04 * l, 0.070, 308 + 20 * t);
            case NATIVE -> dark ? oklch(0.33 + 0.04 * l, 0.012, 250 + 110 * t) : oklch(0.70 + 0.05 * l, 0.015, 250 + 110 * t);
        };
    }

    /// A colour further towards the background, for what a search did not find.
    int dimmed(int color) {
        return blend(color, background, dark ? 0.62 : 0.68);
    }

    /// The lines of the hatching over a colour.
    int hatch(int color) {
        return dark ? blend(color, 0xff000000, 0.30) : blend(color, 0xffffffff, 0.45);
    }

    /// Black or white, whichever is easier to read on a colour.
    static int textOn(int fill) {
        return luminance(fill) > 0.22 ? 0xff16191d : 0xffffffff;
    }

    /// The contrast ratio of two colours, 1…21, as WCAG 2 defines it.
    static double contrast(int a, int b) {
        double la = luminance(a) + 0.05;
        double lb = luminance(b) + 0.05;
        return Math.max(la, lb) / Math.min(la, lb);
    }

    /// The colour that lies `part` of the way from `a` to `b`.
    static int blend(int a, int b, double part) {
        int color = 0xff;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int from = a >>> shift & 0xff;
            int to = b >>> shift & 0xff;
            color = color << 8 | (int) Math.round(from + (to - from) * part);
        }
        return color;
    }

    private static double luminance(int color) {
        return 0.2126 * linear(color >>> 16) + 0.7152 * linear(color >>> 8) + 0.0722 * linear(color);
    }

    private static double linear(int channel) {
        double c = (channel & 0xff) / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }

    /// Spreads the bits of a hash, so that names which differ in their last letter get different shades.
    private static int mixed(int hash) {
        int h = hash * 0x9E3779B9;
        h ^= h >>> 15;
        h *= 0x85EBCA6B;
        return h ^ h >>> 13;
    }

    /// The colour of a lightness, a strength and a hue in degrees.
    static int oklch(double lightness, double chroma, double hue) {
        double a = chroma * Math.cos(Math.toRadians(hue));
        double b = chroma * Math.sin(Math.toRadians(hue));
        double l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
        double m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
        double s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
        return 0xff000000
                | channel(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s) << 16
                | channel(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s) << 8
                | channel(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s);
    }

    private static double cube(double value) {
        return value * value * value;
    }

    private static int channel(double linear) {
        double c = linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.pow(linear, 1 / 2.4) - 0.055;
        return (int) Math.round(Math.clamp(c, 0, 1) * 255);
    }
}
