package serpentarium.traffic.engine.resend;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import serpentarium.base.ProblemException;
import serpentarium.task.Progress;
import serpentarium.task.TaskContext;
import serpentarium.traffic.engine.proxy.Outgoing;
import serpentarium.traffic.engine.proxy.Sent;

/// Sends one request many times, some at once, each on a connection of its own.
///
/// @param count how often
/// @param at    how many at once
public record Repetition(int count, int at) {
    /// More are not sent.
    public static final int MOST = 10_000;
    /// More are not sent at once.
    public static final int MOST_AT_ONCE = 64;
    private static final int LOOK_MILLIS = 50;

    /// @throws ProblemException when they are too few or too many
    public Repetition {
        if (count < 1 || count > MOST) throw Draft.problem("repeat.count", MOST);
        if (at < 1 || at > MOST_AT_ONCE) throw Draft.problem("repeat.at", MOST_AT_ONCE);
    }

    /// Sends requests.
    public interface Sender {
        /// Sends one; `then` is told what became of it.
        Outgoing.Running send(Outgoing request, Consumer<Sent> then);
    }

    /// Sends all, and waits for them. Those on their way are broken off when the task is cancelled.
    public RepeatSummary run(Sender sender, Outgoing request, TaskContext context) throws InterruptedException {
        var ended = new LinkedBlockingQueue<Sent>();
        Set<Outgoing.Running> running = ConcurrentHashMap.newKeySet();
        List<Sent> all = new ArrayList<>();
        int begun = 0;
        try {
            while (all.size() < count) {
                context.checkpoint();
                while (begun < count && begun - all.size() < at) {
                    running.add(sender.send(request, ended::add));
                    begun++;
                }
                Sent one = ended.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (one == null) continue;
                all.add(one);
                context.progress(all.size(), count, Progress.Unit.STEPS);
                // Handles of those that have ended are nothing to keep.
                if (all.size() == begun) running.clear();
            }
            return RepeatSummary.of(all);
        } finally {
            running.forEach(Outgoing.Running::cancel);
        }
    }
}
