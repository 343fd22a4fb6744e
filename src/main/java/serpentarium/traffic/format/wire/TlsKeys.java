package serpentarium.traffic.format.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// The keys of one direction of a TLS connection, which open its records.
///
/// Source: RFC 8446 sections 5.2, 7.1 and 7.3; RFC 5246 sections 5 and 6; RFC 5288, 7366 and 7905.
final class TlsKeys {
    private final CipherSuite suite;
    private final byte[] secret;
    private final byte[] key;
    private final byte[] iv;
    private final boolean tls13;
    private final boolean encryptThenMac;
    private Cipher cipher;
    private long sequence;

    private TlsKeys(CipherSuite suite, byte[] secret, byte[] key, byte[] iv, boolean tls13, boolean encryptThenMac) {
        this.suite = suite;
        this.secret = secret;
        this.key = key;
        this.iv = iv;
        this.tls13 = tls13;
        this.encryptThenMac = encryptThenMac;
    }

    /// From a secret of TLS 1.3; null where there is none, or it is none for this suite.
    static TlsKeys of13(CipherSuite suite, byte[] secret) {
        if (secret == null || suite.mode() == CipherSuite.Mode.OTHER) return null;
        try {
            byte[] key = expand(suite, secret, "key", suite.key());
            byte[] iv = expand(suite, secret, "iv", 12);
            return new TlsKeys(suite, secret, key, iv, true, false);
        } catch (GeneralSecurityException e) {
            return null;
        }
    }

    /// The keys after these, as KeyUpdate makes them; null where they cannot be made.
    TlsKeys next() {
        try {
            return of13(suite, expand(suite, secret, "traffic upd", secret.length));
        } catch (GeneralSecurityException e) {
            return null;
        }
    }

    private static byte[] expand(CipherSuite suite, byte[] secret, String label, int length) throws GeneralSecurityException {
        byte[] name = ("tls13 " + label).getBytes(StandardCharsets.US_ASCII);
        ByteBuffer info = ByteBuffer.allocate(4 + name.length).putShort((short) length).put((byte) name.length).put(name).put((byte) 0);
        KDF kdf = KDF.getInstance(suite.hash().equals("SHA-384") ? "HKDF-SHA384" : "HKDF-SHA256");
        return kdf.deriveData(HKDFParameterSpec.expandOnly(new SecretKeySpec(secret, "Generic"), info.array(), length));
    }

    /// From the master secret of TLS 1.2; null where it is none.
    ///
    /// @param server whether for what the server sends
    static TlsKeys of12(CipherSuite suite, byte[] master, byte[] clientRandom, byte[] serverRandom, boolean server, boolean encryptThenMac) {
        if (master == null || master.length == 0 || suite.mode() == CipherSuite.Mode.OTHER) return null;
        try {
            int mac = suite.mac();
            int fixed = suite.mode() == CipherSuite.Mode.GCM ? 4 : suite.mode() == CipherSuite.Mode.CHACHA ? 12 : 0;
            byte[] seed = ByteBuffer.allocate(13 + serverRandom.length + clientRandom.length).put("key expansion".getBytes(StandardCharsets.US_ASCII)).put(serverRandom)
                    .put(clientRandom).array();
            byte[] block = prf(suite, master, seed, 2 * (mac + suite.key() + fixed));
            int at = 2 * mac + (server ? suite.key() : 0);
            byte[] key = Arrays.copyOfRange(block, at, at + suite.key());
            int ivAt = 2 * (mac + suite.key()) + (server ? fixed : 0);
            return new TlsKeys(suite, master, key, Arrays.copyOfRange(block, ivAt, ivAt + fixed), false, encryptThenMac);
        } catch (GeneralSecurityException e) {
            return null;
        }
    }

    private static byte[] prf(CipherSuite suite, byte[] master, byte[] seed, int length) throws GeneralSecurityException {
        String name = suite.hash().equals("SHA-384") ? "HmacSHA384" : "HmacSHA256";
        Mac mac = Mac.getInstance(name);
        mac.init(new SecretKeySpec(master, name));
        ByteBuffer out = ByteBuffer.allocate(length);
        byte[] a = seed;
        while (out.hasRemaining()) {
            a = mac.doFinal(a);
            mac.update(a);
            byte[] piece = mac.doFinal(seed);
            out.put(piece, 0, Math.min(piece.length, out.remaining()));
        }
        return out.array();
    }

    /// A record was not seen.
    void skip() {
        sequence++;
    }

    /// Opens a record; null where it does not fit these keys, which then stay as they were.
    ///
    /// @param header of 5 bytes, before the content
    byte[] open(byte[] b, int header, int length) {
        try {
            byte[] plain = suite.mode() == CipherSuite.Mode.CBC ? cbc(b, header + 5, length) : aead(b, header, length);
            if (plain != null) sequence++;
            return plain;
        } catch (GeneralSecurityException e) {
            cipher = null;
            return null;
        }
    }

    private byte[] aead(byte[] b, int header, int length) throws GeneralSecurityException {
        boolean gcm = suite.mode() == CipherSuite.Mode.GCM;
        int explicit = gcm && !tls13 ? 8 : 0;
        if (length < explicit + 16) return null;
        byte[] nonce = new byte[12];
        System.arraycopy(iv, 0, nonce, 0, iv.length);
        if (explicit > 0) System.arraycopy(b, header + 5, nonce, 4, 8);
        else for (int i = 0; i < 8; i++) nonce[4 + i] ^= (byte) (sequence >>> 56 - 8 * i);
        if (cipher == null) cipher = Cipher.getInstance(gcm ? "AES/GCM/NoPadding" : "ChaCha20-Poly1305");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, gcm ? "AES" : "ChaCha20"), gcm ? new GCMParameterSpec(128, nonce) : new IvParameterSpec(nonce));
        if (tls13) cipher.updateAAD(b, header, 5);
        else {
            int plain = length - explicit - 16;
            cipher.updateAAD(ByteBuffer.allocate(13).putLong(sequence).put(b, header, 3).putShort((short) plain).array());
        }
        return cipher.doFinal(b, header + 5 + explicit, length - explicit);
    }

    /// The code that authenticates the record is not looked at: the padding tells a wrong key well enough.
    private byte[] cbc(byte[] b, int at, int length) throws GeneralSecurityException {
        int content = length - 16 - (encryptThenMac ? suite.mac() : 0);
        if (content <= 0 || content % 16 != 0) return null;
        if (cipher == null) cipher = Cipher.getInstance("AES/CBC/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(b, at, 16));
        byte[] plain = cipher.doFinal(b, at + 16, content);
        int padding = plain[plain.length - 1] & 0xff;
        int end = plain.length - 1 - padding - (encryptThenMac ? 0 : suite.mac());
        if (end < 0) return null;
        for (int i = plain.length - 1 - padding; i < plain.length; i++) if ((plain[i] & 0xff) != padding) return null;
        return Arrays.copyOf(plain, end);
    }
}
