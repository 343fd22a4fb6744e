/// The traffic tower's records: what a flow is, where flows are written to and how they are read back. Formats and the live sources write
/// into a [serpentarium.traffic.FlowSink]; the pane reads a [serpentarium.traffic.Session].
package serpentarium.traffic;
