package io.github.signaturereactive.security;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.PSSParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * An RSA private key that may live in hardware or in a key management service: it is asked to sign, never for its encoding.
 */
final class SigningKey {

    private static final byte[] PROBE = {1};

    private final PrivateKey privateKey;
    private final @Nullable Provider provider;
    private volatile @Nullable Exception failure;

    /**
     * Creates a signing key.
     *
     * @param provider the provider of the key store that holds the key, or null if any provider can use the key
     */
    SigningKey(PrivateKey privateKey, @Nullable Provider provider) {
        this.privateKey = privateKey;
        this.provider = privateKey.getEncoded() == null ? provider : null;
    }

    PrivateKey privateKey() {
        return privateKey;
    }

    /** Returns the provider that signing needs, or null if any provider can use the key. */
    @Nullable
    Provider provider() {
        return provider;
    }

    /** Returns the error of the last signature, or null if it succeeded. */
    @Nullable
    Exception failure() {
        return failure;
    }

    /** Signs data. Blocks for as long as the key takes. */
    byte[] sign(SignatureScheme scheme, byte[] data) throws GeneralSecurityException {
        try {
            byte[] signed = trySign(scheme, data);
            failure = null;
            return signed;
        } catch (GeneralSecurityException | RuntimeException e) {
            failure = e;
            throw e;
        }
    }

    /** Signs once with the scheme. Returns false if the key or its provider does not support it. */
    boolean supports(SignatureScheme scheme) throws GeneralSecurityException {
        try {
            return trySign(scheme, PROBE).length > 0;
        } catch (NoSuchAlgorithmException | InvalidKeyException | InvalidAlgorithmParameterException e) {
            return false;
        }
    }

    private byte[] trySign(SignatureScheme scheme, byte[] data) throws GeneralSecurityException {
        Signature signature = signature(scheme);
        // The key first: without an explicit provider, it decides which one is used, and that one takes the parameters.
        signature.initSign(privateKey);
        @Nullable PSSParameterSpec parameters = scheme.parameters();
        if (parameters != null) {
            signature.setParameter(parameters);
        }
        signature.update(data);
        return signature.sign();
    }

    private Signature signature(SignatureScheme scheme) throws GeneralSecurityException {
        return provider == null || provider.getService("Signature", scheme.algorithm()) == null
                ? Signature.getInstance(scheme.algorithm())
                : Signature.getInstance(scheme.algorithm(), provider);
    }
}
