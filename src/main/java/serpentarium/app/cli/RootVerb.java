package serpentarium.app.cli;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// The program itself, when it is given no verb.
@Command(name = "serpentarium", resourceBundle = "serpentarium.app.cli.strings", mixinStandardHelpOptions = true,
        versionProvider = RootVerb.Version.class)
final class RootVerb implements Runnable {
    @Spec private CommandSpec spec;
    @Parameters(paramLabel = "FILE", descriptionKey = "root.files") private List<Path> files;
    @Option(names = "--verbose", scope = ScopeType.INHERIT, descriptionKey = "root.verbose") private boolean verbose;

    boolean verbose() {
        return verbose;
    }

    @Override public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /// The version that the archive's manifest names.
    static final class Version implements IVersionProvider {
        @Override public String[] getVersion() {
            String version = RootVerb.class.getPackage().getImplementationVersion();
            return new String[] {"Serpentarium " + (version == null ? "(not packaged)" : version)};
        }
    }
}
