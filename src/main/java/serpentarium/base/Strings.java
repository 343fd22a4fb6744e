package serpentarium.base;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/// The texts of one package: a resource bundle named `strings` that lies beside its classes.
///
/// Patterns are those of [MessageFormat]; a text without arguments is taken as it stands, so that an apostrophe needs
/// doubling only where there is a `{0}`.
public final class Strings {
    private final ResourceBundle bundle;

    private Strings(ResourceBundle bundle) {
        this.bundle = bundle;
    }

    /// The texts of the package that `anchor` lives in, in the default locale.
    ///
    /// @throws java.util.MissingResourceException when the package has no bundle
    public static Strings of(Class<?> anchor) {
        return new Strings(ResourceBundle.getBundle(anchor.getPackageName() + ".strings", Locale.getDefault(), anchor.getClassLoader()));
    }

    /// The text under `key`, its `{0}` … filled with the arguments.
    ///
    /// @throws java.util.MissingResourceException when there is no such key
    public String get(String key, Object... arguments) {
        String pattern = bundle.getString(key);
        return arguments.length == 0 ? pattern : new MessageFormat(pattern, bundle.getLocale()).format(arguments);
    }

    /// Whether there is a text under `key`.
    public boolean has(String key) {
        return bundle.containsKey(key);
    }
}
