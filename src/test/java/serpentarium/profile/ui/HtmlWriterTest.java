package serpentarium.profile.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import serpentarium.profile.Event;
import serpentarium.profile.FrameTable;
import serpentarium.profile.LineCosts;
import serpentarium.profile.Profile;
import serpentarium.profile.ProfileInfo;
import serpentarium.profile.StackTree;
import serpentarium.profile.ThreadInfo;
import serpentarium.profile.Unit;
import serpentarium.profile.analysis.Stacks;
import serpentarium.task.TaskContext;

class HtmlWriterTest {
    private static String html(Profile profile) throws IOException {
        var out = new ByteArrayOutputStream();
        new HtmlWriter().write(profile, out, TaskContext.detached());
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Map<String, Object> data(String html) throws IOException {
        int from = html.indexOf("id=\"data\">") + 10;
        return JSON.std.mapFrom(html.substring(from, html.indexOf("</script>", from)));
    }

    @Test void namesAreDataAndNothingIsLoaded() throws IOException {
        var frames = new FrameTable.Builder();
        frames.add("</script><script>alert(1)</script>", "<img src=x onerror=alert(2)>", null, 3);
        var tree = new StackTree.Builder(1);
        tree.addSelf(0, tree.child(0, 0), 2);
        var info = new ProfileInfo("test", "<b>creator</b>", "run \"<i>\" & more", List.of(new Event("time", "time", Unit.SECONDS, 2)), List.of(new ThreadInfo("main", 2)), List.of());
        String html = html(new Profile.Stacks(info, frames.build(), LineCosts.NONE, List.of(tree.build())));
        assertFalse(html.contains("<script>alert"));
        assertFalse(html.contains("<img"));
        assertFalse(html.contains("<b>creator"));
        assertTrue(html.contains("run &quot;&lt;i&gt;&quot; &amp; more"));
        assertFalse(html.matches("(?s).*(src|href)\\s*=\\s*[\"']?(https?:)?//.*"));
        assertEquals(2, html.split("<script", -1).length - 1);
        @SuppressWarnings("unchecked") var function = (Map<String, Object>) ((List<?>) data(html).get("functions")).getFirst();
        assertEquals("</script><script>alert(1)</script>", function.get("n"));
    }

    @Test void estimatesCarryTheirIntervals() throws IOException {
        @SuppressWarnings("unchecked") var nodes = (Map<String, List<?>>) data(html(new Stacks().add(10, 0, 1, 2).add(5, 0, 3, 2).graphProfile())).get("nodes");
        assertEquals(nodes.get("t").size(), nodes.get("lo").size());
        @SuppressWarnings("unchecked") var exact = (Map<String, List<?>>) data(html(new Stacks().add(10, 0, 1).profile())).get("nodes");
        assertFalse(exact.containsKey("lo"));
    }

    @Test void manyBoxesAreFoldedAndThatIsSaid() throws IOException {
        String html = html(Stacks.random(new Random(7), 400, 9_000, 40, false).profile());
        @SuppressWarnings("unchecked") var nodes = (Map<String, List<?>>) data(html).get("nodes");
        assertTrue(nodes.get("f").size() <= HtmlData.MOST_NODES, () -> "" + nodes.get("f").size());
        assertEquals(nodes.get("f").size() == HtmlData.MOST_NODES || html.contains("are not in the picture"), html.contains("are not in the picture"));
        assertTrue(html.contains("are not in the picture"));
    }
}
