package serpentarium.log.analysis;

import java.util.List;
import serpentarium.log.Failure;
import serpentarium.log.Frame;

/// What makes two tracebacks the same failure: types, and the functions that were called, by file. Not line numbers, which move with every change; not
/// messages, which hold values; not where the program is installed.
final class Fingerprint {
    private static final long PRIME = 0x100000001b3L;

    private Fingerprint() {}

    static long of(List<Failure> failures) {
        long hash = 0xcbf29ce484222325L;
        for (Failure failure : failures) hash = add(hash, failure);
        return hash;
    }

    private static long add(long before, Failure failure) {
        long hash = add(add(before, failure.kind().name()), failure.kind() == Failure.Kind.FAULT ? "" : failure.type());
        String last = "";
        for (Frame frame : failure.frames()) {
            String call = frame.shortFile() + ' ' + frame.function();
            // A function that calls itself is the same failure however deep it went.
            if (!call.equals(last)) hash = add(hash, call);
            last = call;
        }
        for (Failure part : failure.parts()) hash = add(hash, part);
        return hash;
    }

    private static long add(long before, String text) {
        long hash = before;
        for (int i = 0; i < text.length(); i++) hash = (hash ^ text.charAt(i)) * PRIME;
        return (hash ^ 0xffff) * PRIME;
    }
}
