package serpentarium.profile.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;

/// The parts of a flame graph that were in sight one after another, to walk back and forward. What moves smoothly, by the wheel or by dragging, is one
/// step until it rests.
final class ZoomHistory {
    private static final int LIMIT = 200;

    private final List<FlameViewport.Part> visited = new ArrayList<>();
    private int at = -1;
    private boolean moving;
    private final ReadOnlyBooleanWrapper canGoBack = new ReadOnlyBooleanWrapper(this, "canGoBack");
    private final ReadOnlyBooleanWrapper canGoForward = new ReadOnlyBooleanWrapper(this, "canGoForward");

    /// Whether there is a part before the present one.
    ReadOnlyBooleanProperty canGoBack() {
        return canGoBack.getReadOnlyProperty();
    }

    /// Whether there is a part after the present one.
    ReadOnlyBooleanProperty canGoForward() {
        return canGoForward.getReadOnlyProperty();
    }

    /// Forgets all, and begins with a part.
    void begin(FlameViewport.Part part) {
        visited.clear();
        moving = false;
        visited.add(part);
        move(0);
    }

    /// Another part came into sight at once.
    void jump(FlameViewport.Part part) {
        moving = false;
        if (same(visited.get(at), part)) visited.set(at, part);
        else visit(part);
    }

    /// The view moved a little.
    void glide(FlameViewport.Part part) {
        if (moving || same(visited.get(at), part)) visited.set(at, part);
        else visit(part);
        moving |= at > 0 && !same(visited.get(at - 1), part);
    }

    /// The view rests: what moves it next is another step.
    void rest() {
        moving = false;
    }

    Optional<FlameViewport.Part> back() {
        moving = false;
        return at <= 0 ? Optional.empty() : Optional.of(move(at - 1));
    }

    Optional<FlameViewport.Part> forward() {
        moving = false;
        return at + 1 >= visited.size() ? Optional.empty() : Optional.of(move(at + 1));
    }

    private void visit(FlameViewport.Part part) {
        while (visited.size() > at + 1) visited.removeLast();
        visited.add(part);
        if (visited.size() > LIMIT) visited.removeFirst();
        move(visited.size() - 1);
    }

    /// Scrolling down alone is no step.
    private static boolean same(FlameViewport.Part a, FlameViewport.Part b) {
        return Math.abs(a.left() - b.left()) <= 1e-9 * a.span() && Math.abs(a.span() - b.span()) <= 1e-9 * a.span();
    }

    private FlameViewport.Part move(int to) {
        at = to;
        canGoBack.set(at > 0);
        canGoForward.set(at + 1 < visited.size());
        return visited.get(at);
    }
}
