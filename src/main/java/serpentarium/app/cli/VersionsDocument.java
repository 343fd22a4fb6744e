package serpentarium.app.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import serpentarium.python.Headers;
import serpentarium.python.Installed;
import serpentarium.python.Origin;
import serpentarium.python.Resolution;
import serpentarium.python.engine.PyenvRoot;
import serpentarium.python.engine.Resolver;

/// What `versions` tells.
///
/// @param root      pyenv's root
/// @param installed every Python, in the order in which they are listed
/// @param applies   which of them applies in the folder
record VersionsDocument(Path root, List<Installed> installed, Resolution applies) {
    private static final Pattern NAME = Pattern.compile("([A-Za-z][A-Za-z]*?)?-?(\\d+(?:\\.\\d+)*(?:(?:a|b|rc)\\d+)?)(?:-(\\d+(?:\\.\\d+)+))?.*");

    /// Puts together what the root has.
    static VersionsDocument of(Resolver resolver, Resolution applies) {
        var installed = new ArrayList<Installed>();
        for (PyenvRoot.Version version : resolver.root().versions()) installed.add(installed(version));
        return new VersionsDocument(resolver.root().path(), List.copyOf(installed), applies);
    }

    private static Installed installed(PyenvRoot.Version version) {
        Optional<Path> executable = Stream.of("python", "python3").map(name -> version.prefix().resolve("bin").resolve(name)).filter(Files::isExecutable).findFirst();
        boolean env = Files.isRegularFile(version.prefix().resolve("pyvenv.cfg"));
        String base = version.env() ? version.name().substring(0, version.name().indexOf('/')) : version.name();
        Matcher name = NAME.matcher(base);
        boolean known = name.matches();
        String implementation = known && name.group(1) != null && !name.group(1).equals("python") ? name.group(1) : "cpython";
        return new Installed(version.name(), implementation, known ? name.group(2) : base, version.prefix(), executable, env ? Origin.PYENV_VIRTUALENV : Origin.PYENV,
                version.env() ? Optional.of(base) : Optional.empty(), OptionalLong.empty(), Headers.UNKNOWN);
    }
}
