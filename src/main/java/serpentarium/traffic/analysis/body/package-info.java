/// How the content of a message is read for a person: views that bid for it, each a pure function from bytes to what is drawn.
package serpentarium.traffic.analysis.body;
