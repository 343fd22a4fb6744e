package serpentarium.log.engine.receive;

/// What a receiver is to do.
///
/// @param kind what it understands
/// @param host the address that is listened on
/// @param port the port; 0 for any that is free
public record ReceiverSpec(Kind kind, String host, int port) {
    /// The usual address.
    public static final String LOOPBACK = "127.0.0.1";

    /// What a port understands.
    public enum Kind {
        /// Connections: Python's `SocketHandler`, JSON lines, GELF, syslog; which, shows in the first bytes.
        TCP(9020, false),
        /// Datagrams: Python's `DatagramHandler`, GELF, syslog; which, shows in each.
        UDP(9021, true),
        /// Python's `HTTPHandler`, OpenTelemetry, JSON.
        HTTP(9022, false),
        /// Syslog over connections.
        SYSLOG_TCP(5140, false),
        /// Syslog over datagrams.
        SYSLOG_UDP(5140, true);

        private final int usual;
        private final boolean datagrams;

        Kind(int usual, boolean datagrams) {
            this.usual = usual;
            this.datagrams = datagrams;
        }

        /// The port that is usual for it.
        public int usual() {
            return usual;
        }

        /// Whether it is for datagrams.
        public boolean datagrams() {
            return datagrams;
        }
    }

    /// On this machine alone.
    public static ReceiverSpec of(Kind kind, int port) {
        return new ReceiverSpec(kind, LOOPBACK, port);
    }
}
