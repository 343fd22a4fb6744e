/// The log tower's engine: the bytes of logs, their lines, rotated files as one, following, and searching. Imports the tower's records, formats
/// and analyses, and `task` and `pack`.
package serpentarium.log.engine;
