package serpentarium.python.engine.build;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A name in the catalogue and what it says by itself.
///
/// @param name         what `pyenv install` takes
/// @param family       `cpython`, `pypy`, `miniconda`, …
/// @param series       what its patch releases share: `3.13`, `pypy3.10`, `miniconda3`
/// @param preRelease   an alpha, beta or release candidate
/// @param moving       the newest state of a branch (`-dev`), of a channel (`-latest`), or sources of something that comes ready-made (`-src`)
/// @param freeThreaded built without the global lock
public record Known(String name, String family, String series, boolean preRelease, boolean moving, boolean freeThreaded) {
    /// The family of the names that begin with a digit.
    public static final String CPYTHON = "cpython";

    private static final Pattern NUMBERS = Pattern.compile("^(\\d+\\.\\d+)(?=\\D|$)");
    private static final Pattern PRE = Pattern.compile("\\d(?:a|b|rc)\\d+t?$");
    private static final Pattern THREADED = Pattern.compile("^\\d.*\\dt(?:-dev)?$");
    private static final Pattern LETTERS = Pattern.compile("^[a-z]+");
    private static final Pattern HEAD = Pattern.compile("^[a-z]+(?:-[a-z]+)*[\\d.]*(?=-|$)");

    /// What a name says.
    public static Known of(String name) {
        boolean free = THREADED.matcher(name).find();
        boolean moving = name.endsWith("-dev") || name.endsWith("-latest") || name.endsWith("-src");
        Matcher numbers = NUMBERS.matcher(name);
        if (numbers.find()) return new Known(name, CPYTHON, numbers.group(1) + (free ? "t" : ""), PRE.matcher(name).find(), moving, free);
        Matcher letters = LETTERS.matcher(name);
        String family = letters.find() ? letters.group() : name;
        Matcher head = HEAD.matcher(name);
        return new Known(name, family, head.find() ? head.group() : family, PRE.matcher(name).find(), moving, free);
    }

    /// A release that is recommended to nobody only because there may be a newer one.
    public boolean stable() {
        return !preRelease && !moving;
    }
}
