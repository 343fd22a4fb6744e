package serpentarium.log.ui;

import java.io.IOException;
import java.util.Arrays;
import serpentarium.base.Bid;
import serpentarium.base.Head;
import serpentarium.base.ProblemException;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.log.TextEncoding;
import serpentarium.log.format.Clock;
import serpentarium.log.format.Detection;
import serpentarium.log.format.LogSource;
import serpentarium.log.ui.source.LogNames;

/// How much a file looks like a log, from its first bytes.
final class LogBid {
    private static final Strings STRINGS = Strings.of(LogBid.class);
    private static final int ENOUGH = 32 << 10;
    private static final int NAMED = 2;
    private static final int WEAKEST = 20;
    private static final int WEIGHT = 40;
    private static final double FEW = 0.02;

    private LogBid() {}

    static Bid of(Head head) {
        byte[] bytes = head.bytes();
        TextEncoding encoding = TextEncoding.detect(bytes, bytes.length);
        if (encoding.unit() == 1 && binary(bytes)) return new Bid.No(STRINGS.get("bid.binary"));
        Detection detection;
        try {
            byte[] sample = Arrays.copyOf(bytes, Math.min(bytes.length, ENOUGH));
            detection = LogSource.of(Source.of(head.name(), sample), null, Clock.here()).detection();
        } catch (IOException | ProblemException _) {
            return new Bid.No(STRINGS.get("bid.binary"));
        }
        if (detection.log()) return new Bid.Yes(WEAKEST + (int) (WEIGHT * detection.score()));
        // A log that has just begun, or a layout that nobody knows: the name is all there is to go by.
        if (LogNames.logLike(head.name())) return new Bid.Yes(NAMED);
        return new Bid.No(STRINGS.get("bid.prose"));
    }

    /// Whether more than a few bytes are no text; zeros at the start and escapes of colours are usual in logs.
    private static boolean binary(byte[] bytes) {
        int from = 0;
        while (from < bytes.length && bytes[from] == 0) from++;
        int odd = 0;
        for (int i = from; i < bytes.length; i++) {
            int b = bytes[i];
            if (b >= 0 && b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != 0x1b && b != 0x0c && b != 8) odd++;
        }
        return odd > Math.max(8, (bytes.length - from) * FEW);
    }
}
