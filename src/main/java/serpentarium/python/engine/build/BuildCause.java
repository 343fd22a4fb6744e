package serpentarium.python.engine.build;

/// Why a build failed. Where several hold, the first of these is told.
public enum BuildCause {
    /// There is no definition of this name.
    NO_DEFINITION,
    /// It is installed already.
    ALREADY_INSTALLED,
    /// The temporary folder cannot execute.
    NO_EXECUTION,
    /// The temporary folder cannot be used.
    NO_TEMPORARY_FOLDER,
    /// The disk is full.
    DISK_FULL,
    /// The processor's memory ran out.
    OUT_OF_MEMORY,
    /// No program that downloads.
    NO_DOWNLOADER,
    /// No program that fetches repositories.
    NO_GIT,
    /// A file in the cache is not what the definition asks for.
    BAD_CACHE,
    /// What was downloaded is not what the definition asks for.
    BAD_DOWNLOAD,
    /// Without xz, another archive was looked for.
    NO_XZ,
    /// The server's certificate is not believed.
    CERTIFICATE,
    /// The server does not have the archive.
    NOT_ON_SERVER,
    /// The server is not reached.
    OFFLINE,
    /// The download failed in another way.
    DOWNLOAD,
    /// No compiler.
    NO_COMPILER,
    /// The compiler does not work.
    BROKEN_COMPILER,
    /// No make.
    NO_MAKE,
    /// No patch.
    NO_PATCH,
    /// OpenSSL's headers are missing or too old.
    MISSING_SSL,
    /// zlib's headers are missing.
    MISSING_ZLIB,
    /// Another header is missing.
    MISSING_HEADER,
    /// A library to link with is missing.
    MISSING_LIBRARY,
    /// Nothing may be written there.
    PERMISSION,
    /// configure gave up for another reason.
    CONFIGURE,
    /// The compiler found fault with the source.
    COMPILE,
    /// Somebody ended it.
    ENDED,
    /// None of these.
    UNKNOWN
}
