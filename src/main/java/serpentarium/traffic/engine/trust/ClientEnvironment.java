package serpentarium.traffic.engine.trust;

import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The environment variables that make a client use a proxy and believe its authority, in the order in which a person is shown them.
///
/// Which client obeys which: urllib, httpx and aiohttp `SSL_CERT_FILE`; requests `REQUESTS_CA_BUNDLE`, then `CURL_CA_BUNDLE`; pip these two, then
/// `PIP_CERT`; curl `CURL_CA_BUNDLE`, then `SSL_CERT_FILE` where no `SSL_CERT_DIR` is set; botocore `AWS_CA_BUNDLE`; gRPC, httplib2, git and Node.js their own.
/// curl reads `http_proxy` in small letters only.
///
/// @param variables by name; an empty value stands for a variable that is to be emptied
public record ClientEnvironment(Map<String, String> variables) {
    private static final List<String> PROXIES = List.of("http_proxy", "https_proxy", "all_proxy", "ws_proxy", "wss_proxy");
    private static final List<String> BUNDLES = List.of("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "PIP_CERT", "AWS_CA_BUNDLE",
            "GRPC_DEFAULT_SSL_ROOTS_FILE_PATH", "HTTPLIB2_CA_CERTS", "GIT_SSL_CAINFO", "CARGO_HTTP_CAINFO");

    /// Whose language lines are written in.
    public enum Shell { SH, FISH, POWERSHELL }

    public ClientEnvironment {
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }

    /// What makes clients use a proxy.
    ///
    /// @param proxy  such as `http://127.0.0.1:8080`; what stands before an `@` is a name and a password
    /// @param bundle what they are to believe
    /// @param keyLog where they are to write the keys of their connections; a secret
    public static ClientEnvironment of(URI proxy, TrustBundle bundle, Optional<Path> keyLog) {
        var variables = new LinkedHashMap<>(proxied(proxy));
        for (String name : BUNDLES) variables.put(name, bundle.file().toString());
        variables.put("NODE_EXTRA_CA_CERTS", bundle.authority().toString());
        keyLog.ifPresent(file -> variables.put("SSLKEYLOGFILE", file.toAbsolutePath().toString()));
        return new ClientEnvironment(variables);
    }

    /// What makes clients write the keys of their connections, and nothing else.
    public static ClientEnvironment keyLog(Path file) {
        return new ClientEnvironment(Map.of("SSLKEYLOGFILE", file.toAbsolutePath().toString()));
    }

    /// The variables that name a proxy, in both cases, and those that would let hosts go past it, emptied: they often name `localhost`.
    static Map<String, String> proxied(URI proxy) {
        var variables = new LinkedHashMap<String, String>();
        for (String name : PROXIES) {
            variables.put(name.toUpperCase(Locale.ROOT), proxy.toString());
            variables.put(name, proxy.toString());
        }
        variables.put("grpc_proxy", proxy.toString());
        for (String name : List.of("NO_PROXY", "no_proxy", "no_grpc_proxy")) variables.put(name, "");
        return variables;
    }

    /// Lines to paste into a shell; each sets one variable.
    public String lines(Shell shell) {
        return variables.entrySet().stream().map(each -> line(shell, each.getKey(), each.getValue()) + "\n").collect(Collectors.joining());
    }

    /// The line that sets one variable.
    public static String line(Shell shell, String name, String value) {
        return switch (shell) {
            case SH -> "export " + name + "=" + quoted(shell, value);
            case FISH -> "set -gx " + name + " " + quoted(shell, value);
            case POWERSHELL -> "$env:" + name + " = " + quoted(shell, value);
        };
    }

    /// A value between single quotes, in which the shell reads nothing as anything but itself. Control characters, which no path of ours and no address
    /// holds, are left out: a terminal would act on them.
    static String quoted(Shell shell, String value) {
        String text = value.replaceAll("\\p{Cntrl}", "");
        return "'" + switch (shell) {
            case SH -> text.replace("'", "'\\''");
            case FISH -> text.replace("\\", "\\\\").replace("'", "\\'");
            // PowerShell takes typographic quotes for straight ones.
            case POWERSHELL -> text.replaceAll("['\u2018\u2019\u201a\u201b]", "$0$0");
        } + "'";
    }

    /// Names the variables, not their values: a proxy's may hold a password.
    @Override public String toString() {
        return "ClientEnvironment" + variables.keySet();
    }
}
