package serpentarium.traffic.analysis.body;

/// The opcodes of pickle with their arguments and what they do to the stack.
///
/// Source: CPython's `Lib/pickletools.py`. An entry is: code in hex, name, argument, protocol, values taken (with `m` down to the topmost mark,
/// then so many more), values given (`M` a mark).
final class PickleCodes {
    private static final String ALL = """
            49 INT decimalnl_short 0 0 1; 4a BININT int4 1 0 1; 4b BININT1 uint1 1 0 1; 4d BININT2 uint2 1 0 1; 4c LONG decimalnl_long 0 0 1;
            8a LONG1 long1 2 0 1; 8b LONG4 long4 2 0 1; 53 STRING stringnl 0 0 1; 54 BINSTRING string4 1 0 1; 55 SHORT_BINSTRING string1 1 0 1;
            42 BINBYTES bytes4 3 0 1; 43 SHORT_BINBYTES bytes1 3 0 1; 8e BINBYTES8 bytes8 4 0 1; 96 BYTEARRAY8 bytearray8 5 0 1;
            97 NEXT_BUFFER - 5 0 1; 98 READONLY_BUFFER - 5 1 1; 4e NONE - 0 0 1; 88 NEWTRUE - 2 0 1; 89 NEWFALSE - 2 0 1;
            56 UNICODE unicodestringnl 0 0 1; 8c SHORT_BINUNICODE unicodestring1 4 0 1; 58 BINUNICODE unicodestring4 1 0 1;
            8d BINUNICODE8 unicodestring8 4 0 1; 46 FLOAT floatnl 0 0 1; 47 BINFLOAT float8 1 0 1; 5d EMPTY_LIST - 1 0 1; 61 APPEND - 0 2 1;
            65 APPENDS - 1 1m 1; 6c LIST - 0 0m 1; 29 EMPTY_TUPLE - 1 0 1; 74 TUPLE - 0 0m 1; 85 TUPLE1 - 2 1 1; 86 TUPLE2 - 2 2 1;
            87 TUPLE3 - 2 3 1; 7d EMPTY_DICT - 1 0 1; 64 DICT - 0 0m 1; 73 SETITEM - 0 3 1; 75 SETITEMS - 1 1m 1; 8f EMPTY_SET - 4 0 1;
            90 ADDITEMS - 4 1m 1; 91 FROZENSET - 4 0m 1; 30 POP - 0 1 0; 32 DUP - 0 1 2; 28 MARK - 0 0 M; 31 POP_MARK - 1 0m 0;
            67 GET decimalnl_short 0 0 1; 68 BINGET uint1 1 0 1; 6a LONG_BINGET uint4 1 0 1; 70 PUT decimalnl_short 0 0 0; 71 BINPUT uint1 1 0 0;
            72 LONG_BINPUT uint4 1 0 0; 94 MEMOIZE - 4 1 1; 82 EXT1 uint1 2 0 1; 83 EXT2 uint2 2 0 1; 84 EXT4 int4 2 0 1;
            63 GLOBAL stringnl_noescape_pair 0 0 1; 93 STACK_GLOBAL - 4 2 1; 52 REDUCE - 0 2 1; 62 BUILD - 0 2 1;
            69 INST stringnl_noescape_pair 0 0m 1; 6f OBJ - 1 0m 1; 81 NEWOBJ - 2 2 1; 92 NEWOBJ_EX - 4 3 1; 80 PROTO uint1 2 0 0;
            2e STOP - 0 1 0; 95 FRAME uint8 4 0 0; 50 PERSID stringnl_noescape 0 0 1; 51 BINPERSID - 1 1 1""";

    private final Code[] codes = new Code[256];

    /// An opcode.
    ///
    /// @param argument kind of its argument; `-` for none
    /// @param protocol the first protocol that has it
    /// @param takes    how many values it takes, those down to the mark not counted
    /// @param toMark   whether it takes everything down to the topmost mark
    /// @param gives    how many values it gives; -1 for a mark
    record Code(String name, String argument, int protocol, int takes, boolean toMark, int gives) {}

    PickleCodes() {
        for (String entry : ALL.split(";")) {
            String[] parts = entry.strip().split(" ");
            boolean mark = parts[4].endsWith("m");
            codes[Integer.parseInt(parts[0], 16)] = new Code(parts[1], parts[2], Integer.parseInt(parts[3]), parts[4].charAt(0) - '0', mark,
                    parts[5].equals("M") ? -1 : Integer.parseInt(parts[5]));
        }
    }

    /// The opcode of a byte; null where there is none.
    Code of(int code) {
        return codes[code];
    }
}
