/// Log tower, engine: receives what programs log over the network, and keeps it on disk before anybody sees it.
package serpentarium.log.engine.receive;
