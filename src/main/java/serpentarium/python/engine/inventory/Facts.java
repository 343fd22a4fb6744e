package serpentarium.python.engine.inventory;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import serpentarium.base.Problem;
import serpentarium.python.Headers;

/// What is known of one Python from its files.
///
/// @param layout        where its things are
/// @param version       such as `3.12.1`
/// @param headers       what a compiler needs
/// @param pyconfig      the folder of `pyconfig.h`, which on some systems is another than that of `Python.h`
/// @param shared        whether it was built to be linked with as a shared library
/// @param staticLibrary `libpythonX.Y.a`, where it is there
/// @param stableLibrary `libpython3.so`, for modules of the limited interface, where it is there
/// @param pkgConfig     the folder with its `.pc` files, where there is one
/// @param configProgram `pythonX.Y-config`, where it is there
/// @param abiFlags      letters such as `m`, `d`, `t`; often none
/// @param multiarch     the system's name for the machine
/// @param wheelTag      what wheels for it are called, such as `cp312-cp312-linux_x86_64`
/// @param configure     the options of its build
/// @param compiler      the command of the compiler that built it
/// @param compilerFlags that compiler's options
/// @param openSsl       such as `OpenSSL 3.0.19 27 Jan 2026`
/// @param missing       optional modules that its build left out
/// @param freeThreaded  built without the global lock
/// @param debug         a debug build
/// @param optimised     built with profiles of its own run
/// @param movedFrom     the prefix that it was built for, where it stands elsewhere now: compilers would be sent there
/// @param problems      what could not be read
public record Facts(Layout layout, String version, Headers headers, Optional<Path> pyconfig, boolean shared, Optional<Path> staticLibrary,
        Optional<Path> stableLibrary, Optional<Path> pkgConfig, Optional<Path> configProgram, String abiFlags, Optional<String> multiarch, Optional<String> wheelTag,
        List<String> configure, Optional<String> compiler, Optional<String> compilerFlags, Optional<String> openSsl, List<OptionalModule> missing,
        boolean freeThreaded, boolean debug, boolean optimised, Optional<Path> movedFrom, List<Problem> problems) {
    public Facts {
        configure = List.copyOf(configure);
        missing = List.copyOf(missing);
        problems = List.copyOf(problems);
    }

    /// Whether an extension module can be compiled for it.
    public boolean compiles() {
        return headers.pythonH();
    }
}
