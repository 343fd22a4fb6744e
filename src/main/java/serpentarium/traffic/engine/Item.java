package serpentarium.traffic.engine;

import java.io.IOException;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.ResponseHead;
import serpentarium.traffic.Timing;

/// The items of a flow's records.
final class Item {
    static final int BEGIN = 1;
    static final int KIND = 2;
    static final int CONNECTION = 3;
    static final int TIMING = 4;
    static final int REQUEST = 5;
    static final int RESPONSE = 6;
    /// A side, then bytes.
    static final int BODY = 7;
    /// A side, the position of a record, the offset in its payload, a length: bytes that were stored before.
    static final int BODY_REF = 8;
    static final int BODY_END = 9;
    static final int TRAILERS = 10;
    static final int MESSAGE = 11;
    static final int ERROR = 12;
    static final int PROCESS = 13;
    static final int PARENT = 14;
    static final int NOTES = 15;
    static final int EXTRA = 16;
    static final int CLOSED = 17;
    static final int DELETED = 18;

    private Item() {}

    static void timing(ItemWriter to, Timing t) {
        to.real(t.started()).real(t.dnsStart()).real(t.dnsEnd()).real(t.connectStart()).real(t.connectEnd()).real(t.tlsEnd()).real(t.requestStart())
                .real(t.requestEnd()).real(t.responseStart()).real(t.responseEnd());
    }

    static Timing timing(ItemReader from) throws IOException {
        return new Timing(from.real(), from.real(), from.real(), from.real(), from.real(), from.real(), from.real(), from.real(), from.real(), from.real());
    }

    static void request(ItemWriter to, RequestHead head) {
        to.text(head.method()).text(head.scheme()).text(head.host()).number(head.port()).text(head.authority()).text(head.path()).text(head.httpVersion())
                .headers(head.headers());
    }

    static RequestHead request(ItemReader from) throws IOException {
        return new RequestHead(ItemReader.orEmpty(from.text()), ItemReader.orEmpty(from.text()), ItemReader.orEmpty(from.text()), from.small(),
                ItemReader.orEmpty(from.text()), ItemReader.orEmpty(from.text()), ItemReader.orEmpty(from.text()), from.headers());
    }

    static void response(ItemWriter to, ResponseHead head) {
        to.number(head.status()).text(head.reason()).text(head.httpVersion()).headers(head.headers());
    }

    static ResponseHead response(ItemReader from) throws IOException {
        return new ResponseHead((int) from.number(), ItemReader.orEmpty(from.text()), ItemReader.orEmpty(from.text()), from.headers());
    }
}
