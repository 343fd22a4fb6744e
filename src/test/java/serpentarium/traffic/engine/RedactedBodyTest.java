package serpentarium.traffic.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// What is masked in a body, by its type.
class RedactedBodyTest {
    private static final String TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjMifQ.c2lnbmF0dXJl";

    private static String masked(String text, String type) {
        return new String(RedactedBody.masked(text.getBytes(StandardCharsets.UTF_8), type), StandardCharsets.UTF_8);
    }

    @Test void jsonFormsAndParts() {
        assertEquals("{\"user\": \"ada\", \"password\": \"••••••\"}", masked("{\"user\": \"ada\", \"password\": \"lovelace\"}", "application/json"));
        assertEquals("user=ada&password=••••••", masked("user=ada&password=lovelace", "application/x-www-form-urlencoded"));
        String part = "--b\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\nabc\r\n--b--\r\n";
        assertEquals(part.replace("abc", "••••••"), masked(part, "multipart/form-data; boundary=b"));
    }

    @Test void eventsAndMessages() {
        assertEquals("id: 1\ndata: {\"token\": \"••••••\"}\n\ndata: it's {fine\n\ndata: {\"pin\": \"••••••\"}\n",
                masked("id: 1\ndata: {\"token\": \"abc\"}\n\ndata: it's {fine\n\ndata: {\"pin\": 17}\n", "text/event-stream"));
        assertEquals("{\"token\": \"••••••\"}", masked("{\"token\": \"abc\"}", "text/event-stream"), "the data of an event alone");
        assertEquals("42[\"login\",{\"password\":\"••••••\"}]", masked("42[\"login\",{\"password\":\"x\"}]", ""));
        assertEquals("op=auth&token=••••••", masked("op=auth&token=abc", ""));
        assertEquals("Basic ••••••", masked("Basic YWRhOmx2bGM=", "text/plain"));
        assertEquals("see https://shop.test/a?token=•••••• or not; key=kept\n", masked("see https://shop.test/a?token=abc or not; key=kept\n", "text/plain"));
    }

    @Test void markupAndScripts() {
        assertEquals("<s:Login><s:Password a=\"1\">••••••</s:Password><user>ada</user></s:Login>",
                masked("<s:Login><s:Password a=\"1\">lovelace</s:Password><user>ada</user></s:Login>", "application/soap+xml"));
        assertEquals("<input type=hidden name=\"csrf_token\" value='••••••'><a href=\"/x?sid=••••••\">x</a>",
                masked("<input type=hidden name=\"csrf_token\" value='abc'><a href=\"/x?sid=9\">x</a>", "text/html"));
        assertEquals("<script>state = {\"accessToken\": \"••••••\", \"n\": 1}</script>", masked("<script>state = {\"accessToken\": \"a\\\"bc\", \"n\": 1}</script>", "text/html"));
        assertEquals("var a = \"x\", t = \"••••••\";", masked("var a = \"x\", t = \"" + TOKEN + "\";", "text/javascript"));
    }

    @Test void characterSets() {
        byte[] wide = "\uFEFF{\"password\": \"lovelace\"}".getBytes(StandardCharsets.UTF_16LE);
        assertEquals("\uFEFF{\"password\": \"••••••\"}", new String(RedactedBody.masked(wide, "application/json"), StandardCharsets.UTF_16LE));
        byte[] latin = "{\"name\": \"Änne\", \"password\": \"x\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertEquals("{\"name\": \"Änne\", \"password\": \"******\"}", new String(RedactedBody.masked(latin, "application/json"), Charset.forName("windows-1252")));
        assertEquals("{\"pin\": \"******\"}", masked("{\"pin\": \"x\"}", "application/json; charset=iso-8859-1"));
    }

    @Test void whatHasNoSecretsIsTheSame() {
        for (String type : new String[] {"application/json", "text/html", "text/plain", "", "application/octet-stream", "text/event-stream"}) {
            byte[] body = "<p>Is 2 < 3? key = x; a&b</p> \"name\": \"ada\"".getBytes(StandardCharsets.UTF_8);
            assertSame(body, RedactedBody.masked(body, type), type);
        }
        byte[] binary = new byte[600];
        for (int i = 0; i < binary.length; i++) binary[i] = (byte) i;
        assertArrayEquals(binary, RedactedBody.masked(binary, "application/x-protobuf"));
    }

    @Test void hostileMarkupEndsSoon() {
        String open = "<a ".repeat(300_000) + "<" + "x".repeat(500_000) + "\"token\":\"".repeat(50_000) + "<password>".repeat(50_000);
        long began = System.nanoTime();
        assertFalse(masked(open, "text/html").isEmpty());
        assertTrue(System.nanoTime() - began < 5_000_000_000L, "not linear");
    }
}
