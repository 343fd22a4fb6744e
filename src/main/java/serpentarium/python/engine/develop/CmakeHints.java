package serpentarium.python.engine.develop;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What makes CMake take one Python and no other: the interpreter, its root, and the strategy that looks there first, under the names of `find_package(Python3)`
/// and of `find_package(Python)`, which do not listen to each other's.
final class CmakeHints {
    private CmakeHints() {}

    /// The cache variables.
    static Map<String, String> variables(Subject subject) {
        var variables = new LinkedHashMap<String, String>();
        for (String name : List.of("Python" + subject.major(), "Python")) {
            variables.put(name + "_EXECUTABLE", subject.executable().toString());
            variables.put(name + "_ROOT_DIR", subject.prefix().toString());
            variables.put(name + "_FIND_STRATEGY", "LOCATION");
            if (subject.pypy()) variables.put(name + "_FIND_IMPLEMENTATIONS", "PyPy");
        }
        return variables;
    }

    /// The same as arguments.
    static List<String> arguments(Subject subject) {
        return variables(subject).entrySet().stream().map(each -> "-D" + each.getKey() + "=" + each.getValue()).toList();
    }
}
