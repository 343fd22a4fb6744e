/// Engine of the Python tower: every Python of the machine with what can be known of it from its files, environments and packages. Nothing is started to
/// know something; children run only where something is made or moved.
package serpentarium.python.engine.inventory;
