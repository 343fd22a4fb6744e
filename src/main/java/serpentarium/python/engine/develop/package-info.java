/// Engine of the Python tower: what is needed to write C and C++ for one Python. What is said is tried: CMake is asked, a module is compiled, imported and
/// called, in a scratch folder.
package serpentarium.python.engine.develop;
