/// Protocols as two streams of bytes with times: what comes in becomes flows. There are no sockets and no files here, so that captures and the
/// live proxy read alike. Imports the tower's records, `traffic.format` and `base`.
package serpentarium.traffic.format.wire;
