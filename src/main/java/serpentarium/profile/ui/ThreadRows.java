package serpentarium.profile.ui;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import serpentarium.profile.ThreadInfo;

/// The threads of a profile as a list to pick from: by process where there are several, the main thread first, then the dearest.
final class ThreadRows {
    private final List<ThreadInfo> threads;
    private final double whole;

    /// A line of the list.
    sealed interface Row {
        /// The threads that it stands for.
        List<Integer> threads();

        /// A process with its threads.
        ///
        /// @param name    for a person
        /// @param threads those of its threads that are listed
        /// @param share   their part of the whole
        record Process(String name, List<Integer> threads, double share) implements Row {}

        /// A thread.
        ///
        /// @param thread its index
        /// @param name   for a person
        /// @param main   whether it is its process's main thread
        /// @param share  its part of the whole
        record Single(int thread, String name, boolean main, double share) implements Row {
            @Override public List<Integer> threads() {
                return List.of(thread);
            }
        }
    }

    ThreadRows(List<ThreadInfo> threads) {
        this.threads = threads;
        whole = threads.stream().mapToDouble(ThreadInfo::total).filter(total -> total > 0).sum();
    }

    /// The rows whose thread or process holds a text, capitals apart; all for an empty one.
    List<Row> matching(String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        Map<String, List<Integer>> processes = new LinkedHashMap<>();
        for (int i = 0; i < threads.size(); i++) {
            String process = processOf(i);
            if (process.toLowerCase(Locale.ROOT).contains(wanted) || threads.get(i).name().toLowerCase(Locale.ROOT).contains(wanted))
                processes.computeIfAbsent(process, _ -> new ArrayList<>()).add(i);
        }
        var groups = new ArrayList<>(processes.entrySet());
        groups.sort(Comparator.comparingDouble(group -> -sum(group.getValue())));
        boolean several = threads.stream().map(ThreadInfo::process).distinct().count() > 1;
        var rows = new ArrayList<Row>();
        for (var group : groups) {
            List<Integer> members = group.getValue();
            members.sort(Comparator.comparing((Integer i) -> !main(i)).thenComparing(i -> -threads.get(i).total()));
            if (several) rows.add(new Row.Process(group.getKey(), List.copyOf(members), share(sum(members))));
            for (int i : members) rows.add(new Row.Single(i, several ? within(threads.get(i)) : threads.get(i).name(), main(i), share(threads.get(i).total())));
        }
        return rows;
    }

    /// Below its process a thread's name need not say it again.
    private static String within(ThreadInfo thread) {
        String name = thread.name();
        String process = thread.process();
        if (process == null || process.isEmpty() || !name.endsWith(process)) return name;
        int comma = name.lastIndexOf(", ", name.length() - process.length());
        return comma > 0 ? name.substring(0, comma) : name;
    }

    private String processOf(int thread) {
        String process = threads.get(thread).process();
        return process == null ? "" : process;
    }

    private double sum(List<Integer> members) {
        return members.stream().mapToDouble(i -> threads.get(i).total()).sum();
    }

    private double share(double total) {
        return whole > 0 ? total / whole : 0;
    }

    private boolean main(int thread) {
        return main(threads.get(thread).name());
    }

    /// Whether a thread of this name is the main one, as Python and the recorders name it.
    static boolean main(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replace("_", "").replace(" ", "");
        return plain.contains("mainthread") || plain.equals("main") || plain.startsWith("main(") || plain.endsWith("(main)");
    }

    /// The chosen threads after a row was switched: all of its threads are taken, or given up where all were taken before.
    static Set<Integer> switched(Set<Integer> chosen, Row row) {
        var next = new TreeSet<>(chosen);
        if (next.containsAll(row.threads())) row.threads().forEach(next::remove);
        else next.addAll(row.threads());
        return next;
    }
}
