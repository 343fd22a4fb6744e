/// Roof: the window, its panes' host, commands, settings. Knows panes only by [serpentarium.kit.Workpane].
package serpentarium.shell;
