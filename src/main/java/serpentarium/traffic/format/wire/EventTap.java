package serpentarium.traffic.format.wire;

import java.io.IOException;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.Side;

/// Server-sent events: each is a message with its lines as they were sent, without the empty line that ends it.
final class EventTap implements MessageTap {
    private final Exchange exchange;
    private final ByteHold event = new ByteHold();
    private boolean lineEmpty = true;
    private boolean afterReturn;
    private double began;

    EventTap(Exchange exchange) {
        this.exchange = exchange;
    }

    @Override public FlowKind kind() {
        return FlowKind.SSE;
    }

    @Override public void bytes(double time, byte[] bytes, int offset, int length) throws IOException {
        int end = offset + length;
        int from = offset;
        for (int i = offset; i < end; i++) {
            byte b = bytes[i];
            if (b != '\n' && b != '\r') {
                lineEmpty = false;
                afterReturn = false;
                continue;
            }
            boolean second = b == '\n' && afterReturn;
            afterReturn = b == '\r';
            if (second) continue;
            if (lineEmpty) {
                keep(time, bytes, from, i - from);
                from = i + 1;
                emit();
            }
            lineEmpty = true;
        }
        keep(time, bytes, from, end - from);
    }

    private void keep(double time, byte[] bytes, int from, int length) {
        int skip = 0;
        if (event.length() == 0) while (skip < length && (bytes[from + skip] == '\n' || bytes[from + skip] == '\r')) skip++;
        int taken = Math.min(length - skip, LARGEST - event.length());
        if (taken <= 0) return;
        if (event.length() == 0) began = time;
        event.add(bytes, from + skip, taken);
    }

    private void emit() throws IOException {
        int length = event.length();
        while (length > 0 && (event.bytes()[length - 1] == '\n' || event.bytes()[length - 1] == '\r')) length--;
        if (length > 0) {
            exchange.writer.message(Side.RESPONSE, began, 0, java.util.Arrays.copyOf(event.bytes(), length), false, false);
            exchange.grown();
        }
        event.clear();
    }

    @Override public void lost() {
        event.clear();
        lineEmpty = false;
    }

    @Override public void end(double time) throws IOException {
        emit();
    }
}
