/// The live proxy: forward, SOCKS and reverse listeners whose traffic goes through byte for byte while a copy of it becomes flows.
package serpentarium.traffic.engine.proxy;
