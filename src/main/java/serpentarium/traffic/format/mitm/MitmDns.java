package serpentarium.traffic.format.mitm;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import serpentarium.traffic.WireText;

/// DNS messages as datagrams and as mitmproxy's dicts.
///
/// Source: RFC 1035 section 4; `mitmproxy/dns.py`.
final class MitmDns {
    private static final int HEADER = 12;
    private static final List<String> SECTIONS = List.of("answers", "authorities", "additionals");

    private MitmDns() {}

    /// The datagram; null where the dict cannot be one.
    static byte[] pack(Map<String, Object> message) {
        var out = new ByteArrayOutputStream();
        int flags = State.truth(message.get("query")) ? 0 : 0x8000;
        flags |= State.whole(message.get("op_code"), 15, 0) << 11;
        if (State.truth(message.get("authoritative_answer"))) flags |= 0x400;
        if (State.truth(message.get("truncation"))) flags |= 0x200;
        if (State.truth(message.get("recursion_desired"))) flags |= 0x100;
        if (State.truth(message.get("recursion_available"))) flags |= 0x80;
        flags |= State.whole(message.get("reserved"), 7, 0) << 4 | State.whole(message.get("response_code"), 15, 0);
        two(out, State.whole(message.get("id"), 65535, 0));
        two(out, flags);
        List<?> questions = State.list(message.get("questions"));
        two(out, questions.size());
        for (String section : SECTIONS) two(out, State.list(message.get(section)).size());
        for (Object item : questions) {
            Map<String, Object> question = State.map(item);
            if (question == null || !name(out, State.textOr(question, "name", ""))) return null;
            two(out, State.whole(question.get("type"), 65535, 0));
            two(out, State.whole(question.get("class_"), 65535, 0));
        }
        for (String section : SECTIONS) for (Object item : State.list(message.get(section))) if (!record(out, State.map(item))) return null;
        return out.size() > 65535 ? null : out.toByteArray();
    }

    private static boolean record(ByteArrayOutputStream out, Map<String, Object> record) {
        if (record == null || !name(out, State.textOr(record, "name", ""))) return false;
        byte[] data = State.bytes(record.get("data"));
        if (data.length > 65535) return false;
        two(out, State.whole(record.get("type"), 65535, 0));
        two(out, State.whole(record.get("class_"), 65535, 0));
        int ttl = State.whole(record.get("ttl"), Integer.MAX_VALUE, 0);
        two(out, ttl >>> 16);
        two(out, ttl & 0xffff);
        two(out, data.length);
        out.writeBytes(data);
        return true;
    }

    private static boolean name(ByteArrayOutputStream out, String name) {
        if (!name.isEmpty() && !name.equals(".")) {
            for (String label : (name.endsWith(".") ? name.substring(0, name.length() - 1) : name).split("\\.", -1)) {
                byte[] bytes = WireText.encode(label);
                if (bytes.length == 0 || bytes.length > 63) return false;
                out.write(bytes.length);
                out.writeBytes(bytes);
            }
        }
        out.write(0);
        return true;
    }

    private static void two(ByteArrayOutputStream out, int value) {
        out.write(value >>> 8);
        out.write(value);
    }

    /// The dict of a datagram; null where it is no DNS message.
    static Map<String, Object> unpack(byte[] wire, double time) {
        if (wire.length < HEADER) return null;
        var cursor = new Cursor(wire);
        int id = cursor.two();
        int flags = cursor.two();
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("timestamp", time);
        message.put("id", (long) id);
        message.put("query", (flags & 0x8000) == 0);
        message.put("op_code", (long) (flags >> 11 & 15));
        message.put("authoritative_answer", (flags & 0x400) != 0);
        message.put("truncation", (flags & 0x200) != 0);
        message.put("recursion_desired", (flags & 0x100) != 0);
        message.put("recursion_available", (flags & 0x80) != 0);
        message.put("reserved", (long) (flags >> 4 & 7));
        message.put("response_code", (long) (flags & 15));
        int[] counts = {cursor.two(), cursor.two(), cursor.two(), cursor.two()};
        List<Object> questions = new ArrayList<>();
        for (int i = 0; i < counts[0] && cursor.good; i++) {
            Map<String, Object> question = new LinkedHashMap<>();
            question.put("name", cursor.name());
            question.put("type", (long) cursor.two());
            question.put("class_", (long) cursor.two());
            questions.add(question);
        }
        message.put("questions", questions);
        for (int s = 0; s < SECTIONS.size(); s++) {
            List<Object> records = new ArrayList<>();
            for (int i = 0; i < counts[s + 1] && cursor.good; i++) records.add(cursor.record());
            message.put(SECTIONS.get(s), records);
        }
        return cursor.good ? message : null;
    }

    /// Reads on as long as it is good.
    private static final class Cursor {
        private static final int JUMPS = 64;
        private static final int CNAME = 5;
        private static final int NS = 2;
        private static final int PTR = 12;

        private final byte[] wire;
        private int at;
        private boolean good = true;

        Cursor(byte[] wire) {
            this.wire = wire;
        }

        int one() {
            if (at >= wire.length) {
                good = false;
                return 0;
            }
            return wire[at++] & 0xff;
        }

        int two() {
            return one() << 8 | one();
        }

        String name() {
            var name = new StringBuilder();
            int back = -1;
            for (int jumps = 0; good; ) {
                int length = one();
                if (length >= 0xc0) {
                    int target = (length & 0x3f) << 8 | one();
                    if (back < 0) back = at;
                    at = target;
                    good &= ++jumps < JUMPS && target < wire.length;
                } else if (length == 0) {
                    break;
                } else {
                    good &= length < 64 && length <= wire.length - at && name.length() < 512;
                    if (!good) break;
                    if (!name.isEmpty()) name.append('.');
                    name.append(WireText.decode(wire, at, length));
                    at += length;
                }
            }
            if (back >= 0) at = back;
            return name.toString();
        }

        Map<String, Object> record() {
            Map<String, Object> record = new LinkedHashMap<>();
            record.put("name", name());
            int type = two();
            record.put("type", (long) type);
            record.put("class_", (long) two());
            record.put("ttl", (long) two() << 16 | two());
            int length = two();
            good &= length <= wire.length - at;
            if (!good) return record;
            int end = at + length;
            var data = new ByteArrayOutputStream();
            // A name in the data may point into the message; outside of it it has to stand by itself.
            if (type != CNAME && type != NS && type != PTR || !MitmDns.name(data, name())) {
                data.reset();
                data.write(wire, end - length, length);
            }
            at = end;
            record.put("data", Bytes.of(data.toByteArray()));
            return record;
        }
    }
}
