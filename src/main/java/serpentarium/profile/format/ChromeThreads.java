package serpentarium.profile.format;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import serpentarium.base.Strings;

/// The threads of a trace: pairs of process and thread, each a number or a text, with the names that `M` events give them.
final class ChromeThreads {
    private static final int MAX_THREADS = 50_000;

    private final Strings strings;
    private final Map<Key, Integer> numbers = new HashMap<>();
    private final List<Key> keys = new ArrayList<>();
    private final Map<Key, String> threadNames = new HashMap<>();
    private final Map<String, String> processNames = new HashMap<>();
    private Key last;
    private int lastNumber;

    private record Key(String process, String thread) {}

    ChromeThreads(Strings strings) {
        this.strings = strings;
    }

    /// The number of a thread; -1 when there are too many.
    int number(String process, String thread) {
        if (last != null && last.process.equals(process) && last.thread.equals(thread)) return lastNumber;
        var key = new Key(process, thread);
        Integer known = numbers.get(key);
        if (known == null) {
            if (keys.size() == MAX_THREADS) return -1;
            known = keys.size();
            keys.add(key);
            numbers.put(key, known);
        }
        last = key;
        lastNumber = known;
        return known;
    }

    /// Names a thread.
    void nameThread(String process, String thread, String name) {
        if (threadNames.size() < MAX_THREADS) threadNames.put(new Key(process, thread), name);
    }

    /// Names a process.
    void nameProcess(String process, String name) {
        if (processNames.size() < MAX_THREADS) processNames.put(process, name);
    }

    /// How many there are.
    int size() {
        return keys.size();
    }

    /// Names for a person, in the order of the numbers; the process is in them where there are several.
    List<String> names() {
        Set<String> processes = new HashSet<>();
        for (Key key : keys) processes.add(key.process);
        List<String> names = new ArrayList<>();
        for (Key key : keys) {
            String given = threadNames.get(key);
            String thread = given == null || given.isEmpty() ? strings.get("chrome.thread", key.thread) : given;
            if (processes.size() > 1) {
                thread = strings.get("chrome.of-process", thread, called(key.process));
            }
            names.add(thread);
        }
        return names;
    }

    private String called(String process) {
        String name = processNames.get(process);
        return name == null || name.isEmpty() ? process : strings.get("chrome.named-process", name, process);
    }

    /// The process of a thread for a person; null where the trace says none.
    String process(int thread) {
        String called = called(keys.get(thread).process);
        return called.isEmpty() ? null : called;
    }
}
