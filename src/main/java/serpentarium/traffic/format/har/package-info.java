/// HAR 1.2, the HTTP archive of browsers and proxies, read with their quirks and written. Imports the tower's records, `format`, `task` and
/// `base`.
package serpentarium.traffic.format.har;
