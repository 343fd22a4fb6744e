package serpentarium.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class TimelineTest {
    @Test void segmentsFollowEachOther() {
        var builder = new Timeline.Builder(Unit.SECONDS, 10);
        builder.add(0, 1, 3);
        builder.add(1, 1, 3);
        builder.add(1.5, 1.5, 4);
        builder.add(5, -2, 5);
        Timeline timeline = builder.build();
        assertEquals(3, timeline.size());
        assertEquals(2, timeline.length(0));
        assertEquals(2, timeline.start(1));
        assertEquals(3, timeline.end(1));
        assertEquals(0, timeline.length(2));
        assertEquals(5, timeline.node(2));
    }

    @Test void findsWhatRunsAtATime() {
        var builder = new Timeline.Builder(Unit.SECONDS, 10);
        builder.add(0, 1, 1);
        builder.add(2, 1, 2);
        Timeline timeline = builder.build();
        assertEquals(0, timeline.at(0.5));
        assertEquals(1, timeline.at(1));
        assertEquals(1, timeline.at(2.5));
        assertEquals(2, timeline.at(3));
    }

    @Test void keepsNoMoreThanAllowed() {
        var builder = new Timeline.Builder(Unit.SECONDS, 2);
        for (int i = 0; i < 5; i++) builder.add(i, 1, i);
        assertEquals(3, builder.dropped());
        assertEquals(2, builder.build().size());
        assertSame(Timeline.NONE, new Timeline.Builder(Unit.SECONDS, 2).build());
    }
}
