package serpentarium.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.ThreadTasks;

class RerunTest {
    @Test void whatARoundGaveIsToldAlsoWhereNewsComeBetweenItsEndAndItsTelling() throws Exception {
        var window = new LinkedBlockingQueue<Runnable>();
        var tasks = new ThreadTasks(window::add);
        List<Integer> told = new ArrayList<>();
        int[] rounds = {0};
        var rerun = new Rerun<>(tasks, () -> {
            int round = ++rounds[0];
            return TaskSpec.of("round", Lane.CPU, _ -> round);
        }, told::add, problem -> fail(problem.title()));
        rerun.news();
        // It has ended when the window has something to do; the window is not yet there.
        Runnable first = window.poll(10, TimeUnit.SECONDS);
        rerun.news();
        assertTrue(rerun.running());
        first.run();
        while (told.size() < 2) window.poll(10, TimeUnit.SECONDS).run();
        assertEquals(List.of(1, 2), told);
        assertFalse(rerun.running());
        tasks.shutdown(Duration.ofSeconds(5));
    }
}
