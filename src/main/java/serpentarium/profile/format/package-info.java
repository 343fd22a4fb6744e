/// Profile tower: bytes to profile, profile to bytes. Pure; one class a format.
package serpentarium.profile.format;
