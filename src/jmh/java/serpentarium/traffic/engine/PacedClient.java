package serpentarium.traffic.engine;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Asks a server for one thing so many times a second over connections that stay, straight or through a proxy. A time is from when a request was due
/// and not from when it could be sent, so that a wait of one is seen by all that wait behind it. Started by hand:
///
/// `java PacedClient.java URL RATE SECONDS CONNECTIONS [PROXY_PORT]`
public final class PacedClient {
    private final String host;
    private final int port;
    private final byte[] request;
    private final AtomicLong failed = new AtomicLong();
    private volatile String why = "";

    private PacedClient(URI url, int proxy) {
        host = proxy > 0 ? "127.0.0.1" : url.getHost();
        port = proxy > 0 ? proxy : url.getPort();
        String target = proxy > 0 ? url.toString() : url.getRawPath();
        request = ("GET " + target + " HTTP/1.1\r\nHost: " + url.getHost() + ":" + url.getPort() + "\r\nAccept: */*\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /// Asks, and prints what came of it.
    public static void main(String[] arguments) throws InterruptedException {
        int rate = Integer.parseInt(arguments[1]);
        int seconds = Integer.parseInt(arguments[2]);
        int connections = Integer.parseInt(arguments[3]);
        var client = new PacedClient(URI.create(arguments[0]), arguments.length > 4 ? Integer.parseInt(arguments[4]) : 0);
        int each = rate * seconds / connections;
        long gap = 1_000_000_000L * connections / rate;
        double[][] times = new double[connections][each];
        var done = new CountDownLatch(connections);
        long begin = System.nanoTime() + 200_000_000;
        for (int i = 0; i < connections; i++) {
            int mine = i;
            Thread.ofPlatform().start(() -> {
                client.ask(times[mine], begin + gap * mine / connections, gap);
                done.countDown();
            });
        }
        done.await();
        double took = (System.nanoTime() - begin) / 1e9;
        double[] all = Arrays.stream(times).flatMapToDouble(Arrays::stream).filter(time -> time > 0).sorted().toArray();
        System.out.printf(Locale.ROOT, "asked %d, answered %d, failed %d in %.1f s; median %.2f ms, 99 %% %.2f ms, 99.9 %% %.2f ms, longest %.1f ms%s%n", (long) each * connections,
                all.length, client.failed.get(), took, at(all, 0.5), at(all, 0.99), at(all, 0.999), at(all, 1), client.why);
    }

    private static double at(double[] sorted, double part) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, sorted.length * part)];
    }

    private void ask(double[] times, long begin, long gap) {
        for (int i = 0; i < times.length;) {
            try (var socket = new Socket()) {
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(20_000);
                socket.connect(new InetSocketAddress(host, port), 5000);
                var in = new BufferedInputStream(socket.getInputStream(), 1 << 14);
                for (; i < times.length; i++) {
                    long due = begin + gap * i;
                    for (long left; (left = due - System.nanoTime()) > 0;) LockSupport.parkNanos(left);
                    socket.getOutputStream().write(request);
                    answer(in);
                    times[i] = (System.nanoTime() - due) / 1e6;
                }
            } catch (IOException e) {
                failed.incrementAndGet();
                why = "; the last failure: " + e;
                i++;
            }
        }
    }

    private static void answer(InputStream in) throws IOException {
        String line = line(in);
        if (!line.startsWith("HTTP/1.1 200 ")) throw new IOException("the answer was " + line);
        int length = -1;
        while (!(line = line(in)).isEmpty()) if (line.regionMatches(true, 0, "content-length:", 0, 15)) length = Integer.parseInt(line.substring(15).strip());
        if (length < 0) throw new IOException("no length was said");
        in.skipNBytes(length);
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder(80);
        for (int b; (b = in.read()) != '\n';) {
            if (b < 0) throw new IOException("the connection was closed");
            if (b != '\r') line.append((char) b);
        }
        return line.toString();
    }
}
