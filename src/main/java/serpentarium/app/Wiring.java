package serpentarium.app;

import java.util.List;
import serpentarium.app.cli.Verbs;
import serpentarium.profile.engine.ProfileReader;
import serpentarium.profile.format.CallgrindFormat;
import serpentarium.profile.format.CollapsedFormat;
import serpentarium.profile.format.ProfileFormat;
import serpentarium.profile.format.PstatsFormat;

/// Every `new` of the product's parts, in one place.
final class Wiring {
    private Wiring() {}

    /// The formats that profiles are read in.
    static List<ProfileFormat> profileFormats() {
        return List.of(new PstatsFormat(), new CallgrindFormat(), new CollapsedFormat());
    }

    /// Reads profiles of all formats.
    static ProfileReader profileReader() {
        return new ProfileReader(profileFormats());
    }

    /// What the command line's verbs work with.
    static Verbs.Parts verbs() {
        return new Verbs.Parts(profileReader(), Demo.files(), (picture, context) -> {});
    }
}
