package serpentarium.traffic.engine.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.ArrayList;

/// The way of a listener in front of one server. The server sees requests as if they were made to it, and what it answers about its own place is
/// put right for who asked the listener.
final class ReverseRoute implements Route {
    private final ListenerSpec.Reverse spec;
    private final Password password;
    private final boolean secure;

    /// @param password null where none is asked for
    /// @param secure   whether the client speaks TLS to the listener
    ReverseRoute(ListenerSpec.Reverse spec, Password password, boolean secure) {
        this.spec = spec;
        this.password = password;
        this.secure = secure;
    }

    @Override public Step step(Head head, RequestLine line, Channel client) throws BadMessage {
        if (head.has("host")) head.only("host");
        if (password != null && !password.matches(head.only("authorization"))) return new Answer(ErrorPage.password(false), STRINGS.get("refused.password"));
        if (line.method().equals("CONNECT")) throw new BadMessage(400, STRINGS.get("bad.connect"));
        return new Forward(spec.origin(), false);
    }

    @Override public void request(Head head, RequestLine line, Origin to, ByteBuf out) {
        String target = target(line);
        if (target.equals(line.target())) head.copyLine(out);
        else Route.line(line, target, out);
        boolean hosted = false;
        for (int i = 0; i < head.count(); i++) {
            // The password was for this listener.
            if (password != null && head.named(i, "authorization")) continue;
            boolean host = head.named(i, "host");
            hosted |= host;
            if (host && !spec.keepHost()) head.copy(i, to.hostField(), out);
            else head.copy(i, out);
        }
        if (!hosted && line.version().equals("HTTP/1.1")) Route.field("Host", to.hostField(), out);
        Route.close(out);
    }

    private String target(RequestLine line) {
        String target = line.target();
        String path = target.indexOf("://") > 0 && !target.startsWith("/") ? Origin.path(target, line.method()) : target;
        return target(path);
    }

    /// A path as the server knows it.
    String target(String path) {
        return path.startsWith("/") ? spec.base() + path : path;
    }

    @Override public ByteBuf response(Head head, Asked asked, Passage passage) {
        boolean touched = false;
        String[] values = null;
        for (int i = 0; i < head.count(); i++) {
            boolean place = head.named(i, "location") || head.named(i, "content-location");
            if (!place && !head.named(i, "set-cookie")) continue;
            String value = head.value(i);
            String now = place ? location(value, asked.authority()) : cookie(value);
            if (now.equals(value)) continue;
            if (values == null) values = new String[head.count()];
            values[i] = now;
            touched = true;
        }
        if (!touched) return null;
        ByteBuf out = passage.client().channel().alloc().buffer(head.bytes().length + 64);
        head.copyLine(out);
        for (int i = 0; i < head.count(); i++) {
            if (values[i] == null) head.copy(i, out);
            else head.copy(i, values[i], out);
        }
        Route.close(out);
        return out;
    }

    /// A place at the server, as the client knows it.
    String location(String value, String authority) {
        int scheme = value.startsWith("//") ? 0 : value.indexOf("://") + 1;
        if (scheme == 0 && !value.startsWith("//")) return value.startsWith("/") ? withoutBase(value) : value;
        String address = scheme == 0 ? (spec.origin().tls() ? "https:" : "http:") + value : value;
        try {
            Origin to = Origin.ofAbsolute(address);
            if (to == null || !to.equals(spec.origin()) || authority.isEmpty()) return value;
        } catch (BadMessage e) {
            return value;
        }
        int path = address.indexOf("://") + 3;
        while (path < address.length() && "/?#".indexOf(address.charAt(path)) < 0) path++;
        return (secure ? "https://" : "http://") + authority + withoutBase(address.substring(path));
    }

    private String withoutBase(String path) {
        String base = spec.base();
        if (base.isEmpty() || !path.startsWith(base)) return path;
        String rest = path.substring(base.length());
        return rest.isEmpty() ? "/" : rest.charAt(0) == '/' ? rest : rest.charAt(0) == '?' || rest.charAt(0) == '#' ? "/" + rest : path;
    }

    /// A cookie that the client sends back to the listener.
    String cookie(String value) {
        String[] parts = value.split(";", -1);
        boolean plain = !secure && spec.origin().tls();
        var kept = new ArrayList<String>();
        kept.add(parts[0]);
        for (int i = 1; i < parts.length; i++) {
            int equal = parts[i].indexOf('=');
            String name = (equal < 0 ? parts[i] : parts[i].substring(0, equal)).strip();
            String what = equal < 0 ? "" : parts[i].substring(equal + 1).strip();
            if (name.equalsIgnoreCase("domain") && own(what)) continue;
            if (plain && (name.equalsIgnoreCase("secure") || name.equalsIgnoreCase("samesite") && what.equalsIgnoreCase("none"))) continue;
            kept.add(name.equalsIgnoreCase("path") && !withoutBase(what).equals(what) ? " Path=" + withoutBase(what) : parts[i]);
        }
        return String.join(";", kept);
    }

    /// Whether a cookie's domain is the server's own or one above it.
    private boolean own(String domain) {
        String name = domain.startsWith(".") ? domain.substring(1) : domain;
        String host = spec.origin().host();
        return !name.isEmpty() && (host.equalsIgnoreCase(name) || host.toLowerCase(java.util.Locale.ROOT).endsWith("." + name.toLowerCase(java.util.Locale.ROOT)));
    }
}
