/// Logs that are no files: the output of commands, kept in a file while it comes.
package serpentarium.log.ui.source;
