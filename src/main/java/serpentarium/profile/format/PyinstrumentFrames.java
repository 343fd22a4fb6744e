package serpentarium.profile.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import serpentarium.profile.FrameTable;

/// The frames of a pyinstrument session by their text: each different text is taken apart once.
final class PyinstrumentFrames {
    private static final int OVERHEAD = 250;
    private static final String SEVERAL = "";

    private final Map<String, Integer> texts = new HashMap<>();
    private final Map<Function, Integer> numbers = new HashMap<>();
    private final List<Function> functions = new ArrayList<>();
    /// The class of each function: null where none was seen, [#SEVERAL] where it has more than one.
    private final List<String> classes = new ArrayList<>();
    private int[] function = new int[256];
    private int[] line = new int[256];
    private long room = Runtime.getRuntime().maxMemory() / 4;

    private record Function(String name, String file, int line) {}

    /// The number of a text as it stands in a session; -1 where there is no room for a new one.
    int text(String text) {
        Integer known = texts.get(text);
        if (known != null) return known;
        room -= OVERHEAD + 2L * text.length();
        int end = text.indexOf('\1');
        String[] parts = (end < 0 ? text : text.substring(0, end)).split("\0", 4);
        int its = function(parts[0], parts.length > 1 ? parts[1] : null, parts.length > 2 ? number(parts[2]) : 0);
        if (its < 0) return -1;
        int number = texts.size();
        texts.put(text, number);
        if (number == function.length) {
            function = Arrays.copyOf(function, number * 2);
            line = Arrays.copyOf(line, number * 2);
        }
        function[number] = its;
        attributes(number, text, end);
        return number;
    }

    private void attributes(int number, String text, int end) {
        for (int at = end; at >= 0; ) {
            int next = text.indexOf('\1', at + 1);
            String attribute = text.substring(at + 1, next < 0 ? text.length() : next);
            if (attribute.startsWith("c")) of(function[number], attribute.substring(1));
            else if (attribute.startsWith("l")) line[number] = number(attribute.substring(1));
            at = next;
        }
    }

    private static int number(String digits) {
        if (digits.isEmpty() || digits.length() > 9) return 0;
        for (int i = 0; i < digits.length(); i++) if (!AsciiNumber.digit(digits.charAt(i))) return 0;
        return Integer.parseInt(digits);
    }

    /// The number of a function; -1 where there is no room for a new one. What pyinstrument made up has no file.
    int function(String name, String file, int atLine) {
        boolean placed = file != null && !file.isEmpty() && !name.startsWith("[") && !name.equals(file);
        var key = new Function(name, placed ? file : null, placed && atLine > 0 ? atLine : FrameTable.NO_LINE);
        Integer known = numbers.get(key);
        if (known != null) return known;
        room -= OVERHEAD + 2L * name.length();
        if (room < 0) return -1;
        numbers.put(key, functions.size());
        functions.add(key);
        classes.add(null);
        return functions.size() - 1;
    }

    /// Says that a call of a function was that of a class.
    void of(int number, String type) {
        if (type.isEmpty()) return;
        String known = classes.get(number);
        if (known == null) classes.set(number, type);
        else if (!known.equals(type)) classes.set(number, SEVERAL);
    }

    /// Whether a name is pyinstrument's own and stands for the frame it lies in.
    static boolean self(String name) {
        return name.equals("[self]");
    }

    /// The function of a text.
    int functionOf(int text) {
        return function[text];
    }

    /// The line that ran in a frame of this text; 0 where it is not known.
    int lineOf(int text) {
        return line[text];
    }

    /// How many functions there are.
    int size() {
        return functions.size();
    }

    /// The functions.
    ///
    /// @param unnamed what is called so that has no name
    FrameTable build(String unnamed) {
        var frames = new FrameTable.Builder();
        for (int f = 0; f < functions.size(); f++) {
            Function it = functions.get(f);
            String type = classes.get(f);
            String name = it.name.isEmpty() ? unnamed : it.name;
            boolean qualified = type == null || type.isEmpty() || name.indexOf('.') >= 0;
            // What is no function of Python has a module, so that it counts as built in.
            String module = (it.name.startsWith("[") || it.name.startsWith("<")) && it.file == null ? "pyinstrument" : null;
            frames.add(qualified ? name : type + "." + name, it.file, module, it.line);
        }
        return frames.build();
    }
}
