package serpentarium.kit;

import java.time.Instant;
import java.util.concurrent.Executor;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import serpentarium.base.Problem;

/// What the window says without being asked: a model that [NoticeStack] shows. May be told from any thread; the list changes on the
/// window's thread only and holds at most [#LIMIT] entries, the oldest going first.
public final class Notices {
    /// How many are kept.
    public static final int LIMIT = 50;

    private final ObservableList<Notice> open = FXCollections.observableArrayList();
    // Kept, because the view hears of its source weakly: listeners of a view that nobody holds would fall silent.
    private final ObservableList<Notice> view = FXCollections.unmodifiableObservableList(open);
    private final Executor window;

    /// Makes an empty one whose list changes through `window`.
    public Notices(Executor window) {
        this.window = window;
    }

    /// What has not been put away yet, oldest first.
    public ObservableList<Notice> open() {
        return view;
    }

    /// Says something that needs no answer.
    public void say(String text) {
        add(new Notice(text, null, null, Instant.now()));
    }

    /// Says something that something can be done about.
    public void say(String text, Action action) {
        add(new Notice(text, null, action, Instant.now()));
    }

    /// Reports a problem. The same problem said again while it is still shown is not shown twice.
    public void report(Problem problem) {
        add(new Notice(problem.title(), problem, null, Instant.now()));
    }

    /// Puts one away.
    public void dismiss(Notice notice) {
        window.execute(() -> open.remove(notice));
    }

    /// Puts all away.
    public void dismissAll() {
        window.execute(open::clear);
    }

    private void add(Notice notice) {
        window.execute(() -> {
            open.removeIf(other -> other.text.equals(notice.text) && (other.problem == null ? notice.problem == null
                    : notice.problem != null && other.problem.report().equals(notice.problem.report())));
            if (open.size() >= LIMIT) open.removeFirst();
            open.add(notice);
        });
    }

    /// One thing said.
    ///
    /// @param text    what is said, a sentence
    /// @param problem what it is about, or null when nothing is wrong
    /// @param action  what can be done about it, or null
    /// @param when    when it was said
    public record Notice(String text, Problem problem, Action action, Instant when) {}

    /// What can be done about a notice.
    ///
    /// @param text what a button says
    /// @param run  what it does
    public record Action(String text, Runnable run) {}
}
