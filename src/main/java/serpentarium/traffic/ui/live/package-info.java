/// Parts of the traffic pane that start what records live, and help clients to be recorded.
package serpentarium.traffic.ui.live;
