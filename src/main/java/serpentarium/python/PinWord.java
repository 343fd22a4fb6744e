package serpentarium.python;

import java.util.Optional;

/// One word of a rule.
///
/// @param text    as it stands there
/// @param line    line of the file, from 1; 0 for the variable
/// @param meaning the installed name that it leads to, or `system`; empty when it leads nowhere
public record PinWord(String text, int line, Optional<String> meaning, Standing standing) {}
