/// Making a Python and taking one away: pyenv's definitions, what a build needs, the build as a task, why one failed, the source cache, removal.
/// Imports the tower's root and analysis, `base` and `task`; knows no window. Nothing is written outside of pyenv's root, its own state folder and
/// the build's own temporary folder.
package serpentarium.python.engine.build;
