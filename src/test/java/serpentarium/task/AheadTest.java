package serpentarium.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Pieces arrive in order, what goes wrong arrives too, and nothing runs on after the end.
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AheadTest {
    @Test void piecesArriveInOrder() throws IOException {
        var made = new AtomicInteger();
        try (var ahead = new Ahead<Integer>(() -> made.get() == 1000 ? null : made.incrementAndGet())) {
            for (int i = 1; i <= 1000; i++) {
                assertEquals(i, ahead.next());
                assertTrue(made.get() <= i + Ahead.ROOM + 1);
            }
            assertNull(ahead.next());
            assertNull(ahead.next());
        }
    }

    @Test void whatTheMakerThrowsArrivesAfterThePieces() throws IOException {
        var made = new AtomicInteger();
        try (var ahead = new Ahead<Integer>(() -> {
            if (made.incrementAndGet() == 3) throw new IOException("gone");
            return made.get();
        })) {
            assertEquals(1, ahead.next());
            assertEquals(2, ahead.next());
            assertEquals("gone", assertThrows(IOException.class, ahead::next).getMessage());
            assertNull(ahead.next());
        }
        try (var ahead = new Ahead<Integer>(() -> {
            throw new CancellationException();
        })) {
            assertThrows(CancellationException.class, ahead::next);
        }
    }

    @Test void closingEndsTheMaker() throws Exception {
        var ended = new CountDownLatch(1);
        try (var ahead = new Ahead<Integer>(() -> {
            try {
                new CountDownLatch(1).await();
                return 1;
            } catch (InterruptedException e) {
                ended.countDown();
                throw new IOException(e);
            }
        })) {
            Thread.currentThread().interrupt();
            assertThrows(CancellationException.class, ahead::next);
            assertTrue(Thread.interrupted());
        }
        assertEquals(0, ended.getCount());
        var made = new AtomicInteger();
        new Ahead<Integer>(made::incrementAndGet).close();
        assertTrue(made.get() <= Ahead.ROOM + 1);
    }
}
