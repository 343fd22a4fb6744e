/// The log tower's root: what lines, records and levels are. Imports `base` and nothing else.
package serpentarium.log;
