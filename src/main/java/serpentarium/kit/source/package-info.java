/// Ground floor: the source files that profiles and logs name: found, read, coloured.
package serpentarium.kit.source;
