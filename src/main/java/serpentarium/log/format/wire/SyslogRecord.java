package serpentarium.log.format.wire;

import serpentarium.log.Level;
import serpentarium.log.RecordView;
import serpentarium.log.format.Clock;
import serpentarium.log.format.SyslogMessage;

/// A message of syslog as a line of JSON.
public final class SyslogRecord {
    private static final String[] FACILITIES = {"kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron", "authpriv", "ftp", "ntp", "audit", "alert", "clock",
        "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7"};

    private final SyslogMessage message = new SyslogMessage(Clock.here());

    /// Writes a message, without the byte that ends it. What has no priority is a message without a level.
    public void write(byte[] bytes, int from, int to, long received, Arrivals out) {
        int end = to;
        while (end > from && (bytes[end - 1] == 0 || bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) end--;
        if (end == from) return;
        out.begin();
        if (message.read(bytes, from, end)) known(out);
        else said(new String(bytes, from, end - from, java.nio.charset.StandardCharsets.UTF_8), out);
        if (out.full()) out.drop(Refusal.TOO_LARGE);
        else out.end(received);
    }

    private void known(Arrivals out) {
        if (message.time() != RecordView.NO_TIME) out.time(message.time());
        int level = message.level();
        out.level(Level.title(level, null), level);
        out.field("name", message.tag());
        said(message.message(), out);
        out.field("host", message.part("host"));
        String pid = message.process();
        if (pid != null && pid.length() < 11 && pid.chars().allMatch(c -> c >= '0' && c <= '9')) {
            long number = Long.parseLong(pid);
            out.by(number);
            out.field("process", number);
        } else out.field("process", pid);
        out.field("facility", FACILITIES[message.priority() >> 3]);
        out.field("message_id", message.part("message_id"));
        out.field("data", message.part("data"));
    }

    /// A message, and the traceback that stands in it.
    static void said(String text, Arrivals out) {
        int split = PickledRecord.traceback(text);
        out.field("message", split < 0 ? text : text.substring(0, split));
        if (split >= 0) out.field("exc_text", text.substring(split + 1));
    }
}
