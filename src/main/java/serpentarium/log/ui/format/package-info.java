/// How a log is written, shown and put right where it was not found out: format, encoding, time zone, tried on the log's own lines while a person chooses.
package serpentarium.log.ui.format;
