package serpentarium.traffic.engine.live;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Where packets can be captured.
///
/// @param name      as the system calls it
/// @param label     what a person calls it; empty for nothing more
/// @param addresses of this machine there
/// @param loopback  whether it connects programs of this machine with each other
public record CaptureInterface(String name, String label, List<String> addresses, boolean loopback) {
    private static final List<String> OTHERS = List.of("bluetooth", "nflog", "nfqueue", "dbus", "usbmon");

    public CaptureInterface {
        addresses = List.copyOf(addresses);
    }

    /// From the lines of `dumpcap -D -M` or `tcpdump -D`: those that carry IP packets, the ones most likely wanted first.
    static List<CaptureInterface> parse(List<String> lines) {
        var all = new ArrayList<CaptureInterface>();
        for (String line : lines) {
            int dot = line.indexOf(". ");
            int plain = line.indexOf('.');
            if (plain <= 0 || !line.substring(0, plain).chars().allMatch(Character::isDigit)) continue;
            CaptureInterface found = line.indexOf('\t') > 0 ? machine(line.substring(plain + 1).strip()) : person(line.substring((dot > 0 ? dot : plain) + 1).strip());
            if (OTHERS.stream().noneMatch(found.name.toLowerCase(Locale.ROOT)::startsWith)) all.add(found);
        }
        all.sort(Comparator.comparingInt(CaptureInterface::rank));
        return List.copyOf(all);
    }

    private int rank() {
        if (loopback) return 0;
        if (name.equals("any")) return 1;
        return addresses.isEmpty() ? 3 : 2;
    }

    /// Number, name, vendor's name, person's name, kind, addresses, `loopback` or `network`, with tabs.
    private static CaptureInterface machine(String text) {
        String[] fields = text.split("\t", -1);
        List<String> addresses = fields.length > 4 && !fields[4].isBlank() ? List.of(fields[4].split(",")) : List.of();
        String label = fields.length > 2 && !fields[2].isBlank() ? fields[2] : fields.length > 1 ? fields[1] : "";
        return new CaptureInterface(fields[0], label, addresses, fields.length > 5 && fields[5].strip().equals("loopback"));
    }

    /// Such as `lo [Up, Running, Loopback]` or `any (Pseudo-device that captures on all interfaces) [Up, Running]`.
    private static CaptureInterface person(String text) {
        int space = text.indexOf(' ');
        String name = space < 0 ? text : text.substring(0, space);
        int open = text.indexOf('(');
        int shut = text.indexOf(')', open + 1);
        String label = open > 0 && shut > open ? text.substring(open + 1, shut) : "";
        return new CaptureInterface(name, label, List.of(), text.contains("Loopback"));
    }
}
