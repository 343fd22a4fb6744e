/// Traffic as it happens: packets that are captured while they are read, the secrets that go with them, and the programs at their ends.
package serpentarium.traffic.engine.live;
