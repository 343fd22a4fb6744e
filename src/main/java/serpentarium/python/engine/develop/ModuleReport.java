package serpentarium.python.engine.develop;

import java.util.List;
import java.util.Optional;

/// How far a small extension module came.
///
/// @param compiled whether the compiler made it
/// @param imported whether the interpreter took it
/// @param called   whether its function gave what it should
/// @param file     what it was called, such as `answer.cpython-312-x86_64-linux-gnu.so`
/// @param version  the version in the headers that it was compiled with, as the module says it
/// @param runtime  the version of the interpreter that it ran in
/// @param log      the commands and all that they said
public record ModuleReport(boolean compiled, boolean imported, boolean called, String file, Optional<String> version, Optional<String> runtime, List<String> log) {
    public ModuleReport {
        log = List.copyOf(log);
    }

    /// Whether all went well, with the headers of the interpreter that ran it.
    public boolean works() {
        return compiled && imported && called && version.isPresent() && version.equals(runtime);
    }
}
