package serpentarium.profile.analysis;

import serpentarium.profile.StackTree;
import serpentarium.task.TaskContext;

/// Makes the tree of calls from the roots down, where stacks are known.
final class TopDown {
    private TopDown() {}

    /// The exact tree of known stacks.
    static CallTree of(StackTree stacks, int event, TaskContext context) {
        int size = stacks.size();
        var columns = new TreeColumns(size, false);
        for (int node = 0; node < size; node++) {
            if ((node & 0xffff) == 0) context.checkpoint();
            double self = stacks.self(event, node);
            columns.add(stacks.parent(node), stacks.frame(node), self, self, CallTree.FUNCTION);
        }
        for (int node = size - 1; node > 0; node--) columns.total[columns.parent[node]] += columns.total[node];
        context.checkpoint();
        return columns.build();
    }
}
