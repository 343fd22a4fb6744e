/// Ground floor: the background task service layer, the only door to another thread. Knows no JavaFX.
package serpentarium.task;
