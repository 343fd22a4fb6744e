/// Traffic tower, engine: answers that the proxy gives in a server's place, from files and from recordings. No socket.
package serpentarium.traffic.engine.rewrite;
