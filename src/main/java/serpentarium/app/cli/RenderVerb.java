package serpentarium.app.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import serpentarium.base.Strings;

/// `render FILE --out PICTURE.png`: a picture of what the window shows.
@Command(name = "render", resourceBundle = "serpentarium.app.cli.strings", mixinStandardHelpOptions = true)
public final class RenderVerb implements Callable<Integer> {
    private static final Strings STRINGS = Strings.of(RenderVerb.class);
    private static final Pattern SIZE = Pattern.compile("(\\d{3,4})[xX](\\d{3,4})");
    private static final int LEAST = 200;
    private static final int MOST = 8000;

    private final Console console;
    private final Renderer renderer;

    @Spec private CommandSpec spec;
    @Parameters(index = "0", paramLabel = "FILE", descriptionKey = "render.file") private Path file;
    @Option(names = "--compare", paramLabel = "OTHER", descriptionKey = "render.compare") private Path other;
    @Option(names = "--out", required = true, paramLabel = "PICTURE.png", descriptionKey = "render.out") private Path out;
    @Option(names = "--view", paramLabel = "NAME", descriptionKey = "render.view") private String view;
    @Option(names = "--size", paramLabel = "WxH", defaultValue = "1600x1000", descriptionKey = "render.size") private String size;
    @Option(names = "--theme", paramLabel = "light|dark", defaultValue = "light", descriptionKey = "render.theme") private String theme;

    /// Pictures are taken by `renderer`.
    public RenderVerb(Console console, Renderer renderer) {
        this.console = console;
        this.renderer = renderer;
    }

    @Override public Integer call() {
        Matcher matcher = SIZE.matcher(size);
        if (!matcher.matches()) throw wrong("usage.size");
        int width = Integer.parseInt(matcher.group(1));
        int height = Integer.parseInt(matcher.group(2));
        if (Math.min(width, height) < LEAST || Math.max(width, height) > MOST) throw wrong("usage.size");
        if (!theme.equals("light") && !theme.equals("dark")) throw wrong("usage.theme");
        var picture = new Renderer.Picture(file, other, view, width, height, theme.equals("dark"), out);
        console.run(STRINGS.get("task.open", file), context -> {
            renderer.render(picture, context);
            return out;
        });
        console.err().println(STRINGS.get("render.written", out));
        return 0;
    }

    private ParameterException wrong(String key) {
        return new ParameterException(spec.commandLine(), STRINGS.get(key));
    }
}
