/// Ground floor: reads what Python's `pickle` wrote as data, for all towers. Nothing is imported, looked up or called. Knows `base` and `task`.
package serpentarium.pickle;
