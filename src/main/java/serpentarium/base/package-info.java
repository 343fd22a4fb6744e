/// Ground floor, lowest stone: bytes, text, units and [serpentarium.base.Problem]. Depends on nothing but the JDK's core.
package serpentarium.base;
