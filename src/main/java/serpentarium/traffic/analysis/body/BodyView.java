package serpentarium.traffic.analysis.body;

import serpentarium.base.Bid;
import serpentarium.task.TaskContext;

/// A way to read a content. Bounded in depth, nodes and bytes; nothing of the content is executed, followed or resolved.
public interface BodyView {
    /// Stable name such as `json`; `view.ID` is its name for people.
    String id();

    /// How well it fits: looks at the content type and the first bytes only.
    Bid bid(BodyInput in);

    /// Reads the content.
    ///
    /// @throws serpentarium.base.ProblemException when it is not of this kind
    BodyModel model(BodyInput in, TaskContext context);

    /// How many bytes it reads at most; of a longer content it is given the beginning.
    default int limit() {
        return 8 << 20;
    }
}
