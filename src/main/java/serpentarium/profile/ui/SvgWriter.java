package serpentarium.profile.ui;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import serpentarium.profile.Profile;
import serpentarium.profile.Warning;
import serpentarium.profile.analysis.FlameSvg;
import serpentarium.profile.format.ProfileWriter;
import serpentarium.task.TaskContext;

/// Writes the flame graph of a profile's first event as a picture in SVG, without a script: names and figures stand in its tooltips. Estimates
/// are hatched.
public final class SvgWriter implements ProfileWriter {
    /// The writer; it has no state.
    public SvgWriter() {}

    @Override public String id() {
        return "svg";
    }

    @Override public List<String> endings() {
        return List.of(".svg");
    }

    @Override public Says says() {
        return new Says(true, true, false, false, false);
    }

    @Override public List<Warning> write(Profile profile, OutputStream out, TaskContext context) throws IOException {
        FlameScene scene = PictureScene.of(profile, context);
        FlameViewport all = PictureScene.all(scene);
        var part = new FlameSvg.View(all.left(), all.right(), all.firstRow(), all.lastRow(), all.width());
        FlameSvg.write(out, scene.layout(), part, FlameExport.look(scene), scene.labels().name(0), context);
        return List.of();
    }
}
