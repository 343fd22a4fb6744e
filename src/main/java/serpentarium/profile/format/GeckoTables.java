package serpentarium.profile.format;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonParser;

import serpentarium.profile.format.GeckoColumn.Ints;

/// The tables of a thread, of a process, or those that all threads share, as far as they tell what ran. Each may be empty: it stands
/// elsewhere then.
final class GeckoTables {
    private static final int TEXT = 48;

    private final GeckoColumn.Room room;
    private final List<String> strings = new ArrayList<>();
    private final List<String> libs = new ArrayList<>();
    private final Ints stackFrame;
    private final Ints stackPrefix;
    private final Ints stackOffset;
    private final Ints frameFunc;
    private final Ints frameLine;
    private final Ints frameLib;
    private final Ints frameFlags;
    private final Ints frameLocation;
    private final Ints funcName;
    private final Ints funcFile;
    private final Ints funcSource;
    private final Ints funcLine;
    private final Ints funcResource;
    private final Ints funcFlags;
    private final Ints resourceLib;
    private final Ints sourceFile;

    /// Empty tables.
    GeckoTables(GeckoColumn.Room room) {
        this.room = room;
        stackFrame = new Ints(room);
        stackPrefix = new Ints(room);
        stackOffset = new Ints(room);
        frameFunc = new Ints(room);
        frameLine = new Ints(room);
        frameLib = new Ints(room);
        frameFlags = new Ints(room);
        frameLocation = new Ints(room);
        funcName = new Ints(room);
        funcFile = new Ints(room);
        funcSource = new Ints(room);
        funcLine = new Ints(room);
        funcResource = new Ints(room);
        funcFlags = new Ints(room);
        resourceLib = new Ints(room);
        sourceFile = new Ints(room);
    }

    /// Reads the value at hand if it is one of the tables; false, and nothing was read, where `key` is none.
    boolean read(String key, JsonInput in) throws IOException {
        switch (key) {
            case "stringArray", "stringTable" -> strings(in);
            case "libs" -> libs(in);
            case "stackTable" -> new GeckoTable().with("prefix", stackPrefix, 0).with("frame", stackFrame, 1)
                    .with("prefixOffset", stackOffset, -1).read(in);
            case "frameTable" -> new GeckoTable().with("func", frameFunc, -1).with("line", frameLine, -1).with("lib", frameLib, -1)
                    .with("flags", frameFlags, -1).with("location", frameLocation, 0).read(in);
            case "funcTable" -> new GeckoTable().with("name", funcName, -1).with("fileName", funcFile, -1).with("source", funcSource, -1)
                    .with("lineNumber", funcLine, -1).with("resource", funcResource, -1).with("flags", funcFlags, -1).read(in);
            case "resourceTable" -> new GeckoTable().with("lib", resourceLib, -1).read(in);
            case "sources" -> new GeckoTable().with("filename", sourceFile, -1).read(in);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void strings(JsonInput in) throws IOException {
        JsonParser parser = in.parser();
        if (!parser.isExpectedStartArrayToken()) {
            parser.skipChildren();
            return;
        }
        while (in.nextItem()) {
            String text = in.text();
            if (text == null) text = "";
            if (room.take(TEXT + text.length())) strings.add(text);
        }
    }

    private void libs(JsonInput in) throws IOException {
        JsonParser parser = in.parser();
        if (!parser.isExpectedStartArrayToken()) {
            parser.skipChildren();
            return;
        }
        while (in.nextItem()) {
            String name = "";
            String path = "";
            if (parser.isExpectedStartObjectToken()) while (in.nextField()) {
                String key = parser.currentName();
                parser.nextToken();
                String text = key.equals("name") || key.equals("path") ? in.text() : null;
                if (text == null) parser.skipChildren();
                else if (key.equals("name")) name = text;
                else path = text;
            }
            else parser.skipChildren();
            String lib = path.isEmpty() ? name : path;
            if (room.take(TEXT + lib.length())) libs.add(lib);
        }
    }

    /// Whether there are stacks here.
    boolean hasStacks() {
        return stackFrame.size() > 0;
    }

    /// How many stacks there are.
    int stacks() {
        return stackFrame.size();
    }

    /// How many frames there are.
    int frames() {
        return Math.max(frameFunc.size(), frameLocation.size());
    }

    /// How many functions there are.
    int funcs() {
        return funcName.size();
    }

    /// The frame on top of a stack; -1 where there is none.
    int frame(int stack) {
        return stackFrame.get(stack);
    }

    /// The stack below the top frame of a stack, a smaller number; -1 where there is none, -2 where the file says something impossible.
    int prefix(int stack) {
        if (stackOffset.size() > 0) {
            int offset = stackOffset.get(stack);
            return offset <= 0 ? -1 : offset > stack ? -2 : stack - offset;
        }
        int prefix = stackPrefix.get(stack);
        return prefix >= stack ? -2 : prefix;
    }

    /// The function of a frame; -1 where there is none.
    int func(int frame) {
        return frameFunc.get(frame);
    }

    /// The text that says what a frame is, in a profile that was not processed; -1 where there is none.
    int location(int frame) {
        return frameLocation.get(frame);
    }

    /// The line that ran, or 0.
    int line(int frame) {
        return Math.max(0, frameLine.get(frame));
    }

    /// The library of a frame or of its function; -1 where there is none.
    int lib(int frame, int func) {
        if (frameLib.size() > 0) return valid(frameFlags, frame, 1) ? frameLib.get(frame) : -1;
        return valid(funcFlags, func, 2) ? resourceLib.get(funcResource.get(func)) : -1;
    }

    /// The name of a function among the strings; -1 where there is none.
    int name(int func) {
        return funcName.get(func);
    }

    /// The file of a function among the strings; -1 where there is none.
    ///
    /// @param sources where the table of sources is
    int file(int func, GeckoTables sources) {
        if (funcSource.size() == 0) return funcFile.get(func);
        return valid(funcFlags, func, 3) ? sources.sourceFile.get(funcSource.get(func)) : -1;
    }

    /// The line of a function, or 0.
    int definition(int func) {
        return Math.max(0, funcLine.get(func));
    }

    /// From version 71 on a column holds 0 where it has no value, and a flag says so.
    private static boolean valid(Ints flags, int row, int bit) {
        return flags.size() == 0 || (Math.max(0, flags.get(row)) & 1 << bit) != 0;
    }

    /// Whether there are sources here.
    boolean hasSources() {
        return sourceFile.size() > 0;
    }

    /// Whether there are strings here.
    boolean hasStrings() {
        return !strings.isEmpty();
    }

    /// A string; null where there is none or it is empty.
    String string(int number) {
        return number < 0 || number >= strings.size() || strings.get(number).isEmpty() ? null : strings.get(number);
    }

    /// Whether there are libraries here.
    boolean hasLibs() {
        return !libs.isEmpty();
    }

    /// The path or name of a library; null where there is none.
    String libName(int number) {
        return number < 0 || number >= libs.size() || libs.get(number).isEmpty() ? null : libs.get(number);
    }
}
