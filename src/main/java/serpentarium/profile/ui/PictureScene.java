package serpentarium.profile.ui;

import serpentarium.profile.Profile;
import serpentarium.profile.analysis.Analysis;
import serpentarium.profile.analysis.Slice;
import serpentarium.task.TaskContext;

/// The flame graph of a whole profile for a file, in the light colours on white.
final class PictureScene {
    /// How wide pictures are, in pixels.
    static final double WIDTH = 1600;
    private static final int WHITE = 0xffffffff;

    private PictureScene() {}

    /// The first event of all threads.
    static FlameScene of(Profile profile, TaskContext context) {
        Analysis analysis = Analysis.of(Slice.first(profile), context);
        return new FlameScene(analysis.layout(), new FlameColors(analysis.frames(), false, WHITE), new FlameLabels(FlameMode.HEAVY, analysis, analysis.layout()),
                null, null, WHITE);
    }

    /// All of it, with all rows that have something in them.
    static FlameViewport all(FlameScene scene) {
        var view = new FlameViewport(scene.layout());
        view.resize(WIDTH, FlameViewport.ROW);
        return FlameExport.allRows(view);
    }
}
