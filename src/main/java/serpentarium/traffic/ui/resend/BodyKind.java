package serpentarium.traffic.ui.resend;

import java.util.Locale;
import serpentarium.base.Strings;

/// How a body is given.
public enum BodyKind {
    /// Typed as text.
    TEXT,
    /// Typed as hexadecimal digits.
    HEX,
    /// Read from a file.
    FILE,
    /// As the flow has it that the request was made from.
    KEPT;

    private static final Strings STRINGS = Strings.of(BodyKind.class);

    /// For a person.
    public String text() {
        return STRINGS.get("send.body." + name().toLowerCase(Locale.ROOT));
    }
}
