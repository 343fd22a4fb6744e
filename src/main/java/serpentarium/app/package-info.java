/// Roof: start, wiring, and the command line's verbs.
package serpentarium.app;
