package serpentarium.log.ui;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.function.Consumer;
import javafx.scene.Node;
import org.controlsfx.control.PopOver;
import serpentarium.base.Problem;
import serpentarium.base.Strings;
import serpentarium.kit.Popovers;
import serpentarium.log.engine.LogPart;
import serpentarium.log.format.Detector;
import serpentarium.log.ui.LogPane.Surroundings;
import serpentarium.log.ui.format.ReadAs;
import serpentarium.log.ui.format.ReadAsEditor;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;

/// How a log is read, over the place that says it, with the way to put it right.
///
/// @param log  which
/// @param with the window
/// @param done takes what a person has said
record ReadAsPopover(OpenLog log, Surroundings with, Consumer<ReadAs> done) {
    private static final Strings STRINGS = Strings.of(ReadAsPopover.class);

    /// The first bytes of a log, and when it was written last.
    private record Sample(byte[] bytes, long latest) {}

    void show(Node from) {
        if (log.lines().parts().isEmpty()) return;
        LogPart last = log.lines().parts().getLast();
        with.tasks().submit(TaskSpec.of(STRINGS.get("model.looking"), Lane.IO, _ -> new Sample(last.bytes().some(0, Detector.SAMPLE), latest(last))).hidden()).whenEnded(state -> {
            if (state instanceof TaskState.Done<Sample>(Sample sample)) show(from, sample);
            else if (state instanceof TaskState.Failed<Sample>(Problem problem)) with.ports().notify(problem);
        });
    }

    private static long latest(LogPart part) {
        try {
            return Files.getLastModifiedTime(part.file().path()).toMillis() / 1000;
        } catch (IOException _) {
            // It has no name any more.
            return Instant.now().getEpochSecond();
        }
    }

    private void show(Node from, Sample sample) {
        PopOver[] popover = new PopOver[1];
        var editor = new ReadAsEditor(log.as(), sample.bytes, sample.latest, with.tasks(), as -> {
            popover[0].hide();
            done.accept(as);
        });
        popover[0] = Popovers.of(editor);
        popover[0].setArrowLocation(PopOver.ArrowLocation.BOTTOM_LEFT);
        popover[0].show(from);
    }
}
