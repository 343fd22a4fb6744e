package serpentarium.log.ui.format;

import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.Optional;
import serpentarium.log.LogFormat;

/// What a person says about a log.
///
/// @param format  how its lines are written; empty to find it out
/// @param charset how its bytes stand for text; empty to find it out
/// @param zone    of times that do not say theirs
public record ReadAs(Optional<LogFormat> format, Optional<Charset> charset, ZoneId zone) {
    /// A log of which nothing was said.
    public static ReadAs found() {
        return new ReadAs(Optional.empty(), Optional.empty(), ZoneId.systemDefault());
    }
}
