package serpentarium.profile.analysis;

import serpentarium.profile.StackTree;
import serpentarium.task.TaskContext;

/// Makes the tree of calls from the roots down, where stacks are known.
final class TopDown {
    private TopDown() {}

    /// The exact tree of known stacks.
    static CallTree of(StackTree stacks, int event, TaskContext context) {
        context.checkpoint();
        int functions = 0;
        for (int node = 0; node < stacks.size(); node++) functions = Math.max(functions, stacks.frame(node) + 1);
        Stage stage = Stage.of(stacks, event);
        context.checkpoint();
        return stage.columns(new NodeKeys(functions, 0)).build();
    }
}
