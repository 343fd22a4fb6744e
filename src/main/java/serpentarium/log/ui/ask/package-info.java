/// The log tower's questions: an answer as a table and a chart, what statements cost, and the way from each to its records.
package serpentarium.log.ui.ask;
