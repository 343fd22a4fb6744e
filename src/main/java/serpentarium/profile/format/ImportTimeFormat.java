package serpentarium.profile.format;

import java.io.IOException;

import serpentarium.base.Bid;
import serpentarium.base.Head;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.profile.Profile;
import serpentarium.task.TaskContext;

/// What `python -X importtime` (or `PYTHONPROFILEIMPORTTIME=1`) writes to its standard error from Python 3.7 on: a line a module, `import
/// time: SELF | CUMULATIVE | MODULE` in microseconds, after the lines of the modules that it imported, which are indented by two more
/// blanks.
///
/// A module is a function, what imported it is its caller. Lines of the program between them are left out.
///
/// Format: `import_find_and_load` in CPython's `Python/import.c`.
public final class ImportTimeFormat implements ProfileFormat {
    /// The format's id.
    public static final String ID = "importtime";
    /// What each line starts with.
    static final String PREFIX = "import time:";
    private static final Strings STRINGS = Strings.of(ImportTimeFormat.class);

    /// The format; it has no state.
    public ImportTimeFormat() {}

    @Override public String id() {
        return ID;
    }

    @Override public Bid sniff(Head head) {
        String text = head.latin1();
        if (text.indexOf('\0') >= 0) return new Bid.No(STRINGS.get("importtime.not.lines"));
        int lines = 0;
        int other = 0;
        boolean title = false;
        for (String line : text.lines().limit(200).toList()) {
            title |= line.startsWith(PREFIX + " self [us]");
            if (line.startsWith(PREFIX) && line.indexOf('|') > 0) lines++;
            else other++;
        }
        if (lines == 0 || !title && other > lines) return new Bid.No(STRINGS.get("importtime.not.lines"));
        return new Bid.Yes(title ? 98 : 85);
    }

    @Override public Profile read(Source source, TaskContext context) throws IOException {
        return new ImportTimeReader(STRINGS, source, context).read();
    }
}
