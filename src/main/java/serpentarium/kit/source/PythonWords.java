package serpentarium.kit.source;

import java.util.Set;

/// The words of Python 2 and 3 that stand out in a text.
///
/// Sources: the language reference, chapter 2.3 (keywords and soft keywords), and the library reference, "Built-in Functions" and
/// "Built-in Constants", of Python 3.14; `unicode`, `xrange`, `raw_input`, `basestring`, `long`, `unichr`, `reduce` of Python 2.7.
final class PythonWords {
    private static final Set<String> KEYWORDS = Set.of("False", "None", "True", "and", "as", "assert", "async", "await", "break", "class",
            "continue", "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda",
            "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield");

    private static final Set<String> BUILTINS = Set.of("abs", "aiter", "all", "anext", "any", "ascii", "bin", "bool", "breakpoint",
            "bytearray", "bytes", "callable", "chr", "classmethod", "compile", "complex", "delattr", "dict", "dir", "divmod", "enumerate",
            "eval", "exec", "filter", "float", "format", "frozenset", "getattr", "globals", "hasattr", "hash", "help", "hex", "id", "input",
            "int", "isinstance", "issubclass", "iter", "len", "list", "locals", "map", "max", "memoryview", "min", "next", "object", "oct",
            "open", "ord", "pow", "print", "property", "range", "repr", "reversed", "round", "set", "setattr", "slice", "sorted",
            "staticmethod", "str", "sum", "super", "tuple", "type", "vars", "zip", "__import__", "NotImplemented", "Ellipsis", "__debug__",
            "unicode", "xrange", "raw_input", "basestring", "long", "unichr", "reduce",
            "BaseException", "Exception", "ArithmeticError", "AssertionError", "AttributeError", "BlockingIOError", "BrokenPipeError",
            "BufferError", "ConnectionError", "EOFError", "FileExistsError", "FileNotFoundError", "FloatingPointError", "GeneratorExit",
            "ImportError", "IndexError", "InterruptedError", "IsADirectoryError", "KeyError", "KeyboardInterrupt", "LookupError",
            "MemoryError", "ModuleNotFoundError", "NameError", "NotADirectoryError", "NotImplementedError", "OSError", "IOError",
            "OverflowError", "PermissionError", "ProcessLookupError", "RecursionError", "ReferenceError", "RuntimeError",
            "StopAsyncIteration", "StopIteration", "SyntaxError", "SystemError", "SystemExit", "TimeoutError", "TypeError",
            "UnboundLocalError", "UnicodeDecodeError", "UnicodeEncodeError", "UnicodeError", "ValueError", "ZeroDivisionError", "Warning",
            "DeprecationWarning", "FutureWarning", "ResourceWarning", "RuntimeWarning", "SyntaxWarning", "UserWarning", "ExceptionGroup",
            "BaseExceptionGroup");

    private PythonWords() {}

    /// Whether a word is a keyword wherever it stands.
    static boolean keyword(String word) {
        return KEYWORDS.contains(word);
    }

    /// Whether a word is the name of something built in.
    static boolean builtin(String word) {
        return BUILTINS.contains(word);
    }

    /// How a word before a quote makes a string: -1 not at all, 0 plain, 1 with replacement fields (`f`, `t`).
    static int prefix(String word) {
        if (word.length() > 2) return -1;
        return switch (word.toLowerCase(java.util.Locale.ROOT)) {
            case "r", "u", "b", "br", "rb", "ur" -> 0;
            case "f", "fr", "rf", "t", "tr", "rt" -> 1;
            default -> -1;
        };
    }
}
