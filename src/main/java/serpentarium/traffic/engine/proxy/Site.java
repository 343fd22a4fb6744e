package serpentarium.traffic.engine.proxy;

/// What the passages of one proxy share.
///
/// @param threads   for what waits
/// @param recorder  turns copies of bytes into flows
/// @param connector makes connections to servers
/// @param processes finds the clients' programs
/// @param secrets   opens what is encrypted
/// @param rewrites  what is needed where rules act
record Site(serpentarium.task.ServiceThreads threads, Recorder recorder, Connector connector, Processes processes, Unsealing secrets,
        Rewrites rewrites) {}
