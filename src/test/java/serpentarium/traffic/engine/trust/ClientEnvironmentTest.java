package serpentarium.traffic.engine.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import serpentarium.traffic.engine.trust.ClientEnvironment.Shell;

class ClientEnvironmentTest {
    private static final List<String> HARD = List.of("", "plain", "a b", "it's", "''", "\\", "\\'", "$(touch x)", "`x`", "$HOME", "\"q\"",
            "a;b&c|d", "*?[x]", "!x", "#x", "~", "ü ’ ‘", "-n", "%s%n", "{a,b}");

    private static ClientEnvironment environment() {
        var bundle = new TrustBundle(Path.of("/home/o'neil/bundle.pem"), Path.of("/home/o'neil/authority.pem"), List.of(), 2);
        return ClientEnvironment.of(URI.create("http://me:pass@127.0.0.1:8080"), bundle, Optional.of(Path.of("/tmp/keys.log")));
    }

    @Test void everythingThatAClientReadsIsSet() {
        Map<String, String> set = environment().variables();
        for (String name : List.of("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "grpc_proxy"))
            assertEquals("http://me:pass@127.0.0.1:8080", set.get(name), name);
        for (String name : List.of("NO_PROXY", "no_proxy")) assertEquals("", set.get(name));
        for (String name : List.of("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "PIP_CERT", "AWS_CA_BUNDLE", "GRPC_DEFAULT_SSL_ROOTS_FILE_PATH",
                "HTTPLIB2_CA_CERTS", "GIT_SSL_CAINFO")) assertEquals("/home/o'neil/bundle.pem", set.get(name), name);
        assertEquals("/home/o'neil/authority.pem", set.get("NODE_EXTRA_CA_CERTS"));
        assertEquals("/tmp/keys.log", set.get("SSLKEYLOGFILE"));
        assertFalse(environment().toString().contains("pass@"), "a password is not logged");
        assertEquals(Map.of("SSLKEYLOGFILE", "/tmp/keys.log"), ClientEnvironment.keyLog(Path.of("/tmp/keys.log")).variables());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sh", "bash", "dash", "zsh", "fish", "pwsh"})
    void shellsReadWhatWasWritten(String shell) throws Exception {
        assumeTrue(Partners.has(shell), shell + " is not installed");
        var hard = new LinkedHashMap<String, String>();
        for (int i = 0; i < HARD.size(); i++) hard.put("HARD_" + i, HARD.get(i));
        Shell language = shell.equals("fish") ? Shell.FISH : shell.equals("pwsh") ? Shell.POWERSHELL : Shell.SH;
        String print = "python3 -c 'import os; print([os.environ.get(\"HARD_%d\" % i, \"\") for i in range(" + HARD.size() + ")])'";
        var said = Partners.run(Map.of("PYTHONUTF8", "1"), List.of(shell, "-c", new ClientEnvironment(hard).lines(language) + print));
        var command = new ArrayList<>(List.of("python3", "-c", "import sys; print(sys.argv[1:])"));
        command.addAll(HARD);
        var expected = Partners.run(Map.of("PYTHONUTF8", "1"), command);
        assertEquals(expected.text(), said.text());
    }

    @Test void quotesOfFishAndPowerShell() {
        assertEquals("set -gx A 'it\\'s \\\\ $x'", ClientEnvironment.line(Shell.FISH, "A", "it's \\ $x"));
        assertEquals("$env:A = 'it''s ’’ $x'", ClientEnvironment.line(Shell.POWERSHELL, "A", "it's ’ $x"));
        assertEquals("export A='it'\\''s'", ClientEnvironment.line(Shell.SH, "A", "it's"));
        assertEquals("export A='ab'", ClientEnvironment.line(Shell.SH, "A", "a\u001b\nb"));
        assertTrue(environment().lines(Shell.SH).lines().allMatch(line -> line.matches("export \\w+='.*'")));
    }
}
