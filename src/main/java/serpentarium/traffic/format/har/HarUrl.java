package serpentarium.traffic.format.har;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import serpentarium.traffic.Headers;
import serpentarium.traffic.RequestHead;

/// The URL of an entry taken apart for a request's head.
final class HarUrl {
    private static final Pattern URL = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://((?:[^/?#@]*@)?)([^/?#:\\[\\]]+|\\[[^/?#\\]]*])(?::(\\d{0,5}))?");
    private static final int LONGEST_AUTHORITY = 4096;

    private HarUrl() {}

    /// The head of a request. What is no URL with a host is a path, so that it is shown as it is.
    static RequestHead head(String method, String url, String httpVersion, Headers headers) {
        if (method.equals("CONNECT")) {
            RequestHead tunnel = tunnel(method, url, httpVersion, headers);
            if (tunnel != null) return tunnel;
        }
        int rest = url.indexOf("://");
        Matcher match = rest > 0 && rest < 40 ? URL.matcher(url).region(0, Math.min(url.length(), authorityEnd(url, rest + 3))) : null;
        if (match == null || !match.matches()) return new RequestHead(method, "", "", 0, "", url, httpVersion, headers);
        String scheme = match.group(1);
        String host = match.group(3).startsWith("[") ? match.group(3).substring(1, match.group(3).length() - 1) : match.group(3);
        boolean named = match.group(4) != null && !match.group(4).isEmpty();
        int port = named ? Integer.parseInt(match.group(4)) : scheme.equalsIgnoreCase("http") ? 80 : scheme.equalsIgnoreCase("https") ? 443 : 0;
        if (port > 65535) return new RequestHead(method, "", "", 0, "", url, httpVersion, headers);
        return new RequestHead(method, scheme, host, port, "", url.substring(match.end()), httpVersion, headers);
    }

    private static int authorityEnd(String url, int from) {
        int at = from;
        while (at < url.length() && at < from + LONGEST_AUTHORITY && "/?#".indexOf(url.charAt(at)) < 0) at++;
        return at;
    }

    private static RequestHead tunnel(String method, String url, String httpVersion, Headers headers) {
        String target = url.contains("://") ? url.substring(url.indexOf("://") + 3) : url;
        if (target.endsWith("/")) target = target.substring(0, target.length() - 1);
        int colon = target.lastIndexOf(':');
        String port = colon < 0 ? "" : target.substring(colon + 1);
        if (port.isEmpty() || port.length() > 5 || !port.chars().allMatch(c -> c >= '0' && c <= '9') || Integer.parseInt(port) > 65535) return null;
        String host = target.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) host = host.substring(1, host.length() - 1);
        return new RequestHead(method, "", host, Integer.parseInt(port), target, "", httpVersion, headers);
    }
}
