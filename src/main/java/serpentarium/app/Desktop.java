package serpentarium.app;

import java.io.PrintWriter;

/// The desktop.
final class Desktop {
    static int run(String[] files, PrintWriter err) {
        return 1;
    }
}
