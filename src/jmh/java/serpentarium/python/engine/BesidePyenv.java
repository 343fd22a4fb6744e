package serpentarium.python.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/// Asks pyenv and the resolver the same questions in turns, in a folder three levels below a pin, and prints the medians: how long a person waits
/// for each. Only reads. `BesidePyenv ROUNDS`.
public final class BesidePyenv {
    private static final int WARM = 20_000;

    private BesidePyenv() {}

    /// Runs.
    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length == 0 ? 20 : Integer.parseInt(arguments[0]);
        Path top = Files.createTempDirectory("beside-pyenv");
        Path dir = Files.createDirectories(top.resolve("a/b/c"));
        Files.writeString(top.resolve(".python-version"), "3.12\n");
        Surroundings surroundings = Surroundings.of(System.getenv());
        String pyenv = new PyenvRoot(surroundings.root()).program(surroundings).orElseThrow().toString();
        for (int i = 0; i < WARM; i++) new Resolver(surroundings).resolve(dir);
        double look = median(rounds, () -> new Resolver(surroundings).resolve(dir));
        var resolver = new Resolver(surroundings);
        double folder = median(rounds, () -> resolver.resolve(dir));
        double list = median(rounds, () -> resolver.root().versions());
        // What answers each question, from a new look at the root, its hooks and the PATH: nothing is kept from one to the next.
        var answers = new LinkedHashMap<List<String>, Callable<Object>>();
        answers.put(List.of("version-name"), () -> new Resolver(surroundings).resolve(dir).names());
        answers.put(List.of("versions"), () -> new Resolver(surroundings).root().versions());
        answers.put(List.of("which", "python"), () -> new Resolver(surroundings).resolve(dir).launches());
        for (List<String> question : answers.keySet()) {
            double[] theirs = new double[rounds];
            double[] ours = new double[rounds];
            double[] all = new double[rounds];
            for (int i = 0; i < rounds; i++) {
                theirs[i] = milliseconds(() -> ask(pyenv, question, dir));
                ours[i] = milliseconds(answers.get(question));
                ask(pyenv, question, dir);
                all[i] = milliseconds(() -> List.of(new Resolver(surroundings).resolve(dir), resolver.root().versions()));
            }
            System.out.printf(Locale.ROOT, "pyenv %-13s %8.2f ms   the same in process %6.3f ms   1 : %.0f   all three at once %6.3f ms   1 : %.0f%n", String.join(" ", question),
                    middle(theirs), middle(ours), middle(theirs) / middle(ours), middle(all), middle(theirs) / middle(all));
        }
        System.out.printf(Locale.ROOT, "a look at the root and one folder %.3f ms, one more folder %.3f ms, the list %.3f ms%n", look, folder, list);
        Files.delete(top.resolve(".python-version"));
        for (Path at = dir; !at.equals(top.getParent()); at = at.getParent()) Files.delete(at);
    }

    private static Object ask(String pyenv, List<String> question, Path dir) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(pyenv).directory(dir.toFile()).redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.command().addAll(question);
        builder.environment().put("PWD", dir.toString());
        return builder.start().waitFor();
    }

    private static double median(int rounds, Callable<Object> work) throws Exception {
        double[] times = new double[rounds * 10];
        for (int i = 0; i < times.length; i++) times[i] = milliseconds(work);
        return middle(times);
    }

    private static double milliseconds(Callable<Object> work) throws Exception {
        long begin = System.nanoTime();
        work.call();
        return (System.nanoTime() - begin) / 1e6;
    }

    private static double middle(double[] times) {
        Arrays.sort(times);
        return times[times.length / 2];
    }
}
