package serpentarium.app;

import java.util.List;
import java.util.concurrent.Executor;
import serpentarium.app.cli.Verbs;
import serpentarium.kit.FxThread;
import serpentarium.kit.Ports;
import serpentarium.kit.Settings;
import serpentarium.kit.Theme;
import serpentarium.kit.Workpane;
import serpentarium.log.ui.LogPane;
import serpentarium.profile.engine.CsvWriter;
import serpentarium.profile.engine.ProfileExport;
import serpentarium.profile.engine.ProfileReader;
import serpentarium.profile.format.CallgrindFormat;
import serpentarium.profile.format.ChromeTraceFormat;
import serpentarium.profile.format.CallgrindWriter;
import serpentarium.profile.format.CollapsedFormat;
import serpentarium.profile.format.GeckoFormat;
import serpentarium.profile.format.CollapsedWriter;
import serpentarium.profile.format.ImportTimeFormat;
import serpentarium.profile.format.MojoFormat;
import serpentarium.profile.format.PerfScriptFormat;
import serpentarium.profile.format.PprofFormat;
import serpentarium.profile.format.PprofWriter;
import serpentarium.profile.format.ProfileFormat;
import serpentarium.profile.format.PstatsFormat;
import serpentarium.profile.format.PyinstrumentFormat;
import serpentarium.profile.format.SpeedscopeFormat;
import serpentarium.profile.format.SpeedscopeWriter;
import serpentarium.profile.format.SvgFlameFormat;
import serpentarium.profile.format.SamplingLinesFormat;
import serpentarium.profile.format.TachFormat;
import serpentarium.profile.format.YappiStatFormat;
import serpentarium.profile.ui.HtmlWriter;
import serpentarium.profile.ui.PngWriter;
import serpentarium.profile.ui.ProfilePane;
import serpentarium.profile.ui.SvgWriter;
import serpentarium.python.ui.VersionsPane;
import serpentarium.shell.Folders;
import serpentarium.task.Tasks;
import serpentarium.traffic.engine.TrafficReader;
import serpentarium.traffic.format.TrafficFormat;
import serpentarium.traffic.format.har.HarFormat;
import serpentarium.traffic.format.mitm.MitmFormat;
import serpentarium.traffic.format.packets.PcapFormat;
import serpentarium.traffic.format.packets.PcapngFormat;
import serpentarium.traffic.ui.TrafficPane;

/// Every `new` of the product's parts, in one place.
final class Wiring {
    private Wiring() {}

    /// The formats that profiles are read in.
    static List<ProfileFormat> profileFormats() {
        return profileFormats(true);
    }

    private static List<ProfileFormat> profileFormats(boolean byLine) {
        return List.of(new PstatsFormat(), new CallgrindFormat(byLine), new CollapsedFormat(), new SpeedscopeFormat(), new ChromeTraceFormat(),
                new PerfScriptFormat(), new YappiStatFormat(), new PprofFormat(), new ImportTimeFormat(),
                new GeckoFormat(), new MojoFormat(), new PyinstrumentFormat(), new SvgFlameFormat(), new TachFormat(),
                new SamplingLinesFormat());
    }

    /// Reads profiles of all formats.
    static ProfileReader profileReader() {
        return new ProfileReader(profileFormats());
    }

    /// Reads profiles for those who do not look at costs by source line.
    static ProfileReader summaryReader() {
        return new ProfileReader(profileFormats(false));
    }

    /// The formats that captured traffic is read in.
    static List<TrafficFormat> trafficFormats() {
        return List.of(new HarFormat(), new MitmFormat(), new PcapngFormat(), new PcapFormat());
    }

    /// Opens traffic of all formats.
    static TrafficReader trafficReader() {
        return new TrafficReader(trafficFormats());
    }

    /// Writes profiles in all formats, in the order in which a person is offered them; pictures are painted by `window`.
    static ProfileExport profileExport(Executor window) {
        return new ProfileExport(List.of(new HtmlWriter(), new SvgWriter(), new PngWriter(window), new CallgrindWriter(), new SpeedscopeWriter(),
                new CollapsedWriter(), new PprofWriter(), new CsvWriter()));
    }

    /// What the command line's verbs work with.
    static Verbs.Parts verbs() {
        var renderer = new WindowRenderer();
        return new Verbs.Parts(profileReader(), summaryReader(), profileExport(painting -> renderer.started().execute(painting)), trafficReader(), Demo.files(),
                renderer);
    }

    /// The panes of the side bar, from above.
    static List<Workpane> panes(Tasks tasks, Ports ports, Settings settings, Theme theme, FxThread fx) {
        return List.of(new ProfilePane(profileReader(), profileExport(fx), tasks, ports, settings, theme, fx),
                new TrafficPane(trafficReader(), tasks, ports, settings, theme, fx, TrafficPane.Places.in(Folders.data())),
                new LogPane(tasks, ports, settings, theme, fx, LogPane.Places.in(Folders.state())),
                new VersionsPane(tasks, ports, settings, fx, System.getenv(), Folders.state().resolve("builds")));
    }
}
