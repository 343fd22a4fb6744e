/// The log pane: a log of any size as a list that follows it, and what stands around that list.
package serpentarium.log.ui;
