/// The traffic tower's engine: sessions on disk. Imports the tower's records, formats and analyses, and `task`.
package serpentarium.traffic.engine;
