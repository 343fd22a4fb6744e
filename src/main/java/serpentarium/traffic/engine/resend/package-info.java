/// Traffic tower, engine: requests that a person sends from here: again, edited, anew, many times. What goes over the network is the proxy's.
package serpentarium.traffic.engine.resend;
