/// The log tower's formats: how logs are written, found by content; lines to records. Imports the tower's records, `task`, `pack` and `base`.
package serpentarium.log.format;
