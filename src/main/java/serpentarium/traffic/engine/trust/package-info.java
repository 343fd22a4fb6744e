/// The certificate authority of the proxy and what makes a client trust it. Imports `base` and `task`; knows no socket but that of the certificate
/// doctor, and no user's file is ever written.
package serpentarium.traffic.engine.trust;
