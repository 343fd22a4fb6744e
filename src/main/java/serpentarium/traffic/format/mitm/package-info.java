/// mitmproxy's flow dumps, read in all versions and written in those that mitmproxy reads. Imports the tower's records, `format`, `task` and
/// `base`.
package serpentarium.traffic.format.mitm;
