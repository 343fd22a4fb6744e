/// The traffic tower's formats: bytes of files and of the wire to flows, and flows to bytes. Imports the tower's records, `pack`, `task` and
/// `base`.
package serpentarium.traffic.format;
