/// Log tower, formats: what programs send over the network when they log. Bytes in, lines of JSON out; it knows no socket and no file.
package serpentarium.log.format.wire;
