package serpentarium.profile.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import serpentarium.profile.FrameTable;

class OriginTest {
    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "main, /home/ann/app/main.py, -, PROJECT, main",
        "get, /srv/venv/lib/python3.12/site-packages/requests/api.py, -, DEPENDENCY, requests.api",
        "get, /usr/lib/python3/dist-packages/six.py, -, DEPENDENCY, six",
        "loads, /usr/lib/python3.11/json/__init__.py, -, STANDARD_LIBRARY, json",
        "loads, /usr/lib64/python3.11/json/decoder.py, -, STANDARD_LIBRARY, json.decoder",
        "loads, /opt/pypy/lib/pypy3.10/json/decoder.py, -, STANDARD_LIBRARY, json.decoder",
        "run, C:\\Python312\\Lib\\asyncio\\runners.py, -, STANDARD_LIBRARY, runners",
        "_find_spec, <frozen importlib._bootstrap>, -, STANDARD_LIBRARY, importlib._bootstrap",
        "<module>, <string>, -, PROJECT, <string>",
        "<built-in method time.sleep>, -, -, BUILTIN, time",
        "{built-in method builtins.exec}, -, -, BUILTIN, builtins",
        "<method 'append' of 'list' objects>, -, -, BUILTIN, -",
        "malloc, -, /lib/x86_64-linux-gnu/libc.so.6, NATIVE, libc.so.6",
        "malloc, -, libc.so.6, NATIVE, libc.so.6",
        "_PyEval_EvalFrameDefault, ./Python/ceval.c, -, NATIVE, ceval.c",
        "entry, -, [kernel.kallsyms], NATIVE, [kernel.kallsyms]",
        "work, /home/ann/mylib/python/x.py, -, PROJECT, x",
        "plain, -, -, PROJECT, -",
    })
    void pathsTellWhereAFunctionComesFrom(String name, String file, String module, Origin origin, String shortModule) {
        assertEquals(origin, Origin.of(name, file, module));
        var builder = new FrameTable.Builder();
        builder.intern(name, file, module, 1);
        String found = Origin.module(builder.build(), 0);
        if (shortModule == null) assertNull(found);
        else assertEquals(shortModule, found);
    }
}
