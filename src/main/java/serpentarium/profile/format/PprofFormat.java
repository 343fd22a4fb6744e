package serpentarium.profile.format;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;

import serpentarium.base.Bid;
import serpentarium.base.Head;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.profile.Profile;
import serpentarium.task.TaskContext;

/// pprof's `profile.proto`, mostly packed with gzip. Written by Austin's and Pyroscope's converters, cloud profilers, Go and many more.
///
/// Each sample type is an event; the default one comes first. Times become seconds. A function is its name, file and line of definition;
/// the line that ran becomes a cost by line. A location with inlined functions is as many frames, one without any is its address. Labels
/// that name a thread or a process divide the samples; others are not looked at.
///
/// Format: `proto/profile.proto` of github.com/google/pprof.
public final class PprofFormat implements ProfileFormat {
    /// The format's id.
    public static final String ID = "pprof";
    private static final Strings STRINGS = Strings.of(PprofFormat.class);
    private static final int SAMPLE_TYPE = 1;
    private static final int SAMPLE = 2;
    private static final int FIELDS = 64;

    /// The format; it has no state.
    public PprofFormat() {}

    @Override public String id() {
        return ID;
    }

    @Override public Bid sniff(Head head) {
        if (head.at(0) != (SAMPLE_TYPE << 3 | ProtoInput.LENGTH)) return new Bid.No(STRINGS.get("pprof.not.protobuf"));
        try (var in = new ProtoInput(new ByteArrayInputStream(head.bytes()))) {
            return looks(in) ? new Bid.Yes(80) : new Bid.No(STRINGS.get("pprof.not.profile"));
        } catch (IOException _) {
            return new Bid.No(STRINGS.get("pprof.not.profile"));
        }
    }

    /// Whether the first fields are those of a profile: types of samples of two small numbers, then samples.
    private static boolean looks(ProtoInput in) throws IOException {
        int types = 0;
        int samples = 0;
        try {
            for (int i = 0; i < FIELDS && in.next(); i++) {
                int field = in.field();
                boolean number = field == 7 || field == 8 || field == 9 || field == 10 || field == 12 || field >= 13 && field <= 15;
                if (field > 15 || in.type() != (number ? ProtoInput.VARINT : ProtoInput.LENGTH) && field != 13) return false;
                if (field == SAMPLE_TYPE) {
                    long before = in.enter();
                    while (in.next()) {
                        if (in.field() > 2 || in.type() != ProtoInput.VARINT) return false;
                        in.varint();
                    }
                    in.leave(before);
                    types++;
                } else {
                    if (field == SAMPLE) samples++;
                    in.skip();
                }
            }
        } catch (EOFException _) {
            return types > 0 && samples > 0;
        }
        return types > 0 && samples > 0;
    }

    @Override public Profile read(Source source, TaskContext context) throws IOException {
        return new PprofReader(STRINGS, source, context).read();
    }
}
