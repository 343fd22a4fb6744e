/// Ground floor: takes compressed files apart (gzip, zstd, bzip2, xz), for all towers. Knows `base` and `task`.
package serpentarium.pack;
