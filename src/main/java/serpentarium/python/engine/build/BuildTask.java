package serpentarium.python.engine.build;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.task.ChildProcess;
import serpentarium.task.Lane;
import serpentarium.task.Progress;
import serpentarium.task.TaskContext;
import serpentarium.task.TaskSpec;

/// One `pyenv install`: run in a process group and a temporary folder of its own, followed by its log, stopped where its outcome is known, and cleaned up after.
public final class BuildTask {
    private static final Strings STRINGS = Strings.of(BuildTask.class);
    private static final Logger LOG = LoggerFactory.getLogger(BuildTask.class);
    private static final long POLL_MILLIS = 40;
    private static final int STEPS = 10_000;
    private static final int LOGS_KEPT = 20;
    private static final int SAID_AT_ONCE = 10_000;
    /// Nothing that a build leaves is kept, so that none of its processes has to end in order.
    private static final Duration GRACE = Duration.ofMillis(30);
    /// What a pin or a variable of the user would change about the place of a build, or about the language of what is read.
    private static final List<String> GONE = List.of("PYENV_DIR", "PYENV_BUILD_ROOT", "PYTHON_BUILD_BUILD_PATH", "PYENV_DEBUG", "LC_ALL", "LANGUAGE");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    private final Workshop workshop;
    private final Definition definition;
    private final BuildOptions options;
    private final BuildFollower follower;
    private final boolean stopEarly;
    private final String name;
    private final Path prefix;
    private final BuildLog log;

    /// @param stopEarly whether the build is stopped when its outcome is known; else it goes on to the end
    /// @throws IOException when the log cannot be made
    public BuildTask(Workshop workshop, Definition definition, BuildOptions options, boolean stopEarly, BuildFollower follower) throws IOException {
        this.workshop = workshop;
        this.definition = definition;
        this.options = options;
        this.stopEarly = stopEarly;
        this.follower = follower;
        this.name = options.installedName(definition.name());
        this.prefix = workshop.versions().resolve(name);
        forgetOldLogs();
        this.log = new BuildLog(free(workshop.logs().resolve(name + "-" + TIME.format(LocalDateTime.now())), ".log"));
    }

    private static Path free(Path path, String ending) {
        Path file = path.resolveSibling(path.getFileName() + ending);
        for (int i = 2; Files.exists(file); i++) file = path.resolveSibling(path.getFileName() + "-" + i + ending);
        return file;
    }

    /// Deletes all logs but the newest.
    private void forgetOldLogs() throws IOException {
        if (!Files.isDirectory(workshop.logs())) return;
        var logs = new ArrayList<Path>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(workshop.logs(), "*.log")) {
            found.forEach(logs::add);
        }
        logs.sort(Comparator.comparingLong((Path each) -> each.toFile().lastModified()).reversed());
        for (Path each : logs.subList(Math.min(logs.size(), LOGS_KEPT - 1), logs.size())) Files.deleteIfExists(each);
    }

    /// What the build says.
    public BuildLog log() {
        return log;
    }

    /// The work: one build after the other.
    public TaskSpec<BuildOutcome> spec() {
        return TaskSpec.of(STRINGS.get("build.task", name), Lane.serial("python-build"), this::run);
    }

    /// Builds. May be called once.
    ///
    /// @throws ProblemException when it cannot begin
    /// @throws java.util.concurrent.CancellationException when the task was cancelled; then nothing is left behind but the log
    public BuildOutcome run(TaskContext context) throws IOException, InterruptedException {
        try (log) {
            if (!Files.isExecutable(workshop.program())) throw problem("build.no-pyenv", workshop.program());
            boolean existed = Files.exists(prefix, LinkOption.NOFOLLOW_LINKS);
            boolean complete = Files.isDirectory(prefix.resolve("bin"));
            if (complete && options.existing() == BuildOptions.Existing.SKIP) return new BuildOutcome.There(name, prefix, log.file());
            if (Files.isSymbolicLink(prefix)) throw problem("build.alias", prefix);
            try (var scratch = new BuildScratch(workshop, name, prefix, existed)) {
                return build(scratch, context);
            }
        }
    }

    private ProblemException problem(String id, Path path) {
        return new ProblemException(Problem.of(STRINGS, id, Place.of(path.toString()), name));
    }

    private BuildOutcome build(BuildScratch scratch, TaskContext context) throws IOException, InterruptedException {
        Optional<Archive> archive = SourceCache.wanted(workshop, definition, options);
        Path cache = workshop.cache(options);
        boolean cached = archive.filter(each -> Files.isReadable(cache.resolve(each.file()))).isPresent();
        boolean optimised = options.speed().startsWith("optimised");
        var times = new BuildTimes(workshop.times());
        String series = Known.of(definition.name()).series();
        var phases = new PhaseReader(times.of(series, options.speed()), cached, optimised, System::nanoTime);
        var signs = new DiagnosisReader(definition);
        var said = new LinkedBlockingQueue<String>(SAID_AT_ONCE);
        ChildProcess child = ChildProcess.start(command(scratch, archive, cached, said));
        boolean early = false;
        boolean good = false;
        try (var tail = new LogTail(scratch.folder()); var _ = context.onCancel(child::kill)) {
            boolean alive;
            do {
                alive = child.alive();
                String first = said.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                take(first, said, tail, phases, signs, false);
                tell(phases, context);
                context.checkpoint();
                early = stopEarly && signs.hopeless() && phases.phase() != BuildPhase.VERIFY;
            } while (alive && !early);
            if (early) child.kill();
            int code = child.await();
            context.checkpoint();
            take(null, said, tail, phases, signs, true);
            if (code == 0 && !early && Files.isDirectory(prefix.resolve("bin"))) {
                times.put(series, options.speed(), phases.measured());
                good = true;
                scratch.keep();
                return outcome(phases.now().elapsed(), signs.missing());
            }
            Catalogue near = code == 2 ? Catalogue.read(workshop.root(), Optional.of(workshop.program()), workshop.environment()) : null;
            return new BuildOutcome.Failed(name, signs.diagnose(code, early, cache, near, workshop.environment()), log.file());
        } finally {
            // The interrupt of a cancelled task would disturb what follows.
            boolean interrupted = Thread.interrupted();
            try {
                end(child, scratch, phases.phase(), good);
            } finally {
                if (interrupted) Thread.currentThread().interrupt();
            }
        }
    }

    private void end(ChildProcess child, BuildScratch scratch, BuildPhase phase, boolean good) throws IOException {
        long start = System.nanoTime();
        child.kill();
        double stopped = (System.nanoTime() - start) / 1e9;
        if (good) return;
        BuildScratch.Cleaned cleaned = scratch.clean(phase == BuildPhase.VERIFY);
        follower.cleaned(new BuildFollower.Cleanup((System.nanoTime() - start) / 1e9, stopped, cleaned.files(), cleaned.bytes(), cleaned.partial(), cleaned.restored()));
    }

    private void take(String first, LinkedBlockingQueue<String> said, LogTail tail, PhaseReader phases, DiagnosisReader signs, boolean last) throws IOException {
        var failed = new IOException[1];
        tail.read(line -> {
            phases.logged(line);
            try {
                signs.take(log.add(line, false), false);
            } catch (IOException e) {
                failed[0] = e;
            }
        }, last);
        if (failed[0] != null) throw failed[0];
        for (String line = first != null ? first : said.poll(); line != null; line = said.poll()) {
            phases.said(line);
            signs.take(log.add(line, true), true);
        }
        log.flush();
    }

    private void tell(PhaseReader phases, TaskContext context) {
        BuildProgress now = phases.now();
        context.progress(Math.round(now.overall() * STEPS), STEPS, Progress.Unit.STEPS);
        String left = now.remaining().map(each -> STRINGS.get("build.left", Quantity.time(each))).orElse("");
        String share = now.inPhase() < 0 ? "" : " " + Quantity.share(now.inPhase());
        context.message(now.phase().text() + share + left);
        follower.progress(now);
    }

    private ChildProcess.Spec command(BuildScratch scratch, Optional<Archive> archive, boolean cached, LinkedBlockingQueue<String> said) {
        var variables = new HashMap<>(workshop.environment());
        variables.putAll(options.variables(workshop.environment()));
        variables.put("PYENV_ROOT", workshop.root().toString());
        variables.put("TMPDIR", scratch.folder().toString());
        // A pin of the folder above must not choose the Python that helps to build this one, and nothing may be kept elsewhere.
        variables.put("PYENV_VERSION", "system");
        // What tar, curl and the compilers say is looked at, so it has to be in English; letters stay those of the user.
        String all = variables.getOrDefault("LC_ALL", "");
        if (!all.isEmpty()) variables.put("LANG", all);
        variables.put("LC_MESSAGES", "C");
        variables.keySet().removeAll(GONE);
        if (cached && archive.filter(each -> each.file().endsWith(".tar.gz")).isPresent()) variables.put("_PYTHON_BUILD_FORCE_SKIP_XZ", "1");
        var command = new ArrayList<String>();
        command.add(workshop.program().toString());
        command.addAll(options.arguments(definition.name()));
        if (Files.isDirectory(prefix) && options.existing() == BuildOptions.Existing.SKIP) LOG.info("{} was broken off earlier and is built again", prefix);
        return ChildProcess.Spec.of(command.toArray(String[]::new)).in(scratch.folder()).without(GONE).with(variables).grace(GRACE).lines(line -> said.offer(line.text()));
    }

    private BuildOutcome outcome(Duration took, List<MissingModules.Module> missing) {
        if (missing.stream().noneMatch(MissingModules.Module::matters)) return new BuildOutcome.Installed(name, prefix, took, missing, log.file());
        var wanted = missing.stream().filter(MissingModules.Module::matters).map(MissingModules.Module::requirement).flatMap(Optional::stream).toList();
        List<String> lines = PackageTool.ordered(workshop.environment()).stream().map(tool -> tool.line(wanted)).filter(line -> !line.isEmpty()).toList();
        return new BuildOutcome.Incomplete(name, prefix, took, missing, lines, log.file());
    }
}
