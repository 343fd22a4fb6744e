/// Roof: the command line's verbs. They use the same readers and models as the panes.
package serpentarium.app.cli;
