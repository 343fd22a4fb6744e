/// Traffic tower, window: watching traffic live: what listens, how programs are led to it, what to do while nothing has come.
package serpentarium.traffic.ui.watch;
