/// The python tower's records: a Python that is there, a rule that chooses one for a folder, what typing `python` would start, and what is
/// wrong on the way. They carry facts; the sentences are made in `engine`.
package serpentarium.python;
