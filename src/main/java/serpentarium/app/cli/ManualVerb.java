package serpentarium.app.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Spec;
import serpentarium.base.Strings;

/// `manual`: prints the manual page, in the `man` macros of roff, as the verbs describe themselves. Used when the program is packaged.
@Command(name = "manual", hidden = true)
final class ManualVerb implements Runnable {
    private static final Strings STRINGS = Strings.of(ManualVerb.class);

    @Spec private CommandSpec spec;

    @Override public void run() {
        CommandSpec root = spec.root();
        PrintWriter out = spec.commandLine().getOut();
        String name = root.qualifiedName();
        out.println(".TH " + name.toUpperCase(java.util.Locale.ROOT) + " 1 \"\" \"" + text(String.join(" ", root.version())) + "\"");
        out.println(".SH NAME\n" + text(name + " - " + first(root.usageMessage().header())));
        out.println(".SH SYNOPSIS\n.B " + text(name) + "\n" + text("[FILE...]") + "\n.br\n.B " + text(name) + "\n" + text("VERB [OPTION...] [FILE...]"));
        out.println(".SH DESCRIPTION");
        for (String line : root.usageMessage().description()) out.println(text(line));
        options(root, out);
        out.println(".SH VERBS");
        for (CommandSpec verb : shown(root)) verb(verb, out);
        out.println(".SH \"EXIT STATUS\"\n" + text(STRINGS.get("manual.status")));
        out.println(".SH FILES\n" + text(STRINGS.get("manual.files")));
        out.flush();
    }

    private static void verb(CommandSpec verb, PrintWriter out) {
        out.println(".SS \"" + text(verb.qualifiedName().substring(verb.root().qualifiedName().length() + 1)) + "\"");
        for (String line : verb.usageMessage().header()) out.println(text(line));
        out.println(".PP\n" + text(verb.commandLine().getHelp().synopsis(0).strip().replace("\n", " ").replaceAll(" +", " ")));
        options(verb, out);
        for (CommandSpec below : shown(verb)) verb(below, out);
    }

    private static List<CommandSpec> shown(CommandSpec verb) {
        var all = new ArrayList<CommandSpec>();
        for (CommandLine each : verb.subcommands().values()) if (!each.getCommandSpec().usageMessage().hidden()) all.add(each.getCommandSpec());
        return all;
    }

    private static void options(CommandSpec verb, PrintWriter out) {
        for (PositionalParamSpec each : verb.positionalParameters()) if (!each.hidden()) entry(each.paramLabel(), each.description(), each.defaultValueString(), out);
        for (OptionSpec each : verb.options()) {
            if (each.hidden() || each.inherited()) continue;
            String label = each.arity().max() > 0 ? " " + each.paramLabel() : "";
            entry(String.join(", ", each.names()) + label, each.description(), each.defaultValueString(), out);
        }
    }

    private static void entry(String term, String[] description, String standard, PrintWriter out) {
        out.println(".TP\n.B " + text(term));
        for (String line : description) out.println(text(line.replace("${DEFAULT-VALUE}", String.valueOf(standard))));
    }

    private static String first(String[] lines) {
        return lines.length == 0 ? "" : lines[0].replaceAll("\\.$", "");
    }

    /// As roff takes it: no escape, no control line, a hyphen that can be copied.
    private static String text(String line) {
        String plain = Ansi.OFF.string(line).replace("\\", "\\e").replace("-", "\\-").replace("%n", "\n").replace("\"", "\\(dq");
        return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
    }
}
