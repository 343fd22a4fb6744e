/// Python versions from the disk: pyenv's root, which version applies in a folder and why, what typing `python` starts, how pins are written
/// and found. No process is started but where a foreign hook leaves no other way.
package serpentarium.python.engine;
