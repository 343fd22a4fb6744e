package serpentarium.traffic.engine.proxy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.traffic.Flow;
import serpentarium.traffic.Side;
import serpentarium.traffic.analysis.rule.Rule;
import serpentarium.traffic.analysis.rule.RuleAction;
import serpentarium.traffic.analysis.rule.RuleBook;

/// A proxy with a scripted server behind it, for tests of rules.
@Timeout(60)
abstract class RuledProxy {
    @TempDir Path folder;
    Proxied proxied;
    Scripted server;
    volatile String answer = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nX-Old: 1\r\nContent-Length: 5\r\n\r\nhello";

    @BeforeEach void begin() throws IOException {
        proxied = new Proxied(folder);
        server = Talk.server(_ -> answer);
    }

    @AfterEach void end() throws IOException {
        proxied.close();
        server.close();
    }

    void rules(RuleAction... actions) {
        rules("port:" + server.port(), actions);
    }

    void rules(String filter, RuleAction... actions) {
        proxied.proxy.rules(new RuleBook(java.util.Arrays.stream(actions).map(action -> new Rule("", true, filter, action)).toList()));
    }

    Talk talk() throws IOException {
        return new Talk(proxied.forward.port());
    }

    String get(String path) {
        return "GET " + server.url() + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\nAccept: */*\r\n\r\n";
    }

    String post(String path, String body) {
        return "POST " + server.url() + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    static String extra(Flow flow, String key) {
        byte[] value = flow.extras().get(key);
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }

    String body(Flow flow, Side side) throws IOException {
        return new String(proxied.body(flow, side), StandardCharsets.UTF_8);
    }
}
