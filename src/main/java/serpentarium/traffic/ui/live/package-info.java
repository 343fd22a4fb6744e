/// Parts of the traffic pane that start what records live.
package serpentarium.traffic.ui.live;
