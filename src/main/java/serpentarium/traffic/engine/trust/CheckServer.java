package serpentarium.traffic.engine.trust;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import serpentarium.base.Strings;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.Tasks;

/// A small server on the loopback address that shows a leaf, for one check: it answers any request with a few bytes, and remembers who came by which way.
/// It has two doors, the server itself and a stand-in for a proxy, and forwards nothing.
final class CheckServer implements AutoCloseable {
    private static final Strings STRINGS = Strings.of(CheckServer.class);
    private static final int SILENCE_MILLIS = 10_000;
    private static final long SETTLING_NANOS = 2_000_000_000L;
    private static final int LONGEST_HEAD = 16 << 10;
    private static final int MOST_VISITS = 100;
    private static final int TLS_HANDSHAKE = 0x16;
    private static final byte[] ANSWER = """
            HTTP/1.1 200 OK\r
            Content-Type: application/json\r
            Content-Length: 3\r
            Connection: close\r
            \r
            {}
            """.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CONNECTED = "HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Tasks tasks;
    private final SSLContext tls;
    private final ServerSocket server;
    private final ServerSocket proxy;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<Visit> visits = new ArrayList<>();
    private int begun;

    /// A connection that came.
    ///
    /// @param byProxy whether it came in at the proxy's door
    /// @param tls     whether the client spoke TLS
    /// @param refusal what TLS said when it failed: the client's alert, or that it went away
    /// @param asked   whether a request arrived
    record Visit(boolean byProxy, boolean tls, Optional<String> refusal, boolean asked) {}

    private CheckServer(Tasks tasks, SSLContext tls, ServerSocket server, ServerSocket proxy) {
        this.tasks = tasks;
        this.tls = tls;
        this.server = server;
        this.proxy = proxy;
    }

    /// Opens both doors. The tasks have to run beside the caller.
    static CheckServer open(Tasks tasks, Leaf leaf) throws IOException {
        SSLContext context;
        try {
            context = context(leaf);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
        var server = new ServerSocket(0, 20, InetAddress.getLoopbackAddress());
        ServerSocket proxy;
        try {
            proxy = new ServerSocket(0, 20, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            server.close();
            throw e;
        }
        var opened = new CheckServer(tasks, context, server, proxy);
        opened.attend(server, false);
        opened.attend(proxy, true);
        return opened;
    }

    private static SSLContext context(Leaf leaf) throws GeneralSecurityException, IOException {
        var none = new char[0];
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, none);
        store.setKeyEntry("leaf", leaf.key(), none, leaf.chain().toArray(Certificate[]::new));
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, none);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    /// The port of the server.
    int port() {
        return server.getLocalPort();
    }

    /// The port of the stand-in for a proxy.
    int proxyPort() {
        return proxy.getLocalPort();
    }

    /// Who came so far, once their connections have ended; those that do not end soon are left out.
    List<Visit> visits() throws InterruptedException {
        synchronized (visits) {
            for (long end = System.nanoTime() + SETTLING_NANOS, left = SETTLING_NANOS; visits.size() < begun && left > 0; left = end - System.nanoTime())
                visits.wait(Math.max(1, left / 1_000_000));
            return List.copyOf(visits);
        }
    }

    private void attend(ServerSocket door, boolean byProxy) {
        tasks.submit(TaskSpec.of(STRINGS.get("check.server"), Lane.IO, context -> {
            try (var _ = context.onCancel(this::close)) {
                while (!door.isClosed()) {
                    Socket socket = door.accept();
                    if (!begin()) {
                        socket.close();
                        continue;
                    }
                    tasks.submit(TaskSpec.of(STRINGS.get("check.server"), Lane.IO, _ -> receive(socket, byProxy)).hidden());
                }
            } catch (IOException e) {
                if (!door.isClosed()) throw e;
            }
            return door;
        }).hidden());
    }

    private boolean begin() {
        synchronized (visits) {
            if (begun >= MOST_VISITS) return false;
            begun++;
            return true;
        }
    }

    private Visit receive(Socket socket, boolean byProxy) throws IOException {
        open.add(socket);
        Visit visit = new Visit(byProxy, false, Optional.empty(), false);
        try (socket) {
            if (server.isClosed()) return visit;
            socket.setSoTimeout(SILENCE_MILLIS);
            visit = converse(socket, byProxy);
        } catch (SSLException e) {
            visit = new Visit(byProxy, true, Optional.of(String.valueOf(e.getMessage())), false);
        } catch (IOException _) {
            // The client went away or said nothing; that it came is known.
            visit = new Visit(byProxy, visit.tls, Optional.empty(), false);
        } finally {
            open.remove(socket);
            synchronized (visits) {
                visits.add(visit);
                visits.notifyAll();
            }
        }
        return visit;
    }

    private Visit converse(Socket socket, boolean byProxy) throws IOException {
        int first = socket.getInputStream().read();
        if (first == TLS_HANDSHAKE) return secure(socket, byProxy, new byte[] {(byte) first});
        String head = (char) first + head(socket.getInputStream());
        if (!head.startsWith("CONNECT ")) {
            socket.getOutputStream().write(ANSWER);
            return new Visit(byProxy, false, Optional.empty(), first >= 0);
        }
        socket.getOutputStream().write(CONNECTED);
        return secure(socket, byProxy, new byte[0]);
    }

    private Visit secure(Socket socket, boolean byProxy, byte[] read) throws IOException {
        // What was looked at is read once more by TLS.
        try (SSLSocket secured = (SSLSocket) tls.getSocketFactory().createSocket(socket, new ByteArrayInputStream(read), true)) {
            secured.startHandshake();
            boolean asked = !head(secured.getInputStream()).isEmpty();
            if (asked) secured.getOutputStream().write(ANSWER);
            return new Visit(byProxy, true, Optional.empty(), asked);
        }
    }

    /// What comes until an empty line, the end, or too much.
    private static String head(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        int last = 0;
        for (int c; bytes.size() < LONGEST_HEAD && (c = in.read()) >= 0; ) {
            bytes.write(c);
            if (c == '\r') continue;
            if (c == '\n' && last == '\n') break;
            last = c;
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    @Override public void close() {
        closed(server);
        closed(proxy);
        open.forEach(CheckServer::closed);
    }

    private static void closed(Closeable each) {
        try {
            each.close();
        } catch (IOException _) {
            // It is of no more use either way.
            return;
        }
    }
}
