package serpentarium.python.engine.build;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// Why a build failed, and what to do about it.
///
/// @param cause    the kind
/// @param title    one sentence: what is wrong
/// @param line     the line that says so; empty where none does
/// @param number   its number in the kept log, from 1, or -1
/// @param remedies what the person can do, most promising first
/// @param missing  what packages would bring
/// @param early    whether the build was stopped because its outcome was known
public record BuildDiagnosis(BuildCause cause, String title, String line, long number, List<Remedy> remedies, Set<Requirement> missing, boolean early) {
    public BuildDiagnosis {
        remedies = List.copyOf(remedies);
        missing = Set.copyOf(missing);
    }

    /// Something that helps.
    ///
    /// @param text    for a person
    /// @param command a line for a terminal, or empty
    public record Remedy(String text, String command) {}

    /// One line a tool that installs what is missing, that of this machine first.
    ///
    /// @param environment whose PATH is looked into
    public List<String> lines(Map<String, String> environment) {
        return PackageTool.ordered(environment).stream().map(tool -> tool.line(missing)).filter(line -> !line.isEmpty()).toList();
    }
}
