package serpentarium.python.engine.build;

/// A source archive that a definition asks for.
///
/// @param unpacked the folder that it is unpacked to, such as `Python-3.13.5`
/// @param file     its name in the cache
/// @param url      where it is downloaded from
/// @param sha256   its checksum in lower-case hexadecimal digits; empty where the definition gives none
public record Archive(String unpacked, String file, String url, String sha256) {
    /// Whether unpacking takes the program `xz`.
    public boolean xz() {
        return file.endsWith(".xz");
    }
}
