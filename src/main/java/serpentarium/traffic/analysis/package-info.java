/// The traffic tower's analyses: filters over flows, searches, sorting, sums. Imports the tower's records, `task` and `base`.
package serpentarium.traffic.analysis;
