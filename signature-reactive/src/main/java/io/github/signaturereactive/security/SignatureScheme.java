package io.github.signaturereactive.security;

import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The TLS signature schemes for RSA keys (RFC 8446, section 4.2.3). The first one also signs document bundles. */
enum SignatureScheme {
    RSA_PKCS1_SHA256(0x0401, "SHA256withRSA"),
    RSA_PKCS1_SHA384(0x0501, "SHA384withRSA"),
    RSA_PKCS1_SHA512(0x0601, "SHA512withRSA"),
    RSA_PSS_RSAE_SHA256(0x0804, "SHA-256", 32),
    RSA_PSS_RSAE_SHA384(0x0805, "SHA-384", 48),
    RSA_PSS_RSAE_SHA512(0x0806, "SHA-512", 64);

    private final int code;
    private final String algorithm;
    private final @Nullable String pssDigest;
    private final int saltLength;

    SignatureScheme(int code, String algorithm) {
        this.code = code;
        this.algorithm = algorithm;
        this.pssDigest = null;
        this.saltLength = 0;
    }

    SignatureScheme(int code, String pssDigest, int saltLength) {
        this.code = code;
        this.algorithm = "RSASSA-PSS";
        this.pssDigest = pssDigest;
        this.saltLength = saltLength;
    }

    /** Returns the scheme with the TLS code point, or empty if it is not a scheme for RSA keys. */
    static Optional<SignatureScheme> ofCode(int code) {
        return Stream.of(values()).filter(scheme -> scheme.code == code).findFirst();
    }

    /** Returns the standard name of the {@link java.security.Signature} algorithm. */
    String algorithm() {
        return algorithm;
    }

    /** Returns the parameters of RSASSA-PSS, or null for RSASSA-PKCS1-v1_5. */
    @Nullable
    PSSParameterSpec parameters() {
        return pssDigest == null
                ? null
                : new PSSParameterSpec(pssDigest, "MGF1", new MGF1ParameterSpec(pssDigest), saltLength, 1);
    }
}
