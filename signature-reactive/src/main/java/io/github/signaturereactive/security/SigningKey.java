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

/** An RSA private key. It may be in hardware or in a key management service, so its encoding is not needed for signing. */
final class SigningKey {

    private static final byte[] PROBE = {1};

    private final PrivateKey privateKey;
    private final @Nullable Provider provider;
    private volatile @Nullable Exception failure;

    /**
     * Creates a signing key.
     *
     * @param provider the provider of the key store that has the key, or null if any provider can use the key
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

    /** Signs data. Blocks while the key signs. */
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

    /** Signs test data and returns false if the key or its provider does not support the scheme. Blocks. */
    boolean supports(SignatureScheme scheme) throws GeneralSecurityException {
        try {
            return trySign(scheme, PROBE).length > 0;
        } catch (NoSuchAlgorithmException | InvalidKeyException | InvalidAlgorithmParameterException e) {
            return false;
        }
    }

    private byte[] trySign(SignatureScheme scheme, byte[] data) throws GeneralSecurityException {
        Signature signature = signature(scheme);
        // Before setParameter: without an explicit provider, initSign selects the provider by the key.
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
