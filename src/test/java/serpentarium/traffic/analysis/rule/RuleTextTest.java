package serpentarium.traffic.analysis.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import serpentarium.traffic.Side;

class RuleTextTest {
    static Stream<RuleAction> actions() {
        return Stream.of(new RuleAction.Pause(Side.RESPONSE, 30), new RuleAction.MapLocal("/srv/a \"b\""), new RuleAction.MapRemote("https://staging.test:8443/"),
                new RuleAction.Replay("/tmp/a.har", true), new RuleAction.SetHeader(Side.REQUEST, "X-A", "ü, \\ \t b"), new RuleAction.RemoveHeader(Side.RESPONSE, "Set-Cookie"),
                new RuleAction.ReplaceInBody(Side.RESPONSE, "(?<n>\\d+)", "$1-${n}-\\$"), new RuleAction.Respond(418, "text/plain", "tea\n"), new RuleAction.Block(),
                new RuleAction.Fail(12.5, 0), new RuleAction.Fail(100, 503), new RuleAction.Delay(250), new RuleAction.Throttle(64));
    }

    @ParameterizedTest
    @MethodSource("actions")
    void isReadBackAsItWas(RuleAction action) {
        var rule = new Rule("name", true, "host shop status >= 400", action);
        assertEquals(Optional.empty(), RuleCheck.of(rule));
        assertEquals(Optional.of(rule), RuleText.read(RuleText.write(rule)));
        assertEquals(1, RuleText.write(rule).lines().count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"name\":\"\",\"on\":true,\"filter\":\"\",\"action\":\"explode\"}", "{\"name\":\"\",\"on\":1,\"filter\":\"\",\"action\":\"block\"}",
        "{\"name\":\"\",\"on\":true,\"filter\":\"\",\"action\":\"delay\",\"milliseconds\":1e99}", "{\"name\":\"\",\"on\":true,\"filter\":\"\",\"action\":\"pause\",\"side\":\"up\",\"seconds\":1}"})
    void whatIsNoRuleIsLeftOut(String text) {
        assertEquals(Optional.empty(), RuleText.read(text));
    }

    @Test void saysWhatIsWrong() {
        for (RuleAction wrong : List.of(new RuleAction.MapRemote("shop.test/x"), new RuleAction.MapRemote("http://user:secret@shop.test/"), new RuleAction.MapLocal(" "),
                new RuleAction.SetHeader(Side.REQUEST, "X A", "b"), new RuleAction.SetHeader(Side.REQUEST, "X-A", "b\r\nX-B: c"), new RuleAction.SetHeader(Side.REQUEST, "", "b"),
                new RuleAction.SetHeader(Side.RESPONSE, "Content-Length", "5"), new RuleAction.RemoveHeader(Side.REQUEST, "transfer-encoding"),
                new RuleAction.ReplaceInBody(Side.RESPONSE, "(", ""), new RuleAction.ReplaceInBody(Side.RESPONSE, "a", "$1"), new RuleAction.ReplaceInBody(Side.RESPONSE, "a", "${n}"),
                new RuleAction.ReplaceInBody(Side.RESPONSE, "a", "x\\"), new RuleAction.ReplaceInBody(Side.RESPONSE, "", "x"), new RuleAction.Respond(99, "", ""),
                new RuleAction.Respond(200, "text/plain\nX: y", ""), new RuleAction.Fail(101, 503), new RuleAction.Fail(Double.NaN, 503), new RuleAction.Delay(-1),
                new RuleAction.Throttle(0), new RuleAction.Pause(Side.REQUEST, 0))) {
            assertTrue(RuleCheck.of(new Rule("", true, "", wrong)).isPresent(), wrong::toString);
        }
        assertTrue(RuleCheck.of(new Rule("", true, "status >", new RuleAction.Block())).orElseThrow().contains("filter"));
    }
}
