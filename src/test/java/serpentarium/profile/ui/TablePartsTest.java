package serpentarium.profile.ui;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import javafx.collections.ListChangeListener;
import org.junit.jupiter.api.Test;
import serpentarium.kit.CopiedTable;
import serpentarium.profile.CallGraph;
import serpentarium.profile.Event;
import serpentarium.profile.FrameTable;
import serpentarium.profile.LineCosts;
import serpentarium.profile.Profile;
import serpentarium.profile.ProfileInfo;
import serpentarium.profile.ThreadInfo;
import serpentarium.profile.Unit;
import serpentarium.profile.analysis.Analysis;
import serpentarium.profile.analysis.Slice;
import serpentarium.task.InlineTasks;
import serpentarium.task.TaskContext;

/// What tables are made of, without a toolkit.
class TablePartsTest {
    private static CopiedTable copied(String... row) {
        return new CopiedTable(List.of("Function", "Self"), List.of(false, true), List.of(List.of(row)));
    }

    @Test void tabSeparatedValuesQuoteWhatWouldBreakThem() {
        assertEquals("Function\tSelf\na|b\t1\n", copied("a|b", "1").tsv());
        assertEquals("Function\tSelf\n\"a\tb\"\t\"c\nd\"\n", copied("a\tb", "c\nd").tsv());
        assertEquals("Function\tSelf\n\"say \"\"x\"\"\"\t1\n", copied("say \"x\"", "1").tsv());
    }

    @Test void markdownEscapesWhatItWouldRead() {
        assertEquals("| Function | Self |\n| --- | ---: |\n| a\\|b | 1 |\n", copied("a|b", "1").markdown());
        assertTrue(copied("<built-in method __x__>", "c\r\nd").markdown().endsWith("| \\<built-in method \\_\\_x\\_\\_\\> | c d |\n"));
        assertTrue(copied("a\\|b & `c`", "").markdown().contains("| a\\\\\\|b &amp; \\`c\\` |"));
    }

    @Test void aRowMustFitTheHeader() {
        assertThrows(IllegalArgumentException.class, () -> copied("only one"));
    }

    @Test void theIndexListReplacesItsNumbersInOneChange() {
        var list = new IndexList();
        var seen = new ArrayList<String>();
        list.addListener((ListChangeListener<Integer>) change -> {
            while (change.next()) seen.add(change.getRemoved() + "→" + List.copyOf(change.getAddedSubList()));
        });
        list.show(new int[] {7, 3});
        list.show(new int[] {5});
        list.show(new int[0]);
        assertEquals(List.of("[]→[7, 3]", "[7, 3]→[5]", "[5]→[]"), seen);
        list.show(new int[] {1_000_000, 4});
        assertEquals(0, list.indexOf(1_000_000));
        assertEquals(-1, list.indexOf(2));
        assertFalse(list.contains("4"));
        assertEquals(List.of(1_000_000, 4), List.copyOf(list));
    }

    private static Analysis small() {
        var names = new FrameTable.Builder();
        names.intern("b", "/x/m.py", null, 20);
        names.intern("A", "/x/m.py", null, 3);
        names.intern("c", null, null, 0);
        names.intern("d", "/x/l.py", null, 100);
        var graph = new CallGraph.Builder(1, true, true, false);
        double[] self = {3, 1, 2, 0};
        long[] calls = {10, 4, 0, 1};
        long[] primitive = {2, 4, 0, 1};
        for (int f = 0; f < 4; f++) {
            graph.addSelf(0, f, self[f]);
            graph.addTotal(0, f, self[f] + 1);
            graph.calls().set(f, calls[f]);
            graph.primitiveCalls().set(f, primitive[f]);
        }
        var info = new ProfileInfo("x", null, null, List.of(new Event("time", "Time", Unit.SECONDS, 6)), List.of(new ThreadInfo("main", 6)), List.of());
        var profile = new Profile.Graph(info, names.build(), LineCosts.NONE, List.of(graph.build(4)));
        return Analysis.of(Slice.first(profile), TaskContext.detached());
    }

    private static int[] order(FunctionColumn column, boolean descending) {
        return FunctionOrder.of(small(), null, List.of(new FunctionOrder.Key(column, descending)));
    }

    @Test void functionsAreSortedByEachColumn() {
        assertArrayEquals(new int[] {0, 2, 1, 3}, order(FunctionColumn.SELF, true));
        assertArrayEquals(new int[] {3, 1, 2, 0}, order(FunctionColumn.TOTAL, false));
        assertArrayEquals(new int[] {1, 0, 2, 3}, order(FunctionColumn.FUNCTION, false), "capitals do not matter");
        assertArrayEquals(new int[] {3, 2, 0, 1}, order(FunctionColumn.FUNCTION, true));
        assertArrayEquals(new int[] {0, 1, 3, 2}, order(FunctionColumn.CALLS, true));
        assertArrayEquals(new int[] {3, 1, 0, 2}, order(FunctionColumn.PLACE, false), "lines by number, no file last");
        assertArrayEquals(new int[] {0, 1, 3, 2}, order(FunctionColumn.PLACE, true), "no file last either way");
    }

    @Test void whatHasNoValueComesLastEitherWay() {
        assertArrayEquals(new int[] {0, 1, 3, 2}, order(FunctionColumn.SELF_PER_CALL, true));
        assertArrayEquals(new int[] {3, 1, 0, 2}, order(FunctionColumn.SELF_PER_CALL, false));
    }

    @Test void sortingBySeveralAndFiltering() {
        var shown = new BitSet();
        shown.set(0, 3);
        assertArrayEquals(new int[] {0, 1, 2}, FunctionOrder.of(small(), shown,
                List.of(new FunctionOrder.Key(FunctionColumn.MODULE, false), new FunctionOrder.Key(FunctionColumn.SELF, true))));
    }

    @Test void callsAndCostsPerCallAreWrittenAsPstatsDoes() {
        Analysis analysis = small();
        var model = new ProfileViewModel(analysis.slice().profile(), new InlineTasks());
        assertEquals("10/2", FunctionColumn.CALLS.text(analysis, model, 0, false));
        assertEquals("4", FunctionColumn.CALLS.text(analysis, model, 1, false));
        assertEquals("300 ms", FunctionColumn.SELF_PER_CALL.text(analysis, model, 0, false));
        assertEquals("2.00 s", FunctionColumn.TOTAL_PER_CALL.text(analysis, model, 0, false), "by primitive calls");
        assertEquals("–", FunctionColumn.SELF_PER_CALL.text(analysis, model, 2, false), "never called: no division by zero");
        assertEquals("m.py:20", FunctionColumn.PLACE.text(analysis, model, 0, false));
        assertEquals("/x/m.py:20", FunctionColumn.PLACE.text(analysis, model, 0, true));
    }

    @Test void matchesAreMarkedInNames() {
        var both = new NameHighlight(List.of("row", "s"), new BitSet());
        assertArrayEquals(new int[] {2, 4, 5, 9}, both.spans(0, "pass_Rows"), "touching matches are one");
        assertArrayEquals(new int[] {6, 9}, new NameHighlight(List.of("row"), new BitSet()).spans(0, "parse_Rows"));
        assertArrayEquals(new int[] {}, new NameHighlight(List.of("Row"), new BitSet()).spans(0, "parse_rows"), "a capital asks for capitals");
        var whole = new BitSet();
        whole.set(3);
        assertArrayEquals(new int[] {0, 4}, new NameHighlight(List.of(), whole).spans(3, "name"));
        assertEquals(32, new NameHighlight(List.of("a"), new BitSet()).spans(0, "a.".repeat(100)).length, "bounded");
    }

    @Test void namesOfStrangersAreMadeFitForOneLine() {
        assertEquals("a\uFFFDb\uFFFDc", FunctionText.line("a\nb\u202Ec"));
        assertEquals(401, FunctionText.line("x".repeat(1_000_000)).length());
        assertEquals("<module>", FunctionText.line("<module>"));
    }

    @Test void aMillionRowsAreSortedBetweenTwoGlances() {
        var tree = new serpentarium.profile.StackTree.Builder(1);
        var frames = new serpentarium.profile.FrameTable.Builder();
        var random = new java.util.Random(1);
        for (int i = 0; i < 1_000_000; i++) {
            frames.add("f" + i % 50_000, "a.py", null, i);
            tree.addSelf(0, tree.child(0, i), random.nextInt(100_000) / 7.0 - 500);
        }
        Analysis analysis = Analysis.of(serpentarium.profile.analysis.Slice.first(CallTreeRowsTest.profile(frames.build(), tree.build())),
                serpentarium.task.TaskContext.detached());
        var key = List.of(new FunctionOrder.Key(FunctionColumn.SELF, true));
        int[] rows = FunctionOrder.of(analysis, null, key);
        long begin = System.nanoTime();
        rows = FunctionOrder.of(analysis, null, key);
        long took = System.nanoTime() - begin;
        for (int i = 1; i < rows.length; i++) {
            double step = analysis.functions().self(rows[i - 1]) - analysis.functions().self(rows[i]);
            assertTrue(step > 0 || step == 0 && rows[i - 1] < rows[i], "row " + i);
        }
        // Three tenths of a second on a machine with nothing else to do.
        assertTrue(took < 1_500_000_000L, () -> "took " + took / 1_000_000 + " ms");
    }

    @Test void textsAreSortedAsTextsWhateverTheyBeginWith() {
        var random = new java.util.Random(3);
        String letters = "abAB_zZ<é\u4e2d\u4e2e\u00ff";
        for (int round = 0; round < 40; round++) {
            var frames = new serpentarium.profile.FrameTable.Builder();
            var tree = new serpentarium.profile.StackTree.Builder(1);
            var names = new java.util.ArrayList<String>();
            String beginning = round % 2 == 0 ? "" : "same_beginning_";
            for (int i = 0; i < 200; i++) {
                var name = new StringBuilder(beginning);
                if (round % 4 < 2) name.append("aAb".charAt(random.nextInt(3))).append(".<locals>.handle_request_");
                for (int c = random.nextInt(round < 20 ? 12 : 3); c >= 0; c--) name.append(letters.charAt(random.nextInt(letters.length())));
                names.add(name.toString());
                frames.add(name.toString(), name + ".py", null, i % 7);
                tree.addSelf(0, tree.child(0, i), 1);
            }
            Analysis analysis = Analysis.of(serpentarium.profile.analysis.Slice.first(CallTreeRowsTest.profile(frames.build(), tree.build())),
                    serpentarium.task.TaskContext.detached());
            boolean descending = round % 3 == 0;
            java.util.Comparator<Integer> order = java.util.Comparator.comparing(names::get, String.CASE_INSENSITIVE_ORDER);
            var wanted = new java.util.ArrayList<Integer>();
            for (int i = 0; i < 200; i++) wanted.add(i);
            wanted.sort(descending ? order.reversed() : order);
            assertArrayEquals(wanted.stream().mapToInt(Integer::intValue).toArray(),
                    FunctionOrder.of(analysis, null, List.of(new FunctionOrder.Key(FunctionColumn.FUNCTION, descending))), "round " + round);
            java.util.Comparator<Integer> places = java.util.Comparator.comparing(f -> names.get(f) + ".py:" + f % 7, String.CASE_INSENSITIVE_ORDER);
            wanted.sort(java.util.Comparator.naturalOrder());
            wanted.sort(descending ? places.reversed() : places);
            assertArrayEquals(wanted.stream().mapToInt(Integer::intValue).toArray(),
                    FunctionOrder.of(analysis, null, List.of(new FunctionOrder.Key(FunctionColumn.PLACE, descending))), "round " + round);
        }
    }
}
