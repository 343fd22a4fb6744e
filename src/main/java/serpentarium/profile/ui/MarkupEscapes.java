package serpentarium.profile.ui;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;

/// Escapes in JSON what could end the script element that it stands in, so that no text of a profile becomes markup.
final class MarkupEscapes extends CharacterEscapes {
    private final int[] escapes = standardAsciiEscapesForJSON();

    MarkupEscapes() {
        for (char c : new char[] {'<', '>', '&'}) escapes[c] = ESCAPE_STANDARD;
    }

    @Override public int[] getEscapeCodesForAscii() {
        return escapes;
    }

    @Override public SerializableString getEscapeSequence(int c) {
        return null;
    }
}
