package serpentarium.traffic.ui.watch;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;
import serpentarium.kit.Settings;
import serpentarium.traffic.engine.proxy.ProxyOptions;

/// The proxy's options as a person types them, and as they are remembered. Passwords are not remembered.
///
/// @param user        what clients must show; empty for nothing
/// @param password    of this user
/// @param passThrough hosts that are never decrypted, with commas or spaces between
/// @param unverified  hosts whose certificate is not checked
/// @param chain       the URL of another proxy; empty for none
/// @param whole       whether traffic waits for the recorder
record OptionsText(String user, String password, String passThrough, String unverified, String chain, boolean whole) {
    private static final Strings STRINGS = Strings.of(OptionsText.class);
    private static final String KEY = "traffic.proxy.";

    /// What is remembered.
    static OptionsText read(Settings settings) {
        return new OptionsText("", "", String.join(", ", settings.texts(KEY + "pass-through")), String.join(", ", settings.texts(KEY + "unverified")),
                settings.text(KEY + "upstream").orElse(""), settings.text(KEY + "whole").filter("true"::equals).isPresent());
    }

    /// Remembers all but passwords.
    void remember(Settings settings) {
        settings.put(KEY + "pass-through", List.copyOf(hosts(passThrough)));
        settings.put(KEY + "unverified", List.copyOf(hosts(unverified)));
        String url = chain.strip();
        int at = url.lastIndexOf('@');
        settings.put(KEY + "upstream", at < 0 ? url : url.substring(0, url.indexOf("://") + 3) + url.substring(at + 1));
        settings.put(KEY + "whole", String.valueOf(whole));
    }

    /// The options.
    ///
    /// @param before what is not asked for here
    /// @throws ProblemException that says what is wrong
    ProxyOptions options(ProxyOptions before) {
        if (user.isBlank() != password.isEmpty()) throw problem("options.both", "");
        if (user.indexOf(':') >= 0) throw problem("options.colon", user);
        var credentials = user.isBlank() ? null : new ProxyOptions.Credentials(user.strip(), password);
        return before.withCredentials(credentials).withPassThrough(hosts(passThrough)).withUnverified(hosts(unverified))
                .withChain(chain.isBlank() ? null : chain(chain.strip())).withWhole(whole);
    }

    private static Set<String> hosts(String text) {
        var hosts = new LinkedHashSet<String>();
        for (String each : Arrays.stream(text.split("[,\\s]+")).filter(part -> !part.isEmpty()).toList()) {
            String name = each.startsWith("*.") ? each.substring(2) : each;
            boolean address = name.indexOf(':') >= 0 && name.matches("[0-9A-Fa-f:.]+");
            if (!each.equals("*") && !address && !name.matches("[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?")) throw problem("options.host", each);
            hosts.add(each);
        }
        return hosts;
    }

    private static ProxyOptions.Chain chain(String url) {
        boolean socks = url.startsWith("socks5://");
        if (!socks && !url.startsWith("http://")) throw problem("options.upstream", url);
        String rest = url.substring(url.indexOf("://") + 3).replaceAll("/+$", "");
        int at = rest.lastIndexOf('@');
        String place = rest.substring(at + 1);
        int colon = place.lastIndexOf(':');
        if (colon < 1 || !place.substring(colon + 1).matches("\\d{1,5}")) throw problem("options.upstream", url);
        int port = Integer.parseInt(place.substring(colon + 1));
        String shown = at < 0 ? "" : rest.substring(0, at);
        int split = shown.indexOf(':');
        if (port < 1 || port > 65_535 || at >= 0 && split < 1) throw problem("options.upstream", url);
        var credentials = at < 0 ? null : new ProxyOptions.Credentials(shown.substring(0, split), shown.substring(split + 1));
        return new ProxyOptions.Chain(socks ? ProxyOptions.Chain.Kind.SOCKS5 : ProxyOptions.Chain.Kind.HTTP, place.substring(0, colon).replaceAll("^\\[|]$", ""), port, credentials);
    }

    private static ProblemException problem(String id, String what) {
        return new ProblemException(Problem.of(STRINGS, id, Place.NOWHERE, what));
    }
}
