package serpentarium.traffic.format.packets;

import serpentarium.traffic.Endpoint;

/// The two ends of a conversation, the same whichever of them sent a packet.
///
/// @param tcp   whether it is TCP; else UDP
/// @param v6    whether the addresses are of IPv6
/// @param highA upper half of the lower address
/// @param lowA  lower half of the lower address; all of it for IPv4
/// @param portA port at the lower address
/// @param highB upper half of the other address
/// @param lowB  lower half of the other address
/// @param portB port at the other address
record Ends(boolean tcp, boolean v6, long highA, long lowA, int portA, long highB, long lowB, int portB) {
    @Override public int hashCode() {
        long hash = (highA * 31 + lowA) * 0x9e3779b97f4a7c15L + (highB * 31 + lowB) * 0xc2b2ae3d27d4eb4fL + ((long) portA << 16 | portB) * 0x165667b19e3779f9L;
        return (int) (hash ^ hash >>> 32) + (tcp ? 1 : 0);
    }

    @Override public boolean equals(Object other) {
        return other instanceof Ends e && lowA == e.lowA && lowB == e.lowB && portA == e.portA && portB == e.portB && highA == e.highA && highB == e.highB
                && tcp == e.tcp && v6 == e.v6;
    }

    /// One end, for a person.
    Endpoint end(int which) {
        return new Endpoint(which == 0 ? address(highA, lowA) : address(highB, lowB), which == 0 ? portA : portB);
    }

    int port(int which) {
        return which == 0 ? portA : portB;
    }

    private String address(long high, long low) {
        if (!v6) return (low >>> 24 & 255) + "." + (low >>> 16 & 255) + "." + (low >>> 8 & 255) + "." + (low & 255);
        int[] words = new int[8];
        for (int i = 0; i < 8; i++) words[i] = (int) ((i < 4 ? high : low) >>> 48 - i % 4 * 16 & 0xffff);
        int best = -1;
        int longest = 1;
        for (int i = 0; i < 8; i++) {
            int run = 0;
            while (i + run < 8 && words[i + run] == 0) run++;
            if (run > longest) {
                best = i;
                longest = run;
            }
        }
        var text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == best) {
                text.append("::");
                i += longest - 1;
                continue;
            }
            if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') text.append(':');
            text.append(Integer.toHexString(words[i]));
        }
        return text.toString();
    }
}
