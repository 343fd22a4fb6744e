/// The log tower's detail of one record: its fields, its message laid out, its traceback, the source of its frames, and what can be asked about its values.
package serpentarium.log.ui.detail;
