package io.github.signaturereactive.signingservice.certificate;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.concurrent.CompletableFuture;

/**
 * The RSA keys of this JVM. Generating a key takes tenths of a second, so all keys are generated once and in parallel.
 */
public final class Keys {

    static final Keys AUTHORITY = new Keys();
    static final Keys OTHER_AUTHORITY = new Keys();
    static final Keys WEB_AUTHORITY = new Keys();

    /** The key pair of the servers. */
    public static final Keys SERVER = new Keys();

    static final Keys CLIENT = new Keys();

    /** The key pair of all signers. */
    public static final Keys SIGNER = new Keys();

    private final CompletableFuture<KeyPair> pair = CompletableFuture.supplyAsync(Keys::generate);

    private Keys() {}

    /** Returns the private key. */
    public PrivateKey privateKey() {
        return pair.join().getPrivate();
    }

    PublicKey publicKey() {
        return pair.join().getPublic();
    }

    private static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
