package serpentarium.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;

/// What was selected one after another, by its number, to walk back and forward, as a browser does with pages.
public final class SelectionHistory {
    private static final int LIMIT = 200;

    private final List<Integer> visited = new ArrayList<>();
    private int at = -1;
    private final ReadOnlyBooleanWrapper canGoBack = new ReadOnlyBooleanWrapper(this, "canGoBack");
    private final ReadOnlyBooleanWrapper canGoForward = new ReadOnlyBooleanWrapper(this, "canGoForward");

    /// Whether there is one before the present one.
    public ReadOnlyBooleanProperty canGoBack() {
        return canGoBack.getReadOnlyProperty();
    }

    /// Whether there is one after the present one.
    public ReadOnlyBooleanProperty canGoForward() {
        return canGoForward.getReadOnlyProperty();
    }

    /// Something was selected; what came after the present one is forgotten.
    public void visit(int number) {
        if (at >= 0 && visited.get(at) == number) return;
        while (visited.size() > at + 1) visited.removeLast();
        visited.add(number);
        if (visited.size() > LIMIT) visited.removeFirst();
        move(visited.size() - 1);
    }

    /// Goes back, where there is one before.
    public Optional<Integer> back() {
        return at <= 0 ? Optional.empty() : Optional.of(move(at - 1));
    }

    /// Goes forward, where there is one after.
    public Optional<Integer> forward() {
        return at + 1 >= visited.size() ? Optional.empty() : Optional.of(move(at + 1));
    }

    private int move(int to) {
        at = to;
        canGoBack.set(at > 0);
        canGoForward.set(at + 1 < visited.size());
        return visited.get(at);
    }
}
