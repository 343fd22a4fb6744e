/// Traffic tower, the window: where a person sends requests from: again, edited, anew, many times.
package serpentarium.traffic.ui.resend;
