/// Packet captures: from blocks of a file over link layers, IP and TCP to the two byte streams of each connection, which
/// `serpentarium.traffic.format.wire` turns into flows.
package serpentarium.traffic.format.packets;
