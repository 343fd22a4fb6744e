package serpentarium.profile.format;

import java.util.Arrays;
import java.util.Set;

import serpentarium.profile.FrameTable;

/// The frames of perf's stacks by their text: symbol and object file, the address and the offset left out.
final class PerfFrames {
    /// What the interpreter does between a Python function and the one that it calls; folded in stacks with Python functions.
    static final Set<String> GLUE = Set.of(
            "_PyEval_EvalFrameDefault", "_PyEval_EvalFrame", "_PyEval_Vector", "_PyEval_EvalCode", "PyEval_EvalCode",
                    "py_trampoline_evaluator",
            "_PyFunction_Vectorcall", "_PyObject_VectorcallTstate", "PyObject_Vectorcall", "_PyObject_Vectorcall",
            "PyObject_VectorcallMethod", "PyObject_VectorcallDict", "_PyObject_VectorcallDictTstate", "_PyObject_FastCallDictTstate",
            "_PyObject_Call", "PyObject_Call", "_PyObject_Call_Prepend", "_PyVectorcall_Call", "PyVectorcall_Call",
            "_PyObject_CallNoArgsTstate", "_PyObject_CallNoArgs", "PyObject_CallNoArgs", "PyObject_CallOneArg", "PyObject_CallObject",
            "PyObject_CallFunction", "_PyObject_CallFunctionVa", "PyObject_CallFunctionObjArgs",
            "PyObject_CallMethod", "PyObject_CallMethodObjArgs", "object_vacall", "method_vectorcall",
            "cfunction_vectorcall_FASTCALL", "cfunction_vectorcall_FASTCALL_KEYWORDS", "cfunction_vectorcall_NOARGS",
            "cfunction_vectorcall_O", "cfunction_call",
            "method_vectorcall_FASTCALL", "method_vectorcall_FASTCALL_KEYWORDS", "method_vectorcall_NOARGS", "method_vectorcall_O",
            "method_vectorcall_VARARGS", "method_vectorcall_VARARGS_KEYWORDS");
    /// What the names of Python functions start with.
    static final String PYTHON = "py::";

    private final int limit = (int) Math.min(4_000_000, Runtime.getRuntime().maxMemory() / 1000);
    private final ByteTexts texts = new ByteTexts();
    private final FrameTable.Builder functions = new FrameTable.Builder();
    private byte[] key = new byte[256];
    private int[] function = new int[256];
    private boolean[] python = new boolean[256];
    private boolean[] glue = new boolean[256];
    private int taken = 1;

    /// The number of the frame in the line `b[from, to)`, -1 where there is no room for it, -2 where the line is no frame's.
    ///
    /// @param addresses whether only a line with an address can be one
    int frame(byte[] b, int from, int to, boolean addresses) {
        int address = addressEnd(b, from, to);
        if (address < 0 && addresses) return -2;
        int start = address < 0 ? from : address;
        int end = to;
        while (start < end && AsciiNumber.blank(b[start])) start++;
        while (end > start && AsciiNumber.blank(b[end - 1])) end--;
        int open = objectOpen(b, start, end);
        int symbolEnd = open < 0 ? end : open;
        while (symbolEnd > start && AsciiNumber.blank(b[symbolEnd - 1])) symbolEnd--;
        symbolEnd = withoutOffset(b, start, symbolEnd);
        if (symbolEnd == start) return -2;
        int object = open < 0 ? 0 : Math.max(0, end - open - 2);
        int symbol = symbolEnd - start;
        if (symbol + object + 1 > key.length) key = new byte[(symbol + object) * 2];
        System.arraycopy(b, start, key, 0, symbol);
        key[symbol] = '\n';
        if (object > 0) System.arraycopy(b, open + 1, key, symbol + 1, object);
        int text = texts.intern(key, 0, symbol + 1 + object);
        if (text >= limit) return -1;
        if (text == taken) take(text, ByteTexts.decode(key, 0, symbol), ByteTexts.decode(key, symbol + 1, symbol + 1 + object));
        return text;
    }

    /// The frame of samples without any.
    int unknown() {
        byte[] line = "0 [unknown] ([unknown])".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        return frame(line, 0, line.length, true);
    }

    /// One past the address that the line `b[from, to)` starts with, blanks before it left out; -1 where it starts with none or nothing
    /// follows.
    static int addressEnd(byte[] b, int from, int to) {
        int at = from;
        while (at < to && AsciiNumber.blank(b[at])) at++;
        int start = at;
        while (at < to && Character.digit(b[at], 16) >= 0) at++;
        if (at == start || at - start > 16 || at + 1 >= to || !AsciiNumber.blank(b[at])) return -1;
        int next = at;
        while (next < to && AsciiNumber.blank(b[next])) next++;
        return next < to && b[next] != '(' ? at : -1;
    }

    /// Where the bracket opens that the last character closes: the object file's, before which a blank stands. -1 where there is none.
    private static int objectOpen(byte[] b, int from, int to) {
        if (to <= from || b[to - 1] != ')') return -1;
        int depth = 0;
        for (int i = to - 1; i > from; i--) {
            if (b[i] == ')') depth++;
            else if (b[i] == '(' && --depth == 0) return AsciiNumber.blank(b[i - 1]) ? i : -1;
        }
        return -1;
    }

    private static int withoutOffset(byte[] b, int from, int to) {
        int at = to;
        while (at > from && Character.digit(b[at - 1], 16) >= 0) at--;
        boolean offset = at < to && at - from > 3 && b[at - 1] == 'x' && b[at - 2] == '0' && b[at - 3] == '+';
        return offset ? at - 3 : to;
    }

    private void take(int text, String symbol, String object) {
        if (text >= function.length) {
            function = Arrays.copyOf(function, text * 2);
            python = Arrays.copyOf(python, text * 2);
            glue = Arrays.copyOf(glue, text * 2);
        }
        taken++;
        int file = pythonFile(symbol);
        python[text] = file > 0;
        if (python[text]) {
            String name = symbol.substring(PYTHON.length(), file - 1);
            function[text] = functions.intern(name, symbol.substring(file), null, FrameTable.NO_LINE);
            return;
        }
        int dot = symbol.indexOf('.');
        glue[text] = GLUE.contains(dot > 0 ? symbol.substring(0, dot) : symbol);
        boolean named = !object.isEmpty() && !object.equals("inlined");
        // An inlined function has no object of its own; the brackets say that it is machine code all the same.
        function[text] = functions.intern(symbol, null, named ? object : "[inlined]", FrameTable.NO_LINE);
    }

    /// Where the file begins in `py::NAME:FILE`; -1 where a symbol is none of Python's. A file may hold colons and so may a name: what
    /// follows the first colon that a whole path or `<…>` follows is the file, else what follows the last one.
    static int pythonFile(String symbol) {
        int from = PYTHON.length();
        if (!symbol.startsWith(PYTHON)) return -1;
        int last = -1;
        for (int colon = symbol.indexOf(':', from + 1); colon > 0 && colon + 1 < symbol.length(); colon = symbol.indexOf(':', colon + 1)) {
            last = colon + 1;
            char first = symbol.charAt(last);
            boolean drive = last + 2 < symbol.length() && first >= 'A' && first <= 'Z' && symbol.charAt(last + 1) == ':'
                    && "/\\".indexOf(symbol.charAt(last + 2)) >= 0;
            if (first == '/' || first == '<' || drive) return last;
        }
        return last;
    }

    /// The function of a frame.
    int function(int frame) {
        return function[frame];
    }

    /// Whether a frame is a Python function's.
    boolean python(int frame) {
        return python[frame];
    }

    /// Whether a frame is one of [#GLUE].
    boolean glue(int frame) {
        return glue[frame];
    }

    /// The functions.
    FrameTable functions() {
        return functions.build();
    }
}
