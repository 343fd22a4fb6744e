package serpentarium.traffic.engine.proxy;

import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;

/// What a listener is to do.
public sealed interface ListenerSpec {
    /// The usual address.
    String LOOPBACK = "127.0.0.1";

    /// The address that is listened on.
    String host();

    /// The port; 0 for any that is free.
    int port();

    /// A forward proxy, and SOCKS 5 and 4a on the same port.
    record Forward(String host, int port) implements ListenerSpec {}

    /// In front of one server.
    ///
    /// @param origin   the server
    /// @param base     goes before each path; empty or with a slash at its beginning and none at its end
    /// @param keepHost whether the server sees the Host field as the client sent it, else its own name
    record Reverse(String host, int port, Origin origin, String base, boolean keepHost) implements ListenerSpec {
        private static final Strings STRINGS = Strings.of(Reverse.class);

        /// In front of the server of a URL.
        ///
        /// @throws ProblemException when it is no URL of HTTP or HTTPS
        public static Reverse of(String host, int port, String url, boolean keepHost) {
            try {
                String target = url.indexOf("://") < 0 ? "http://" + url : url;
                Origin origin = Origin.ofAbsolute(target);
                if (origin != null && Origin.authority(target).equals(authorityWithUser(target))) {
                    String path = Origin.path(target, "GET");
                    String plain = path.indexOf('?') < 0 ? path : path.substring(0, path.indexOf('?'));
                    return new Reverse(host, port, origin, plain.replaceAll("/+$", ""), keepHost);
                }
            } catch (BadMessage e) {
                throw new ProblemException(Problem.of(STRINGS, "listen.bad-url", Place.NOWHERE, url, e.getMessage()).causedBy(e));
            }
            throw new ProblemException(Problem.of(STRINGS, "listen.bad-url", Place.NOWHERE, url, ""));
        }

        private static String authorityWithUser(String target) {
            int start = target.indexOf("://") + 3;
            int at = start;
            while (at < target.length() && "/?#".indexOf(target.charAt(at)) < 0) at++;
            return target.substring(start, at);
        }

        /// The server's URL.
        public String url() {
            return (origin.tls() ? "https://" : "http://") + origin.hostField() + base;
        }
    }
}
