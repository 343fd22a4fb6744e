package serpentarium.profile.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import serpentarium.base.Source;
import serpentarium.profile.CallGraph;
import serpentarium.profile.Profile;
import serpentarium.profile.Unit;
import serpentarium.profile.Warning;
import serpentarium.profile.analysis.Slice;
import serpentarium.profile.analysis.Summary;
import serpentarium.task.TaskContext;

/// What the programs that write callgrind files do each in its own way, and the events that follow from others.
class CallgrindProducersTest {
    private final CallgrindFormat format = new CallgrindFormat();

    private Profile.Graph read(String text) throws IOException {
        return assertInstanceOf(Profile.Graph.class, format.read(Source.of("test", text.getBytes(StandardCharsets.UTF_8)),
                TaskContext.detached()));
    }

    private static int find(Profile profile, String name) {
        for (int f = 0; f < profile.frames().size(); f++) if (profile.frames().name(f).equals(name)) return f;
        throw new AssertionError(name);
    }

    private static double total(Profile.Graph profile, String name) {
        return profile.graphs().getFirst().total(0, find(profile, name));
    }

    private static List<String> ids(Profile profile) {
        return profile.info().warnings().stream().map(Warning::id).toList();
    }

    @Test void xdebugNamesEventsWithBracketsAndGivesMemoryBack() throws IOException {
        Profile.Graph profile = read("""
                version: 1
                creator: xdebug 3.3.1 (PHP 8.2.7)
                cmd: /srv/app/index.php
                part: 1
                positions: line

                events: Time_(10ns) Memory_(bytes)

                fl=(1) php:internal
                fn=(1) php::str_repeat
                3 120 4096

                fl=(2) /srv/app/index.php
                fn=(2) {main}
                1 5000 -1024
                cfl=(1)
                cfn=(1)
                calls=1 0 0
                3 120 4096

                summary: 5120 3072
                """);
        assertEquals(List.of("Time_(10ns)", "Memory_(bytes)"), profile.info().events().stream().map(e -> e.name()).toList());
        assertEquals(Unit.BYTES, profile.info().events().get(1).unit());
        int main = find(profile, "{main}");
        CallGraph graph = profile.graphs().getFirst();
        assertEquals(5000, graph.self(0, main));
        assertEquals(-1024, graph.self(1, main), "memory that was given back");
        assertEquals(5120, graph.total(0, main));
        assertEquals(3072, profile.info().events().get(1).total());
        assertEquals(-1024, profile.lines().cost(1, profile.lines().begin(main)));
        assertEquals(List.of(), ids(profile));
    }

    @Test void yappiDefinesNumbersTwiceAndLeavesSomeOut() throws IOException {
        Profile.Graph profile = read("""
                version: 1
                creator: yappi
                pid: 7
                positions: line
                events: Ticks

                fl=(1) /srv/app.py
                fn=(1) /srv/app.py.work /srv/app.py:12
                fl=(1) /srv/app.py
                fn=(1) /srv/app.py.work /srv/app.py:12
                fl=(2) builtins
                fn=(2) print builtins:0

                fl=(1)
                fn=(1)
                12 150
                cfl=(2)
                cfn=(2)
                calls=2 0
                0 40
                cfl=(9)
                cfn=(15)
                calls=1 0
                0 3""".indent(0).stripTrailing());
        assertEquals(Unit.MICROSECONDS, profile.info().events().getFirst().unit());
        int work = find(profile, "/srv/app.py.work");
        assertEquals(12, profile.frames().line(work));
        assertEquals("/srv/app.py", profile.frames().file(work));
        assertEquals(193, total(profile, "/srv/app.py.work"));
        int print = find(profile, "print");
        assertNull(profile.frames().file(print));
        assertEquals("builtins", profile.frames().module(print));
        assertEquals(2, profile.graphs().getFirst().calls().get(print));
        assertEquals(3, profile.frames().size());
        assertEquals(List.of("callgrind.undefined-id", "callgrind.undefined-id"), ids(profile), "the file and the function that are not there");
    }

    @Test void lsprofHasItsFilesAfterItsNames() throws IOException {
        Profile.Graph profile = read("""
                events: Ticks
                fi=/srv/app/tasks.py
                fn=run tasks:10
                10 500
                cfn=load store:3
                cfi=/srv/app/store.py
                calls=4 3
                10 200
                fi=/srv/app/store.py
                fn=load store:3
                3 200
                """);
        int load = find(profile, "load");
        assertEquals("/srv/app/store.py", profile.frames().file(load));
        assertEquals("store", profile.frames().module(load));
        assertEquals(3, profile.frames().line(load));
        assertEquals(4, profile.graphs().getFirst().calls().get(load));
        assertEquals(700, total(profile, "run"));
        assertEquals(2, profile.frames().size(), "the callee is the function that comes later");
    }

    @Test void derivedEventsAndTitles() throws IOException {
        Profile.Graph profile = read("event: Ir : My instructions\nevent: CEst = Ir + 10 Bm - 2*Dr : Cycles\nevent: Bm = Bim + Bcm\n"
                + "event: Bad = Nope\nevent: Twice = 2 Ir + Nope\nevents: Ir Dr Bim Bcm\nfn=f\n7 100 5 1 2\ncfn=g\ncalls=1 1\n8 10 1 1 1\n");
        assertEquals(List.of("Ir", "Dr", "Bim", "Bcm", "CEst", "Bm", "Twice"), profile.info().events().stream().map(e -> e.name()).toList());
        assertEquals(120, profile.info().events().get(4).total());
        assertEquals(3, profile.info().events().get(5).total());
        assertEquals(200, profile.info().events().get(6).total());
        assertEquals("My instructions", profile.info().events().getFirst().title());
        assertEquals("Cycles", profile.info().events().get(4).title());
        CallGraph graph = profile.graphs().getFirst();
        int f = find(profile, "f");
        assertEquals(List.of(120.0, 3.0, 200.0), List.of(graph.self(4, f), graph.self(5, f), graph.self(6, f)));
        assertEquals(List.of(148.0, 5.0, 220.0), List.of(graph.total(4, f), graph.total(5, f), graph.total(6, f)));
        assertEquals(List.of(28.0, 2.0, 20.0), List.of(graph.edgeTotal(4, 0), graph.edgeTotal(5, 0), graph.edgeTotal(6, 0)));
        assertEquals(120, profile.lines().cost(4, profile.lines().begin(f)));
        assertEquals(4, graph.measured(), "the others have no columns");
    }

    @Test void eventsThatFollowFromTheCachesAreThereWhereCachesWereCounted() throws IOException {
        Profile.Graph cache = read("events: Ir I1mr D1mr D1mw ILmr DLmr DLmw\nfn=f\n1 1000 1 2 3 4 5 6\n");
        assertEquals(List.of("L1m", "LLm", "CEst"), cache.info().events().subList(7, 10).stream().map(e -> e.name()).toList());
        assertEquals(List.of(6.0, 15.0, 2560.0), cache.info().events().subList(7, 10).stream().map(e -> e.total()).toList());
        assertEquals("Cycles, estimated", cache.info().events().get(9).title());
        Profile.Graph branch = read("events: Ir Bc Bcm Bi Bim\nfn=f\n1 1000 9 2 9 3\n");
        assertEquals(List.of("Bm", "CEst"), branch.info().events().subList(5, 7).stream().map(e -> e.name()).toList());
        assertEquals(1050, branch.info().events().get(6).total());
        assertEquals(1, read("events: Ir\nfn=f\n1 1\n").info().events().size(), "an estimate of cycles from instructions alone says nothing new");
    }

    @Test void eventsThatFollowAreSummedOverThreads() throws IOException {
        Profile.Graph profile = read("events: Ir Bcm\nthread: 1\nfn=f\n1 10 1\n\nthread: 2\nfn=f\n1 20 3\n");
        int event = profile.info().events().stream().map(e -> e.name()).toList().indexOf("CEst");
        assertEquals(70, profile.info().events().get(event).total());
        assertEquals(70, Summary.of(new Slice(profile, event), TaskContext.detached()).functions().self(0));
        assertEquals(50, Summary.of(new Slice(profile, event, Set.of(1)), TaskContext.detached()).functions().total(0));
    }
}
