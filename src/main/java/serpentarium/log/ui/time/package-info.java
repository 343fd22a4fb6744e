/// The log tower's time: when records were written, stacked by level, and the way to a time.
package serpentarium.log.ui.time;
