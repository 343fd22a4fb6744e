/// The pane that shows a body or a message by the view that fits it. Stands alone: the flow's detail puts it in.
package serpentarium.traffic.ui.body;
