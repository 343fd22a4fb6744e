package serpentarium.traffic.engine.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import serpentarium.base.Strings;
import serpentarium.traffic.engine.trust.Finding.Outcome;
import serpentarium.traffic.engine.trust.Finding.Remedy;
import serpentarium.traffic.engine.trust.Finding.Topic;

/// Why a client believed the authority or did not: looks at the variable that this client obeys, and at the file that the variable names.
///
/// @param environment what the client saw
record TrustCause(Authority authority, CertificateDoctor.Question question, TrustBundle bundle, Map<String, String> environment) {
    private static final Strings STRINGS = Strings.of(TrustCause.class);
    private static final List<String> ALL = List.of("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "PIP_CERT");

    /// What an attempt shows.
    Finding of(Attempt attempt) {
        String name = question.library().label();
        return switch (attempt.result()) {
            case BELIEVED -> new Finding(Topic.TRUST, Outcome.GOOD, tried(), obeyed().map(variable -> STRINGS.get("doctor.trust.good", name, variable))
                    .orElseGet(() -> STRINGS.get("doctor.trust.good-anyway", name)), List.of());
            case UNTRUSTED -> cause(attempt);
            case EXPIRED -> bad(STRINGS.get("doctor.trust.expired", name), List.of());
            case FAILED, MISSING -> bad(STRINGS.get("doctor.trust.failed", name, attempt.message()), List.of());
        };
    }

    private Finding cause(Attempt attempt) {
        String name = question.library().label();
        String reads = String.join(", ", question.library().reads());
        Optional<String> variable = obeyed();
        if (variable.isEmpty() && folder()) return bad(STRINGS.get("doctor.trust.folder", environment.get("SSL_CERT_DIR")), remedies());
        if (variable.isEmpty()) {
            Optional<String> unread = ALL.stream().filter(each -> !question.library().reads().contains(each))
                    .filter(each -> holds(environment.getOrDefault(each, ""))).findFirst();
            return bad(unread.map(each -> STRINGS.get("doctor.trust.unread", each, name, reads))
                    .orElseGet(() -> STRINGS.get("doctor.trust.unset", name, reads)), remedies());
        }
        String file = environment.get(variable.get());
        Optional<Path> path = path(file).filter(Files::isRegularFile);
        if (path.isEmpty()) return bad(STRINGS.get("doctor.trust.no-file", variable.get(), file), remedies());
        Optional<Boolean> held = TrustBundle.holds(path.get(), authority.certificate());
        if (held.isEmpty()) return bad(STRINGS.get("doctor.trust.unreadable", variable.get(), file), remedies());
        if (held.get())
            return bad(STRINGS.get("doctor.trust.held", name, variable.get(), attempt.message()), List.of(new Remedy(STRINGS.get("doctor.limits.remedy"), "")));
        return bad(STRINGS.get(namesake(path.get()) ? "doctor.trust.earlier" : "doctor.trust.not-held", variable.get(), file), remedies());
    }

    private String tried() {
        return STRINGS.get(question.ours() ? "doctor.trust.tried-ours" : "doctor.trust.tried-own", question.library().label());
    }

    private Finding bad(String why, List<Remedy> remedies) {
        return new Finding(Topic.TRUST, Outcome.BAD, tried(), why, remedies);
    }

    private List<Remedy> remedies() {
        String variable = obeyed().isEmpty() ? question.library().own() : question.library().reads().getFirst();
        return List.of(new Remedy(STRINGS.get("doctor.set.remedy"), ClientEnvironment.line(question.shell(), variable, bundle.file().toString())),
                new Remedy(STRINGS.get("doctor.shell.remedy"), ""));
    }

    /// The variable that this client obeys, of those that are set.
    private Optional<String> obeyed() {
        return question.library().reads().stream().filter(each -> !environment.getOrDefault(each, "").isEmpty())
                .filter(each -> !(each.equals("SSL_CERT_FILE") && folder())).findFirst();
    }

    /// Whether curl reads a folder of roots, and then no file but that of its own variable.
    private boolean folder() {
        return question.library() == ClientLibrary.CURL && !environment.getOrDefault("SSL_CERT_DIR", "").isEmpty();
    }

    private boolean holds(String file) {
        return path(file).filter(Files::isRegularFile).flatMap(each -> TrustBundle.holds(each, authority.certificate())).orElse(false);
    }

    private boolean namesake(Path file) {
        try {
            return TrustBundle.holdsNamesake(file, authority.certificate());
        } catch (IOException _) {
            return false;
        }
    }

    private static Optional<Path> path(String text) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text));
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }
}
