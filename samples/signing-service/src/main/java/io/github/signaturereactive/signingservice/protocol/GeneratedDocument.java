package io.github.signaturereactive.signingservice.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/**
 * A generated body of any size that is served instead of a PAdES.
 *
 * @param length the number of bytes that {@code content} emits, sent as {@code Content-Length}
 * @param content the bytes, produced again for each subscriber, on demand and without blocking
 */
public record GeneratedDocument(long length, Publisher<ByteBuffer> content) {

    private static final int BLOCK = 16 * 1024;
    private static final int BLOCK_NUMBER = 16; // position of the block number, after the header
    private static final byte[] HEADER = "%PDF-1.7\n".getBytes(US_ASCII);
    private static final byte[] PATTERN = new byte[BLOCK];

    static {
        new Random(17).nextBytes(PATTERN);
        System.arraycopy(HEADER, 0, PATTERN, 0, HEADER.length);
    }

    /**
     * Returns a document of this many bytes. It starts with a PDF header, but is not a valid PDF. The bytes are the
     * same in every call, no two blocks are equal, and none are kept in memory.
     */
    public static GeneratedDocument ofSize(long bytes) {
        return new GeneratedDocument(bytes, blocks(bytes));
    }

    /**
     * Returns the SHA-256 of the document that {@link #ofSize} returns, in lower-case hexadecimal. Generates the whole
     * document.
     */
    public static String sha256OfSize(long bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (long at = 0; at < bytes; at += BLOCK) {
                digest.update(block(at, bytes));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Flux<ByteBuffer> blocks(long bytes) {
        return Flux.generate(() -> 0L, (at, sink) -> {
            if (at >= bytes) {
                sink.complete();
            } else {
                sink.next(block(at, bytes));
            }
            return at + BLOCK;
        });
    }

    private static ByteBuffer block(long at, long total) {
        ByteBuffer block = ByteBuffer.wrap(PATTERN.clone());
        block.putLong(BLOCK_NUMBER, at);
        return block.limit((int) Math.min(BLOCK, total - at));
    }
}
