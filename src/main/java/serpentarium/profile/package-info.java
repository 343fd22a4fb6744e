/// The profile tower's records: what a profile is, in columns of primitives. Formats fill them, analyses read them.
package serpentarium.profile;
