package serpentarium.app;

import java.util.List;
import serpentarium.profile.engine.ProfileReader;
import serpentarium.profile.format.CallgrindFormat;
import serpentarium.profile.format.ProfileFormat;
import serpentarium.profile.format.PstatsFormat;

/// Every `new` of the product's parts, in one place.
public final class Wiring {
    private Wiring() {}

    /// The formats that profiles are read in.
    static List<ProfileFormat> profileFormats() {
        return List.of(new PstatsFormat(), new CallgrindFormat());
    }

    /// Reads profiles of all formats.
    public static ProfileReader profileReader() {
        return new ProfileReader(profileFormats());
    }
}
