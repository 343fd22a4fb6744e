/// Traffic tower, engine: a session that grows while a person watches: its proxy, and where it is kept.
package serpentarium.traffic.engine.watch;
