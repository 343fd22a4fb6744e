package serpentarium.app;

import java.util.List;
import serpentarium.app.cli.Verbs;
import serpentarium.kit.FxThread;
import serpentarium.kit.Ports;
import serpentarium.kit.Settings;
import serpentarium.kit.Theme;
import serpentarium.kit.Workpane;
import serpentarium.profile.engine.ProfileReader;
import serpentarium.profile.format.CallgrindFormat;
import serpentarium.profile.format.ChromeTraceFormat;
import serpentarium.profile.format.CollapsedFormat;
import serpentarium.profile.format.GeckoFormat;
import serpentarium.profile.format.ImportTimeFormat;
import serpentarium.profile.format.MojoFormat;
import serpentarium.profile.format.PerfScriptFormat;
import serpentarium.profile.format.PprofFormat;
import serpentarium.profile.format.ProfileFormat;
import serpentarium.profile.format.PstatsFormat;
import serpentarium.profile.format.PyinstrumentFormat;
import serpentarium.profile.format.SpeedscopeFormat;
import serpentarium.profile.format.SvgFlameFormat;
import serpentarium.profile.format.TachFormat;
import serpentarium.profile.format.YappiStatFormat;
import serpentarium.profile.ui.ProfilePane;
import serpentarium.task.Tasks;
import serpentarium.traffic.engine.TrafficReader;
import serpentarium.traffic.format.TrafficFormat;

/// Every `new` of the product's parts, in one place.
final class Wiring {
    private Wiring() {}

    /// The formats that profiles are read in.
    static List<ProfileFormat> profileFormats() {
        return List.of(new PstatsFormat(), new CallgrindFormat(), new CollapsedFormat(), new SpeedscopeFormat(), new ChromeTraceFormat(),
                new PerfScriptFormat(), new YappiStatFormat(), new PprofFormat(), new ImportTimeFormat(),
                new GeckoFormat(), new MojoFormat(), new PyinstrumentFormat(), new SvgFlameFormat(), new TachFormat());
    }

    /// Reads profiles of all formats.
    static ProfileReader profileReader() {
        return new ProfileReader(profileFormats());
    }

    /// The formats that captured traffic is read in.
    static List<TrafficFormat> trafficFormats() {
        return List.of();
    }

    /// Opens traffic of all formats.
    static TrafficReader trafficReader() {
        return new TrafficReader(trafficFormats());
    }

    /// What the command line's verbs work with.
    static Verbs.Parts verbs() {
        return new Verbs.Parts(profileReader(), trafficReader(), Demo.files(), new WindowRenderer());
    }

    /// The panes of the side bar, from above.
    static List<Workpane> panes(Tasks tasks, Ports ports, Settings settings, Theme theme, FxThread fx) {
        return List.of(new ProfilePane(profileReader(), tasks, ports, settings, theme, fx));
    }
}
