/// The list of a log's rows: painted by itself, so that its cost is that of what is visible, whatever the log's size.
package serpentarium.log.ui.list;
