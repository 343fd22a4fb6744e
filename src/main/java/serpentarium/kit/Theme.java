package serpentarium.kit;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// The theme in force. Painted controls listen to it; everything else follows the style sheet.
public final class Theme {
    private final ReadOnlyObjectWrapper<Tokens> tokens = new ReadOnlyObjectWrapper<>(this, "tokens", Tokens.LIGHT);

    /// The colours now.
    public ReadOnlyObjectProperty<Tokens> tokens() {
        return tokens.getReadOnlyProperty();
    }

    /// Changes the colours; the style sheets are the shell's business.
    public void use(Tokens next) {
        tokens.set(next);
    }
}
