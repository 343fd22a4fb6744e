/// The log tower's marks: lines that a person has marked, with notes and tags, and the investigation that is exported of them.
package serpentarium.log.ui.mark;
