package io.github.signaturereactive.testing;

import java.io.Serial;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.interfaces.RSAKey;
import java.security.spec.AlgorithmParameterSpec;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * A security provider for tests, whose private keys have no encoding, like those of key management services. It runs a callback of the test
 * before each signature. All settings are static and shared by all instances.
 */
public final class TestKeyProvider extends Provider {

    @Serial
    private static final long serialVersionUID = 1L;

    private static volatile BeforeSigning before = () -> {};
    private static volatile boolean pss = true;
    private static final Queue<String> THREADS = new ConcurrentLinkedQueue<>();

    /** A callback that runs before each signature. */
    public interface BeforeSigning {

        /** Runs before a signature. May block. An exception fails the signature. */
        void run() throws SignatureException;
    }

    /** Creates the provider. Tests register it with {@link java.security.Security#addProvider}. */
    public TestKeyProvider() {
        super("TestKeys", "1", "Keys without encoding");
        for (String algorithm : List.of("SHA256withRSA", "SHA384withRSA", "SHA512withRSA", "RSASSA-PSS")) {
            putService(new Service(this, "Signature", algorithm, Delegating.class.getName(), null, null) {
                @Override
                public Object newInstance(Object constructorParameter) {
                    return new Delegating(algorithm);
                }

                @Override
                public boolean supportsParameter(Object parameter) {
                    return parameter instanceof Key && (pss || !algorithm.equals("RSASSA-PSS"));
                }
            });
        }
    }

    /** Sets the callback that runs before each signature. Defaults to none. */
    public static void beforeSigning(BeforeSigning before) {
        TestKeyProvider.before = before;
    }

    /** Sets whether keys support RSASSA-PSS. Defaults to true. */
    public static void pss(boolean supported) {
        pss = supported;
    }

    /** Returns the names of the threads that have signed since the last call of this method. */
    public static List<String> threads() {
        List<String> threads = List.copyOf(THREADS);
        THREADS.clear();
        return threads;
    }

    /** Returns a key of this provider, which signs with the given key. */
    public static PrivateKey wrap(PrivateKey key) {
        return new Key(key);
    }

    private static final class Key implements PrivateKey, RSAKey {

        @Serial
        private static final long serialVersionUID = 1L;

        private final transient PrivateKey key;

        Key(PrivateKey key) {
            this.key = key;
        }

        @Override
        public BigInteger getModulus() {
            return ((RSAKey) key).getModulus();
        }

        @Override
        public String getAlgorithm() {
            return "RSA";
        }

        @Override
        public @Nullable String getFormat() {
            return null;
        }

        @Override
        public byte @Nullable [] getEncoded() {
            return null;
        }
    }

    /** Delegates to the implementation of the Java runtime. */
    private static final class Delegating extends SignatureSpi {

        private final Signature signature;

        Delegating(String algorithm) {
            try {
                this.signature = Signature.getInstance(algorithm, "SunRsaSign");
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        protected void engineInitSign(PrivateKey privateKey) throws InvalidKeyException {
            if (!(privateKey instanceof Key wrapped)) {
                throw new InvalidKeyException("Not a key of this provider");
            }
            signature.initSign(wrapped.key);
        }

        @Override
        protected void engineUpdate(byte b) throws SignatureException {
            signature.update(b);
        }

        @Override
        protected void engineUpdate(byte[] bytes, int offset, int length) throws SignatureException {
            signature.update(bytes, offset, length);
        }

        @Override
        protected byte[] engineSign() throws SignatureException {
            THREADS.add(Thread.currentThread().getName());
            before.run();
            return signature.sign();
        }

        @Override
        protected void engineSetParameter(AlgorithmParameterSpec parameters) {
            try {
                signature.setParameter(parameters);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        protected @Nullable AlgorithmParameters engineGetParameters() {
            return signature.getParameters();
        }

        @Override
        protected void engineInitVerify(PublicKey publicKey) throws InvalidKeyException {
            throw new InvalidKeyException("Signs only");
        }

        @Override
        protected boolean engineVerify(byte[] bytes) throws SignatureException {
            throw new SignatureException("Signs only");
        }

        @Override
        @Deprecated
        protected void engineSetParameter(String name, Object value) {
            throw new UnsupportedOperationException();
        }

        @Override
        @Deprecated
        protected Object engineGetParameter(String name) {
            throw new UnsupportedOperationException();
        }
    }
}
