/// The pane "Versions": which Python applies in a folder and why, which are there, and what can be done with them.
package serpentarium.python.ui;
