package serpentarium.log.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import serpentarium.log.Failure;
import serpentarium.log.Frame;
import serpentarium.log.Traceback;

class TracebackParserTest {
    private static final String CHAIN = """
            Traceback (most recent call last):
              File "/srv/app/load.py", line 2, in load
                open('/no/such/file')
                ~~~~^^^^^^^^^^^^^^^^^
            FileNotFoundError: [Errno 2] No such file or directory: '/no/such/file'

            The above exception was the direct cause of the following exception:

            Traceback (most recent call last):
              File "/srv/app/load.py", line 6, in <module>
                raise RuntimeError('cannot start') from e
            RuntimeError: cannot start
            a note

            During handling of the above exception, another exception occurred:

            Traceback (most recent call last):
              File "/srv/app/load.py", line 9, in <module>
            app.errors.Custom
            """;

    private static Traceback parse(String text) {
        return TracebackParser.parse(text.stripTrailing()).orElseThrow();
    }

    @Test void aChain() {
        Traceback traceback = parse(CHAIN);
        assertEquals(List.of("FileNotFoundError", "RuntimeError", "app.errors.Custom"), traceback.failures().stream().map(Failure::type).toList());
        assertEquals(List.of(Failure.Link.FIRST, Failure.Link.CAUSED, Failure.Link.DURING), traceback.failures().stream().map(Failure::link).toList());
        assertEquals("cannot start\na note", traceback.failures().get(1).message());
        assertEquals(new Frame("/srv/app/load.py", 2, "load", List.of("open('/no/such/file')"), 0, false, 1, 3), traceback.failures().getFirst().frames().getFirst());
        assertEquals("app.errors.Custom", traceback.last().title());
        assertEquals("RuntimeError: cannot start …", traceback.failures().get(1).title());
    }

    @Test void aGroup() {
        Traceback traceback = parse("""
                  + Exception Group Traceback (most recent call last):
                  |   File "group.py", line 12, in <module>
                  |     raise ExceptionGroup('top', errs)
                  | ExceptionGroup: top (3 sub-exceptions)
                  +-+---------------- 1 ----------------
                    | Traceback (most recent call last):
                    |   File "group.py", line 6, in <module>
                    |     bad(i)
                    |     ~~~^^^
                    | ValueError: bad 0
                    +---------------- 2 ----------------
                    | ExceptionGroup: nested (2 sub-exceptions)
                    +-+---------------- 1 ----------------
                      | Traceback (most recent call last):
                      |   File "group.py", line 2, in bad
                      | ValueError: bad 1
                      +---------------- 2 ----------------
                      | KeyError: 'b'
                      +------------------------------------
                    +---------------- 3 ----------------
                    | PermissionError: [Errno 13] denied: 'f.txt'
                    +------------------------------------
                """);
        Failure top = traceback.last();
        assertEquals(Failure.Kind.GROUP, top.kind());
        assertEquals("ExceptionGroup: top (3 sub-exceptions)", top.title());
        assertEquals(1, top.frames().size());
        assertEquals(List.of("ValueError", "ExceptionGroup", "PermissionError"), top.parts().stream().map(Failure::type).toList());
        assertEquals("bad", top.parts().get(1).parts().getFirst().frames().getFirst().function());
        assertEquals(List.of("ValueError", "KeyError"), top.parts().get(1).parts().stream().map(Failure::type).toList());
        assertEquals(22, top.lines());
    }

    @Test void repeatedLinesSyntaxErrorsAndThreads() {
        Traceback deep = parse("""
                Traceback (most recent call last):
                  File "r.py", line 3, in <module>
                  File "r.py", line 2, in r
                    return r(n + 1)
                  [Previous line repeated 996 more times]
                RecursionError: maximum recursion depth exceeded
                """);
        assertEquals(996, deep.last().frames().getLast().repeated());
        Traceback syntax = parse("  File \"s.py\", line 2\n    if a = 2:\n       ^\nSyntaxError: invalid syntax");
        assertEquals(Failure.Kind.SYNTAX, syntax.last().kind());
        assertEquals("if a = 2:", syntax.last().frames().getFirst().source().getFirst());
        Traceback threads = parse("Thread 0x00007f55 (most recent call first):\n  File \"t.py\", line 992 in run\n  File \"t.py\", line 1041 in _bootstrap_inner\n\n"
                + "Current thread 0x00007f56 (most recent call first):\n  File \"m.py\", line 3 in <module>");
        assertEquals(List.of("_bootstrap_inner", "run"), threads.failures().getFirst().frames().stream().map(Frame::function).toList());
        assertEquals("Current thread 0x00007f56", threads.last().type());
    }

    @Test void logurusDialect() {
        Traceback traceback = parse("""
                Traceback (most recent call last):

                > File "a.py", line 9, in <module>
                    f(0)
                    └ <function f at 0x7f>

                  File "a.py", line 5, in f
                    return 1 / x
                               └ 0

                ZeroDivisionError: division by zero
                """);
        assertEquals(List.of(true, false), traceback.last().frames().stream().map(Frame::catching).toList());
        assertEquals("ZeroDivisionError: division by zero", traceback.last().title());
        assertEquals(List.of("return 1 / x"), traceback.last().frames().getLast().source());
    }

    @Test void theSameFailureWhereverAndHoweverOften() {
        assertEquals(parse(CHAIN).fingerprint(), parse(CHAIN.replace("/srv/app", "/home/me/src/app").replace("line 2,", "line 77,").replace("such/file", "other")).fingerprint());
        assertNotEquals(parse(CHAIN).fingerprint(), parse(CHAIN.replace("in load", "in save")).fingerprint());
        assertNotEquals(parse(CHAIN).fingerprint(), parse(CHAIN.replace("RuntimeError", "OSError")).fingerprint());
    }

    @Test void blanksWithoutEndAreNoWorkWithoutEnd() {
        String blanks = " ".repeat(300_000);
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            Traceback traceback = parse("Traceback (most recent call last):\n  File \"a.py\", line 1, in f" + blanks + "x\n    ^" + blanks + "x\nKeyError: 1");
            assertEquals("f" + blanks + "x", traceback.last().frames().getFirst().function());
        });
        assertEquals("f", parse("Traceback (most recent call last):\n  File \"a.py\", line 1, in f  \nKeyError: 1").last().frames().getFirst().function());
    }

    @Test void whatIsNone() {
        assertTrue(TracebackParser.parse("nothing of that kind\nKeyError: 1").isEmpty());
        assertTrue(TracebackParser.parse("").isEmpty());
        assertEquals("", parse("Traceback (most recent call last):").last().type());
    }
}
