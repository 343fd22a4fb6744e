package serpentarium.traffic.engine.proxy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Says where nothing is handed to: our own ports, and addresses that only mean something on this link, where clouds keep their secrets.
final class AddressGuard {
    private final Set<Integer> own = ConcurrentHashMap.newKeySet();

    /// A port that this program listens on.
    void add(int port) {
        own.add(port);
    }

    void remove(int port) {
        own.remove(port);
    }

    /// Whether a connection may be made.
    ///
    /// @param linkLocal whether a person allowed addresses of the link
    boolean allows(InetAddress address, int port, boolean linkLocal) {
        if (!linkLocal && (address.isLinkLocalAddress() || address.isMulticastAddress() || metadata(address))) return false;
        return !own.contains(port) || !ours(address);
    }

    private static boolean metadata(InetAddress address) {
        byte[] b = address.getAddress();
        // Where some clouds answer although the addresses are not link-local: 100.100.100.200 and fd00:ec2::254.
        if (b.length == 4) return b[0] == 100 && b[1] == 100 && b[2] == 100 && (b[3] & 0xff) == 200;
        return address instanceof Inet6Address && (b[0] & 0xff) == 0xfd && b[1] == 0 && b[2] == 0x0e && (b[3] & 0xff) == 0xc2 && b[14] == 2 && b[15] == 0x54;
    }

    private static boolean ours(InetAddress address) {
        if (address.isLoopbackAddress() || address.isAnyLocalAddress()) return true;
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return true;
        }
    }
}
