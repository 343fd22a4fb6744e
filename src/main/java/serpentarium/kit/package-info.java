/// Ground floor: controls and ports that panes share (JavaFX).
package serpentarium.kit;
