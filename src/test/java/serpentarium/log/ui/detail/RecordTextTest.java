package serpentarium.log.ui.detail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import serpentarium.log.Frame;
import serpentarium.log.LogRecord;
import serpentarium.log.Traceback;
import serpentarium.log.analysis.TracebackParser;
import serpentarium.log.ui.detail.DetailText.Link;
import serpentarium.log.ui.detail.DetailText.Style;

class RecordTextTest {
    private static final RecordText.Look FOLDED = new RecordText.Look(Set.of(), false);

    private static DetailText laidOut(String text) {
        var out = new DetailText();
        RecordText.laidOut(text, out);
        return out;
    }

    private static Style style(DetailText text, String piece) {
        return text.styleAt(text.text().indexOf(piece));
    }

    @Test void dataInAMessageIsLaidOut() {
        DetailText text = laidOut("got {\"user\": {\"name\": \"ana, b\", \"roles\": [\"admin\", \"buyer\", \"a rather long role to break the line\"]}, \"n\": -1.5e3, \"ok\": true} in 3 ms");
        assertEquals("""
                got
                {
                  "user": {
                    "name": "ana, b",
                    "roles": ["admin", "buyer", "a rather long role to break the line"]
                  },
                  "n": -1.5e3,
                  "ok": true
                } in 3 ms""", text.text());
        assertEquals(Style.NAME, style(text, "\"user\""));
        assertEquals(Style.STRING, style(text, "\"ana, b\""));
        assertEquals(Style.NUMBER, style(text, "-1.5e3"));
        assertEquals(Style.WORD, style(text, "true"));
    }

    @Test void whatPythonWritesIsDataToo() {
        assertEquals("row {'a': 1, 'b': b'\\x00', 'c': datetime.datetime(2024, 1, 2), 'd': Point(x=1, y=None)}",
                laidOut("row {'a':1,'b':b'\\x00','c':datetime.datetime(2024,1,2),'d':Point(x=1,y=None)}").text());
    }

    @Test void whatIsNoDataStaysAsItIs() {
        for (String text : List.of("[info] {0} items", "took [3] s", "open {", "a ] b", "{'a': 1", "it's {x: y}", "", "{}", "[1, 2]", "set {1, 2}", "from (a, b)"))
            assertEquals(text, laidOut(text).text());
    }

    @Test void queriesAreLaidOut() {
        DetailText text = laidOut("(0.003) SELECT \"auth_user\".\"id\", COUNT(*) AS n FROM \"auth_user\" WHERE (\"auth_user\".\"name\" = 'it''s; x' AND \"a\" BETWEEN 1 AND 2) "
                + "OR id IN (SELECT id FROM t WHERE x = %s) GROUP BY 1 ORDER BY n DESC LIMIT 21; args=(1,)");
        assertEquals("""
                (0.003)
                SELECT "auth_user"."id", COUNT(*) AS n
                FROM "auth_user"
                WHERE ("auth_user"."name" = 'it''s; x' AND "a" BETWEEN 1 AND 2)
                  OR id IN (
                  SELECT id
                  FROM t
                  WHERE x = %s
                )
                GROUP BY 1
                ORDER BY n DESC
                LIMIT 21; args=(1,)""", text.text());
        assertEquals(Style.KEYWORD, style(text, "WHERE"));
        assertEquals(Style.STRING, style(text, "'it''s"));
        assertEquals(Style.NAME, style(text, "\"auth_user\""));
    }

    @Test void statementsOfAllKindsAreFound() {
        assertEquals("INSERT INTO t (a, b)\nVALUES (1, 2)\nON CONFLICT (a) DO UPDATE SET b = 2\nRETURNING id", laidOut("INSERT INTO t (a, b) VALUES (1, 2) ON CONFLICT (a) DO UPDATE SET b = 2 RETURNING id").text());
        assertEquals("update t\nset a = 1\nwhere b = 2", laidOut("update t set a = 1 where b = 2").text());
        assertEquals("SELECT a\nFROM b\nLEFT OUTER JOIN c ON c.x = b.x\nJOIN d USING (y)", laidOut("SELECT a\nFROM b LEFT OUTER JOIN c ON c.x = b.x JOIN d USING (y)").text());
        assertEquals("SELECT 1\nFROM t\n[generated in 0.1s] (1,)", laidOut("SELECT 1 FROM t\n[generated in 0.1s] (1,)").text());
        for (String prose : List.of("please select one from the list", "update the set of rules", "we delete from time to time", "with care as (always)", "SELECTED FROM"))
            assertEquals(prose, laidOut(prose).text());
    }

    @Test void libraryFramesAreFolded() {
        LogRecord record = DetailRecords.first(DetailRecords.FAILED);
        DetailText text = RecordText.of(record, FOLDED);
        String all = text.text();
        assertTrue(all.contains("▸ 2 frames of libraries: handlers/exception.py … handlers/base.py"), all);
        assertFalse(all.contains("get_response"), all);
        assertTrue(all.contains("decimal.py"), "where it was raised shows");
        assertEquals(Style.OWN, style(text, "File \"/srv/shop/cart.py\""));
        assertEquals(Style.LIBRARY, style(text, "File \"/usr/lib/python3.12/decimal.py\""));
        assertEquals(Style.OWN_FUNCTION, style(text, "total\n    return"));
        assertEquals(Style.KEYWORD, style(text, "return sum"));
        assertEquals(Style.CARETS, style(text, "~~~^"));
        assertEquals(Style.ERROR, style(text, "decimal.InvalidOperation"));
        assertEquals(Style.PLAIN, style(text, "while adding"));
        assertEquals(Style.MUTED, style(text, "During handling"));
        var fold = assertInstanceOf(Link.Fold.class, text.place(all.indexOf("frames of libraries")).orElseThrow().link());
        DetailText open = RecordText.of(record, new RecordText.Look(Set.of(fold.run()), false));
        assertTrue(open.text().contains("▾ 2 frames of libraries"));
        assertTrue(open.text().contains("get_response(request)"));
        var source = assertInstanceOf(Link.Source.class, text.place(all.indexOf("/srv/shop/cart.py")).orElseThrow().link());
        assertEquals(41, source.frame().line());
    }

    @Test void unfoldedATracebackIsWhatPythonWrote() {
        Traceback traceback = TracebackParser.parse(DetailRecords.TRACEBACK).orElseThrow();
        var out = new DetailText();
        new TracebackText(DetailRecords.TRACEBACK, traceback, Set.of(3), out).write();
        String without = out.text().lines().filter(line -> !line.contains("▾")).reduce((a, b) -> a + "\n" + b).orElseThrow();
        assertEquals(DetailRecords.TRACEBACK, without);
    }

    @Test void theLastFrameCanComeFirst() {
        String text = RecordText.of(DetailRecords.first(DetailRecords.FAILED), new RecordText.Look(Set.of(), true)).text();
        int error = text.indexOf("shop.errors.CheckoutError");
        int first = text.indexOf("while this was handled:");
        int cause = text.indexOf("decimal.InvalidOperation");
        int raised = text.indexOf("decimal.py\", line 7");
        int caller = text.indexOf("views.py\", line 3");
        assertTrue(error >= 0 && error < first && first < cause && cause < raised && raised < caller, text);
    }

    @Test void aTracebackOfLibrariesAloneIsNotFolded() {
        String text = "Traceback (most recent call last):\n  File \"/usr/lib/python3.12/asyncio/a.py\", line 1, in a\n  File \"/usr/lib/python3.12/asyncio/b.py\", line 1, in b\nOSError: x";
        assertEquals(List.of(), TracebackText.runs(TracebackParser.parse(text).orElseThrow()));
    }

    @Test void fieldsThatAreMoreThanAWordHaveSections() {
        LogRecord record = DetailRecords.first(DetailRecords.JSON);
        String text = RecordText.of(record, FOLDED).text();
        assertTrue(text.startsWith("slow query\n\nuser\n{\"id\": 17, \"name\": \"ana\", \"roles\": [\"admin\", \"buyer\"]}\n\nsql\nSELECT o.id, o.total, u.name\nFROM orders o\nLEFT JOIN users u ON u.id = o.user_id"), text);
        assertTrue(text.contains("\n  AND o.id IN (\n  SELECT order_id\n  FROM items\n  WHERE sku = 'it''s'\n)\nORDER BY o.id\nLIMIT 10"), text);
        assertTrue(text.endsWith("payload\n{\"a\": [1, 2.5, null, true]}"), text);
        List<FieldRow> rows = FieldRow.of(record, DetailRecords.ZONE);
        assertEquals(List.of("time", "level", "logger", "duration", "user.id", "user.name", "user.roles", "trace_id", "sql", "payload"), rows.stream().map(FieldRow::name).toList());
        assertEquals("2026-11-22 08:49:01.164250 +01:00", rows.getFirst().shown());
    }

    @Test void groupsKeepTheirMargin() {
        String text = """
                  + Exception Group Traceback (most recent call last):
                  |   File "/srv/group.py", line 12, in <module>
                  |     raise ExceptionGroup('top', errs)
                  | ExceptionGroup: top (1 sub-exception)
                  +-+---------------- 1 ----------------
                    | Traceback (most recent call last):
                    |   File "/srv/group.py", line 6, in <module>
                    |     bad(i)
                    | ValueError: bad 0
                    +------------------------------------
                """.stripTrailing();
        var out = new DetailText();
        Traceback traceback = TracebackParser.parse(text).orElseThrow();
        new TracebackText(text, traceback, Set.of(), out).write();
        assertEquals(text, out.text());
        assertEquals(Style.ERROR, style(out, "ValueError"));
        assertEquals(Style.ERROR, style(out, "ExceptionGroup: top"));
        assertEquals(Style.OWN, style(out, "File \"/srv/group.py\", line 6"));
        var turned = new DetailText();
        new TracebackText(text, traceback, Set.of(), turned).turned();
        assertTrue(turned.text().contains("    ValueError: bad 0\n      File \"/srv/group.py\", line 6, in <module>"), turned.text());
    }

    @Test void longTextsAreBounded() {
        DetailText text = laidOut("x".repeat(5_000_000));
        assertTrue(text.cut());
        assertTrue(text.text().length() <= DetailText.MOST + 10);
        assertTrue(text.text().lines().allMatch(line -> line.length() <= DetailText.LONGEST_LINE + 2));
        assertFalse(laidOut("short").cut());
        assertEquals("a b ␀", laidOut("a\rb\u2028\0").text());
    }

    @Test void whateverStandsInAMessageIsShownWhole() {
        var random = new Random(5);
        String[] pieces = {"{", "}", "[", "]", "(", ")", "'", "\"", ",", ":", "SELECT ", "FROM ", "where ", "a.b ", "1.5", "\n", "\\", "--", "/*", ";", "Traceback (most recent call last):\n", "é", "'x': "};
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            for (int round = 0; round < 20_000; round++) {
                var text = new StringBuilder();
                for (int i = random.nextInt(40); i >= 0; i--) text.append(pieces[random.nextInt(pieces.length)]);
                String before = text.toString();
                String after = laidOut(before).text();
                assertEquals(before.replaceAll("\\s", ""), after.replaceAll("\\s", ""), before);
            }
        });
    }

    @Test void manyOpenBracketsAreNoHarm() {
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            laidOut("{'a': ".repeat(30_000));
            laidOut("[1, ".repeat(40_000));
            laidOut("SELECT ".repeat(25_000));
            laidOut("{\"a\":1,".repeat(20_000) + "}".repeat(20_000));
        });
    }

    @Test void framesOfWindowsAndFrozenOnesAreTold() {
        assertTrue(frame("C:\\Python312\\Lib\\json\\decoder.py").library());
        assertTrue(frame("C:\\app\\venv\\Lib\\site-packages\\x.py").library());
        assertTrue(frame("<frozen runpy>").library());
        assertFalse(frame("C:\\app\\main.py").library());
        assertFalse(frame("<string>").library());
    }

    private static Frame frame(String file) {
        return new Frame(file, 1, "f", List.of(), 0, false, 1, 1);
    }
}
