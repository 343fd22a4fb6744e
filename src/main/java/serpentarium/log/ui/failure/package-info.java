/// The log tower's failures: which tracebacks are the same, how often each was seen, and the way from one to the next.
package serpentarium.log.ui.failure;
