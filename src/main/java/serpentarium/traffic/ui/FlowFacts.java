package serpentarium.traffic.ui;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.traffic.BodyFacts;
import serpentarium.traffic.ConnectionFacts;
import serpentarium.traffic.Endpoint;
import serpentarium.traffic.Flow;
import serpentarium.traffic.Headers;
import serpentarium.traffic.Side;
import serpentarium.traffic.TlsFacts;
import serpentarium.traffic.analysis.CertificateFacts;
import serpentarium.traffic.analysis.Cookie;
import serpentarium.traffic.analysis.Credentials;
import serpentarium.traffic.analysis.Parameter;
import serpentarium.traffic.analysis.Secrets;

/// What a flow's detail says, as lines of text.
final class FlowFacts {
    private static final Strings STRINGS = Strings.of(FlowFacts.class);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);
    private static final Secrets SECRETS = Secrets.USUAL;

    private FlowFacts() {}

    /// A field of a header or trailer.
    static List<Fact> fields(Headers headers) {
        return headers.fields().stream().map(field -> new Fact(field.name(), field.value(), SECRETS.headerValue(field.name(), field.value()))).toList();
    }

    /// The header of a side, and below it what its credentials say.
    static List<Fact> headers(Flow flow, Side side) {
        var facts = new ArrayList<>(fields(flow.headers(side)));
        for (Headers.Field field : flow.headers(side).fields()) Credentials.of(field.value()).ifPresent(found -> facts.addAll(credentials(field.name(), found)));
        return facts;
    }

    private static List<Fact> credentials(String name, Credentials credentials) {
        return switch (credentials) {
            case Credentials.Basic(String user, String password) -> List.of(Fact.title(STRINGS.get("detail.decoded"), STRINGS.get("detail.basic", name)),
                    Fact.of(STRINGS.get("detail.user"), user), new Fact(STRINGS.get("detail.password"), password, Secrets.MASK));
            case Credentials.Token(String header, String payload) -> List.of(Fact.title(STRINGS.get("detail.decoded"), STRINGS.get("detail.token", name)),
                    Fact.of(STRINGS.get("detail.token-header"), header), new Fact(STRINGS.get("detail.token-payload"), payload, Secrets.MASK));
        };
    }

    /// The cookies of a side.
    static List<Fact> cookies(Flow flow, Side side) {
        var facts = new ArrayList<Fact>();
        for (Cookie cookie : Cookie.of(flow, side)) {
            String more = cookie.attributes().isEmpty() ? "" : "\n" + String.join("; ", cookie.attributes());
            facts.add(new Fact(cookie.name(), cookie.value() + more, Secrets.MASK + more));
        }
        return facts;
    }

    /// Parameters of a query or a form.
    ///
    /// @param raw whether they are shown as they were written
    static List<Fact> parameters(List<Parameter> parameters, boolean raw) {
        var facts = new ArrayList<Fact>();
        for (Parameter parameter : parameters) {
            String value = raw ? parameter.rawValue() == null ? "" : parameter.rawValue() : parameter.value();
            facts.add(new Fact(raw ? parameter.rawName() : parameter.name(), value, SECRETS.field(parameter.name()) ? Secrets.MASK : SECRETS.url(value)));
        }
        return facts;
    }

    /// The status with its phrase; the usual one where the response said none.
    static String status(Flow flow) {
        if (flow.status().isEmpty()) return STRINGS.get(flow.error() != null ? "detail.failed" : "detail.no-response");
        String code = String.valueOf(flow.status().get());
        String reason = flow.response().reason();
        if (reason.isEmpty() && STRINGS.has("status." + code)) reason = STRINGS.get("status." + code);
        return reason.isEmpty() ? code : code + " " + reason;
    }

    /// Method and URL, or the two ends.
    static String title(Flow flow) {
        if (flow.request() != null) return flow.request().method() + " " + flow.request().url();
        return ends(flow.connection());
    }

    static String ends(ConnectionFacts connection) {
        return end(connection.client()) + " → " + end(connection.server());
    }

    private static String end(Endpoint end) {
        return end == null ? "?" : end.toString();
    }

    static String kind(Flow flow) {
        return STRINGS.get("detail.kind." + flow.kind().name().toLowerCase(Locale.ROOT));
    }

    static String source(Flow flow) {
        return STRINGS.get("detail.source." + flow.source().name().toLowerCase(Locale.ROOT));
    }

    /// What is known of a body's size.
    static String size(BodyFacts facts, long decoded) {
        String wire = facts.wireSize() < 0 ? Quantity.size(facts.stored()) : Quantity.size(facts.wireSize());
        String text = facts.state() == BodyFacts.State.NONE ? STRINGS.get("detail.body-none") : decoded >= 0 && (facts.wireSize() != decoded)
                ? facts.wireSize() < 0 ? STRINGS.get("detail.size-decoded-only", Quantity.size(decoded))
                : STRINGS.get("detail.size-decoded", wire, Quantity.size(decoded)) : wire;
        return switch (facts.state()) {
            case NONE, COMPLETE -> text;
            case GROWING -> STRINGS.get("detail.body-growing", text);
            case PARTIAL -> STRINGS.get("detail.body-partial", text, Quantity.size(facts.stored()));
            case MISSING -> facts.wireSize() < 0 ? STRINGS.get("detail.body-missing") : STRINGS.get("detail.body-missing-size", wire);
        };
    }

    /// A moment in full.
    static String moment(double seconds) {
        if (Double.isNaN(seconds) || Math.abs(seconds) > 1e11) return "";
        return TIME.format(Instant.ofEpochMilli(Math.round(seconds * 1000)).atZone(ZoneId.systemDefault()));
    }

    /// What stands first.
    static List<Fact> summary(LoadedFlow loaded) {
        Flow flow = loaded.flow();
        var facts = new ArrayList<Fact>();
        if (flow.error() != null) facts.add(new Fact(STRINGS.get("detail.error"), flow.error(), SECRETS.url(flow.error())));
        if (flow.request() != null) {
            facts.add(Fact.of(STRINGS.get("detail.method"), flow.request().method()));
            facts.add(new Fact(STRINGS.get("detail.url"), flow.request().url(), SECRETS.url(flow.request().url())));
            add(facts, "detail.version", version(flow));
        } else facts.add(Fact.of(STRINGS.get("detail.ends"), ends(flow.connection())));
        if (flow.kind().http()) facts.add(Fact.of(STRINGS.get("detail.status"), status(flow)));
        facts.add(Fact.of(STRINGS.get("detail.kind"), kind(flow)));
        if (flow.kind().http()) {
            facts.add(Fact.of(STRINGS.get("detail.request-body"), size(flow.requestBody(), loaded.decoded()[0])));
            facts.add(Fact.of(STRINGS.get("detail.response-body"), size(flow.responseBody(), loaded.decoded()[1])));
        }
        if (flow.messages() > 0) facts.add(Fact.of(STRINGS.get("detail.messages"), Quantity.count((long) flow.messages())));
        facts.add(Fact.of(STRINGS.get("detail.started"), moment(flow.timing().started())));
        double duration = flow.timing().duration();
        facts.add(Fact.of(STRINGS.get("detail.duration"), Double.isNaN(duration) ? STRINGS.get(loaded.open() ? "detail.goes-on" : "detail.not-known")
                : Quantity.time(duration)));
        facts.add(Fact.of(STRINGS.get("detail.source"), source(flow)));
        if (flow.process() != null) facts.add(Fact.of(STRINGS.get("detail.process"), flow.process().name() + " (" + flow.process().pid() + ")"
                + (flow.process().command() == null ? "" : "\n" + flow.process().command())));
        if (loaded.parent() != null) facts.add(new Fact(STRINGS.get("detail.parent"), loaded.parent(), SECRETS.url(loaded.parent()), loaded.parentRow()));
        if (loaded.madeTitle() != null) facts.add(new Fact(STRINGS.get("detail.made-from"), loaded.madeTitle(), SECRETS.url(loaded.madeTitle()), loaded.madeFrom()));
        if (!flow.comment().isEmpty()) facts.add(new Fact(STRINGS.get("detail.comment"), flow.comment(), SECRETS.url(flow.comment())));
        related(facts, "detail.caused", loaded.caused());
        related(facts, "detail.beside", loaded.beside());
        return facts;
    }

    private static void related(List<Fact> facts, String title, LoadedFlow.Related related) {
        if (related.count() == 0) return;
        facts.add(Fact.title(STRINGS.get(title, related.count())));
        for (int i = 0; i < related.rows().length; i++)
            facts.add(new Fact(STRINGS.get("detail.sibling", i + 1), related.titles().get(i), SECRETS.url(related.titles().get(i)), related.rows()[i]));
        if (related.count() > related.rows().length) facts.add(Fact.of("", STRINGS.get("detail.siblings-more", related.count() - related.rows().length)));
    }

    private static String version(Flow flow) {
        String request = flow.request().httpVersion();
        String response = flow.response() == null ? "" : flow.response().httpVersion();
        return response.isEmpty() || response.equals(request) ? request : request + " → " + response;
    }

    private static void add(List<Fact> facts, String key, String value) {
        if (value != null && !value.isEmpty()) facts.add(Fact.of(STRINGS.get(key), value));
    }

    /// How the connection was encrypted, with its certificates.
    static List<Fact> tls(Flow flow) {
        var facts = new ArrayList<Fact>();
        TlsFacts client = flow.connection().clientTls();
        TlsFacts server = flow.connection().serverTls();
        if (client != null) side(facts, server == null ? "detail.tls" : "detail.tls-client", client, flow.timing().started());
        if (server != null) side(facts, client == null ? "detail.tls" : "detail.tls-server", server, flow.timing().started());
        return facts;
    }

    private static void side(List<Fact> facts, String title, TlsFacts tls, double at) {
        facts.add(Fact.title(STRINGS.get(title)));
        add(facts, "detail.tls-version", tls.version());
        add(facts, "detail.cipher", tls.cipher());
        add(facts, "detail.sni", tls.sni());
        add(facts, "detail.alpn", tls.alpn());
        for (int i = 0; i < tls.certificates().size(); i++) {
            facts.add(Fact.title(STRINGS.get("detail.certificate", i + 1, tls.certificates().size())));
            Optional<CertificateFacts> certificate = CertificateFacts.of(tls.certificates().get(i));
            if (certificate.isEmpty()) facts.add(Fact.of("", STRINGS.get("detail.certificate-unreadable")));
            else certificate(facts, certificate.get(), at);
        }
    }

    private static void certificate(List<Fact> facts, CertificateFacts certificate, double at) {
        add(facts, "detail.subject", certificate.subject());
        add(facts, "detail.issuer", certificate.issuer());
        boolean valid = Double.isNaN(at) || certificate.validAt(Instant.ofEpochMilli((long) (at * 1000)));
        String from = TIME.format(certificate.from().atZone(ZoneId.systemDefault()));
        String until = TIME.format(certificate.until().atZone(ZoneId.systemDefault()));
        facts.add(Fact.of(STRINGS.get("detail.validity"), STRINGS.get(valid ? "detail.valid" : "detail.invalid", from, until)));
        add(facts, "detail.names", String.join("\n", certificate.names()));
        add(facts, "detail.key", certificate.key());
        add(facts, "detail.signature", certificate.signature());
        add(facts, "detail.serial", certificate.serial());
        add(facts, "detail.fingerprint", certificate.fingerprint());
    }

    /// The connection's ends, and what else went over it.
    static List<Fact> connection(LoadedFlow loaded) {
        ConnectionFacts connection = loaded.flow().connection();
        var facts = new ArrayList<Fact>();
        add(facts, "detail.connection-id", connection.id());
        if (connection.client() != null) facts.add(Fact.of(STRINGS.get("detail.client"), connection.client().toString()));
        if (connection.server() != null) facts.add(Fact.of(STRINGS.get("detail.server"), connection.server().toString()));
        if (loaded.shared() == 0) return facts;
        facts.add(Fact.title(STRINGS.get("detail.flows"), STRINGS.get("detail.shared", loaded.shared())));
        for (int i = 0; i < loaded.siblings().length; i++) {
            String title = loaded.titles().get(i);
            String name = STRINGS.get(loaded.siblings()[i] == loaded.row() ? "detail.sibling-this" : "detail.sibling", i + 1);
            facts.add(new Fact(name, title, SECRETS.url(title), loaded.siblings()[i] == loaded.row() ? -1 : loaded.siblings()[i]));
        }
        if (loaded.shared() > loaded.siblings().length) facts.add(Fact.of("", STRINGS.get("detail.siblings-more", loaded.shared() - loaded.siblings().length)));
        return facts;
    }
}
