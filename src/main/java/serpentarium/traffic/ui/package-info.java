/// The traffic pane: the list of flows with its filter, tree, search and charts, and the place where a flow's detail stands.
package serpentarium.traffic.ui;
