package serpentarium.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Answers come in the order of the pieces, few are ahead, and nothing runs on after the end.
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AbreastTest {
    @Test void answersComeInOrderFromSeveralThreads() throws IOException {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        var both = new CountDownLatch(2);
        var begun = new AtomicInteger();
        try (var abreast = new Abreast<Integer>(1000, 2, number -> {
            threads.add(Thread.currentThread());
            begun.incrementAndGet();
            if (number < 2) {
                both.countDown();
                await(both);
            }
            return number;
        })) {
            for (int i = 0; i < 1000; i++) {
                assertEquals(i, abreast.next());
                assertTrue(begun.get() <= i + 1 + 8, "few are ahead");
            }
            assertNull(abreast.next());
        }
        assertEquals(2, threads.size());
        assertEquals(1000, begun.get());
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test void onePieceNeedsNoThread() throws IOException {
        try (var abreast = new Abreast<Thread>(1, 8, _ -> Thread.currentThread())) {
            assertEquals(Thread.currentThread(), abreast.next());
            assertNull(abreast.next());
        }
        try (var none = new Abreast<Integer>(0, 8, number -> number)) {
            assertNull(none.next());
        }
    }

    @Test void whatAPieceThrowsArrivesInItsPlace() throws IOException {
        try (var abreast = new Abreast<Integer>(10, 2, number -> {
            if (number == 3) throw new IOException("gone");
            if (number == 4) throw new CancellationException();
            return number;
        })) {
            for (int i = 0; i < 3; i++) assertEquals(i, abreast.next());
            assertEquals("gone", assertThrows(IOException.class, abreast::next).getMessage());
            assertThrows(CancellationException.class, abreast::next);
            assertEquals(5, abreast.next());
        }
    }

    @Test void closingBeginsNothingMore() throws IOException {
        var begun = new AtomicInteger();
        try (var abreast = new Abreast<Integer>(1_000_000, 2, _ -> begun.incrementAndGet())) {
            abreast.next();
        }
        int then = begun.get();
        assertTrue(then <= 1 + 2 * 8, () -> then + " begun");
        assertEquals(then, begun.get());
    }

    @Test void anInterruptedWaiterStops() {
        var end = new CountDownLatch(1);
        try (var abreast = new Abreast<Integer>(4, 2, number -> {
            await(end);
            return number;
        })) {
            Thread.currentThread().interrupt();
            assertThrows(CancellationException.class, abreast::next);
            assertTrue(Thread.interrupted());
            end.countDown();
        }
    }
}
