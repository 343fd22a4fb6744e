package serpentarium.traffic.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SecretsTest {
    private static final String TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjMifQ.c2lnbmF0dXJl";

    @Test void headers() {
        assertTrue(Secrets.USUAL.header("Authorization"));
        assertTrue(Secrets.USUAL.header("X-CSRF-Token"));
        assertFalse(Secrets.USUAL.header("Content-Type"));
        assertEquals("Bearer ••••••", Secrets.USUAL.headerValue("authorization", "Bearer abc.def"));
        assertEquals("••••••", Secrets.USUAL.headerValue("Authorization", "abc"));
        assertEquals("sid=••••••; theme=••••••", Secrets.USUAL.headerValue("Cookie", "sid=1; theme=dark"));
        assertEquals("sid=••••••; Path=/; HttpOnly", Secrets.USUAL.headerValue("Set-Cookie", "sid=1; Path=/; HttpOnly"));
        assertEquals("https://shop.test/?t=••••••", Secrets.USUAL.headerValue("Referer", "https://shop.test/?t=" + TOKEN));
    }

    @Test void urls() {
        assertEquals("/a?page=2&api_key=••••••&q=x", Secrets.maskUrl("/a?page=2&api_key=abc&q=x"));
        assertEquals("https://••••••@shop.test/a", Secrets.maskUrl("https://ann:secret@shop.test/a"));
        assertEquals("/a?Access%2DToken=••••••#x", Secrets.maskUrl("/a?Access%2DToken=1#x"));
        assertEquals("/a/••••••/b", Secrets.maskUrl("/a/" + TOKEN + "/b"));
        assertEquals("/a?b", Secrets.maskUrl("/a?b"));
        assertEquals("/mail?to=ann@shop.test", Secrets.maskUrl("/mail?to=ann@shop.test"));
        assertEquals("/?token=••••••", Secrets.maskUrl("/?token="));
        assertEquals("/?%zz=1", Secrets.maskUrl("/?%zz=1"));
    }

    @Test void ownList() {
        var own = new Secrets(java.util.Set.of("x-shop"), java.util.Set.of("voucher"));
        assertEquals("••••••", own.headerValue("X-Shop", "1"));
        assertEquals("voucher=••••••&token=1", own.parameters("voucher=9&token=1"));
        assertTrue(own.field("vou-cher"));
    }
}
