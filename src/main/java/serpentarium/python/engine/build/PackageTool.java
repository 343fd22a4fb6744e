package serpentarium.python.engine.build;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// A program that installs packages.
public enum PackageTool {
    /// Debian, Ubuntu and their kin.
    APT("apt"),
    /// Fedora, Red Hat and their kin.
    DNF("dnf"),
    /// Homebrew.
    BREW("brew");

    private final String program;

    PackageTool(String program) {
        this.program = program;
    }

    /// The program's name.
    public String program() {
        return program;
    }

    /// One line that installs what is missing; empty where nothing is.
    public String line(Collection<Requirement> missing) {
        List<String> packages = missing.stream().sorted().map(each -> each.packageOf(this)).filter(each -> !each.isEmpty()).distinct().toList();
        var commands = new ArrayList<String>();
        // On macOS the compiler and make come with Apple's own tools.
        if (this == BREW && (missing.contains(Requirement.COMPILER) || missing.contains(Requirement.MAKE))) commands.add("xcode-select --install");
        if (!packages.isEmpty()) commands.add((this == BREW ? "" : "sudo ") + program + " install " + String.join(" ", packages));
        return String.join(" && ", commands);
    }

    /// The tools, that of this machine first.
    ///
    /// @param environment whose PATH is looked into
    public static List<PackageTool> ordered(Map<String, String> environment) {
        var found = new ArrayList<PackageTool>();
        for (PackageTool each : values()) if (Programs.find(each.program, environment).isPresent()) found.add(each);
        for (PackageTool each : values()) if (!found.contains(each)) found.add(each);
        return found;
    }
}
