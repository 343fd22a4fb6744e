package serpentarium.traffic.format.wire;

/// A cipher suite of TLS, by its number.
///
/// Source: the IANA registry of TLS parameters.
///
/// @param name as the registry has it; the number in hexadecimal where it is not known
/// @param mode how records are encrypted
/// @param key  bytes of its key
/// @param hash of its key derivation: `SHA-256` or `SHA-384`
/// @param mac  bytes of the code that authenticates a record of [Mode#CBC]
record CipherSuite(String name, Mode mode, int key, String hash, int mac) {
    /// How records are encrypted.
    enum Mode {
        /// AES-GCM.
        GCM,
        /// ChaCha20-Poly1305.
        CHACHA,
        /// AES-CBC with a separate code.
        CBC,
        /// In a way that cannot be undone here.
        OTHER
    }

    /// The suite of a number.
    static CipherSuite of(int id) {
        String name = name(id);
        boolean known = name != null;
        String shown = known ? name : String.format("0x%04x", id);
        Mode mode = !known || shown.contains("_CCM") ? Mode.OTHER : shown.contains("_GCM") ? Mode.GCM : shown.contains("CHACHA") ? Mode.CHACHA : Mode.CBC;
        int key = mode == Mode.CHACHA || shown.contains("_256_") ? 32 : 16;
        boolean long384 = shown.endsWith("SHA384");
        int mac = mode != Mode.CBC ? 0 : long384 ? 48 : shown.endsWith("SHA256") ? 32 : 20;
        return new CipherSuite(shown, mode, key, long384 ? "SHA-384" : "SHA-256", mac);
    }

    private static String name(int id) {
        return switch (id) {
            case 0x1301 -> "TLS_AES_128_GCM_SHA256";
            case 0x1302 -> "TLS_AES_256_GCM_SHA384";
            case 0x1303 -> "TLS_CHACHA20_POLY1305_SHA256";
            case 0x1304 -> "TLS_AES_128_CCM_SHA256";
            case 0x1305 -> "TLS_AES_128_CCM_8_SHA256";
            case 0x002f -> "TLS_RSA_WITH_AES_128_CBC_SHA";
            case 0x0035 -> "TLS_RSA_WITH_AES_256_CBC_SHA";
            case 0x003c -> "TLS_RSA_WITH_AES_128_CBC_SHA256";
            case 0x003d -> "TLS_RSA_WITH_AES_256_CBC_SHA256";
            case 0x009c -> "TLS_RSA_WITH_AES_128_GCM_SHA256";
            case 0x009d -> "TLS_RSA_WITH_AES_256_GCM_SHA384";
            case 0x0033 -> "TLS_DHE_RSA_WITH_AES_128_CBC_SHA";
            case 0x0039 -> "TLS_DHE_RSA_WITH_AES_256_CBC_SHA";
            case 0x0067 -> "TLS_DHE_RSA_WITH_AES_128_CBC_SHA256";
            case 0x006b -> "TLS_DHE_RSA_WITH_AES_256_CBC_SHA256";
            case 0x009e -> "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256";
            case 0x009f -> "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384";
            case 0xc009 -> "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA";
            case 0xc00a -> "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA";
            case 0xc013 -> "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA";
            case 0xc014 -> "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA";
            case 0xc023 -> "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256";
            case 0xc024 -> "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384";
            case 0xc027 -> "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256";
            case 0xc028 -> "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384";
            case 0xc02b -> "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";
            case 0xc02c -> "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";
            case 0xc02f -> "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";
            case 0xc030 -> "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384";
            case 0xcca8 -> "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256";
            case 0xcca9 -> "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256";
            case 0xccaa -> "TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256";
            default -> null;
        };
    }
}
