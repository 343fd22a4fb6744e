/// What is shown of a log: filter, levels, loggers, chips that say what is hidden, highlights, and the list of what was found.
package serpentarium.log.ui.filter;
