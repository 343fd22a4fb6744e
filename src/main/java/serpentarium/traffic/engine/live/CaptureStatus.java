package serpentarium.traffic.engine.live;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import serpentarium.task.ChildProcess;

/// What a capturing program tells about itself while it runs. Written by the layer that reads its lines, read by others.
final class CaptureStatus {
    private static final int MOST_LINES = 200;
    private static final Pattern COUNT = Pattern.compile("^Packets(?: captured)?: (\\d+)");
    private static final Pattern DUMPCAP_DROPS = Pattern.compile("^Packets received/dropped on interface .*: \\d+/(\\d+)");
    private static final Pattern TCPDUMP_COUNT = Pattern.compile("^(\\d+) packets? captured");
    private static final Pattern TCPDUMP_DROPS = Pattern.compile("^(\\d+) packets? dropped by kernel");

    private final List<String> lines = new ArrayList<>();
    private volatile boolean ready;
    private volatile long packets;
    private volatile long dropped = -1;

    void line(ChildProcess.Line line) {
        String text = line.text();
        // It says so when the interface is open and the filter is set.
        if (text.startsWith("File: ") || text.contains("listening on ")) ready = true;
        Matcher count = COUNT.matcher(text);
        if (count.find()) {
            packets = number(count, packets);
            return;
        }
        Matcher captured = TCPDUMP_COUNT.matcher(text);
        if (captured.find()) packets = number(captured, packets);
        Matcher drops = DUMPCAP_DROPS.matcher(text);
        if (drops.find()) dropped = number(drops, dropped);
        Matcher kernel = TCPDUMP_DROPS.matcher(text);
        if (kernel.find()) dropped = number(kernel, dropped);
        synchronized (lines) {
            if (lines.size() < MOST_LINES) lines.add(text);
        }
    }

    private static long number(Matcher matcher, long otherwise) {
        String digits = matcher.group(1);
        return digits.length() < 19 ? Long.parseLong(digits) : otherwise;
    }

    /// Whether packets are captured now.
    boolean ready() {
        return ready;
    }

    long packets() {
        return packets;
    }

    long dropped() {
        return dropped;
    }

    /// What it complains of; empty where it does not.
    String said() {
        synchronized (lines) {
            return CaptureSetup.said(lines);
        }
    }
}
