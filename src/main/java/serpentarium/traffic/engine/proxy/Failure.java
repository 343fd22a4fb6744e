package serpentarium.traffic.engine.proxy;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.proxy.ProxyConnectException;
import serpentarium.base.Strings;

/// Why a server could not be reached.
///
/// @param kind   what happened
/// @param detail for the flow; not for who asked
record Failure(Kind kind, String detail) {
    private static final Strings STRINGS = Strings.of(Failure.class);

    /// What happened.
    enum Kind { NAME, REFUSED, TIMEOUT, UNREACHABLE, FORBIDDEN, UNTRUSTED, TLS, CHAIN }

    /// What an exception means.
    static Failure of(Throwable cause, Origin origin) {
        String said = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        Kind kind = switch (cause) {
            case UnknownHostException _ -> Kind.NAME;
            case ProxyConnectException _ -> Kind.CHAIN;
            case ConnectTimeoutException _ -> Kind.TIMEOUT;
            case SocketTimeoutException _ -> Kind.TIMEOUT;
            case TimeoutException _ -> Kind.TIMEOUT;
            case NoRouteToHostException _ -> Kind.UNREACHABLE;
            case ConnectException _ -> Kind.REFUSED;
            case SSLException ssl when untrusted(ssl) -> Kind.UNTRUSTED;
            case SSLException _ -> Kind.TLS;
            default -> Kind.UNREACHABLE;
        };
        return new Failure(kind, STRINGS.get("failed." + key(kind), origin.toString(), root(cause, said)));
    }

    private static boolean untrusted(Throwable cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) if (at instanceof java.security.cert.CertificateException) return true;
        return false;
    }

    private static String root(Throwable cause, String said) {
        Throwable at = cause;
        while (at.getCause() != null) at = at.getCause();
        String text = at.getMessage() == null ? said : at.getMessage();
        // What a server sent in place of TLS stands there in full.
        return text.startsWith("not an SSL/TLS record") ? STRINGS.get("failed.no-tls") : text;
    }

    private static String key(Kind kind) {
        return kind.name().toLowerCase(java.util.Locale.ROOT);
    }

    /// A place that nothing is handed to.
    static Failure forbidden(Origin origin) {
        return new Failure(Kind.FORBIDDEN, STRINGS.get("failed.forbidden", origin.toString(), ""));
    }

    /// What a client is told; says nothing of what it sent.
    String page() {
        return STRINGS.get("page." + key(kind));
    }

    /// The status that a client is answered.
    int status() {
        return switch (kind) {
            case FORBIDDEN -> 403;
            case TIMEOUT -> 504;
            default -> 502;
        };
    }
}
