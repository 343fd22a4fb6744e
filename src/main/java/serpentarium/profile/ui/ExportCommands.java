package serpentarium.profile.ui;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import serpentarium.base.Problem;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.profile.Profile;
import serpentarium.profile.Warning;
import serpentarium.profile.analysis.Analysis;
import serpentarium.profile.analysis.Slice;
import serpentarium.profile.analysis.TreeProfile;
import serpentarium.profile.format.ProfileWriter;
import serpentarium.profile.ui.ProfilePane.Surroundings;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;

/// Saves a profile in another format: the whole of it, or, where threads or filters are chosen, what they leave. The dialog says which.
final class ExportCommands {
    private static final Strings STRINGS = Strings.of(ExportCommands.class);

    private final Path file;
    private final ProfileViewModel model;
    private final Surroundings with;

    private record Saved(Path file, List<Warning> notes) {}

    private ExportCommands(Path file, ProfileViewModel model, Surroundings with) {
        this.file = file;
        this.model = model;
        this.with = with;
    }

    /// A command for each format.
    static List<Command> of(Path file, ProfileViewModel model, Surroundings with) {
        var exports = new ExportCommands(file, model, with);
        List<Command> commands = new ArrayList<>();
        for (ProfileWriter writer : with.export().writers())
            commands.add(Command.of("profile.export-" + writer.id(), STRINGS.get("export.as." + writer.id()), "fth-download", null,
                    model.analysis().isNotNull(), () -> exports.ask(writer)));
        return List.copyOf(commands);
    }

    private void ask(ProfileWriter writer) {
        Analysis analysis = model.analysis().get();
        boolean part = !whole(analysis.slice());
        String name = file.getFileName().toString();
        int dot = name.indexOf('.', 1);
        String proposed = (dot < 0 ? name : name.substring(0, dot)) + writer.endings().getFirst();
        Optional<Path> chosen = with.ports().chooseSave(STRINGS.get(part ? "export.choose-shown" : "export.choose"), proposed);
        if (chosen.isEmpty()) return;
        Path out = chosen.get();
        if (out.toAbsolutePath().normalize().equals(file.toAbsolutePath().normalize())) {
            with.ports().notify(STRINGS.get("export.same-file"));
            return;
        }
        with.tasks().submit(TaskSpec.of(STRINGS.get("export.task", out.getFileName()), Lane.IO, context -> {
            Profile written = part ? TreeProfile.of(analysis) : analysis.slice().profile();
            // The chooser has asked whether a file that is there is to be replaced.
            return new Saved(out, with.export().write(written, writer, out, true, context));
        })).whenEnded(this::saved);
    }

    private static boolean whole(Slice slice) {
        return slice.wholeProgram() && slice.filters().isEmpty();
    }

    private void saved(TaskState<Saved> state) {
        switch (state) {
            case TaskState.Done<Saved>(Saved saved) -> {
                String note = saved.notes.isEmpty() ? "" : " " + saved.notes.getFirst().text();
                with.ports().notifySaved(STRINGS.get("export.done", saved.file) + note, saved.file);
            }
            case TaskState.Failed<Saved>(Problem why) -> with.ports().notify(why);
            case TaskState.Cancelled<Saved> _, TaskState.Queued<Saved> _, TaskState.Running<Saved> _ -> { }
        }
    }
}
