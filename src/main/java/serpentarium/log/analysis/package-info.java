/// The log tower's analyses: filters over records, questions with tables as answers, tracebacks taken apart, what statements cost. Imports the tower's
/// records, `task` and `base`.
package serpentarium.log.analysis;
