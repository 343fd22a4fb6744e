package serpentarium.app.cli;

import java.nio.file.Path;
import serpentarium.task.TaskContext;

/// Opens a file in the real window's content, without a display, and takes its picture.
@FunctionalInterface
public interface Renderer {
    /// What is to be on the picture.
    ///
    /// @param file   the file to open
    /// @param other  a file to compare it with, or null
    /// @param view   the view to bring to the front, or null for the first
    /// @param width  in pixels
    /// @param height in pixels
    /// @param dark   whether in the dark theme
    /// @param out    the PNG file to write
    record Picture(Path file, Path other, String view, int width, int height, boolean dark, Path out) {}

    /// Takes the picture.
    ///
    /// @throws serpentarium.base.ProblemException when the file cannot be opened or there is no such view
    /// @throws java.io.IOException                when the picture cannot be written
    void render(Picture picture, TaskContext context) throws java.io.IOException;
}
