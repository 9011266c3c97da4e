package io.github.signaturereactive.asice;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a zip file, being deflated. What its first chunk shows decides how: what has been compressed before, as
 * most of a PDF has, is stored in deflate's own form, which takes next to no time; anything else is deflated in the
 * fastest way.
 *
 * <p>Synchronized, since a cancel may close it from another thread in the middle of a chunk. After that it gives null.
 */
final class Entry {

    /** Shorter chunks say nothing about how what follows can be compressed. */
    private static final int SAMPLE = 512;

    private final byte[] name;
    private final long offset;
    private final ByteBufAllocator allocator;
    private final long limit;
    private final CRC32 checksum = new CRC32();
    private @Nullable Deflater deflater;
    private boolean closed;
    private long size;
    private long deflatedSize;

    /**
     * Starts an entry.
     *
     * @param offset where it begins in the zip file
     * @param allocator allocates the buffers of the deflated data
     * @param limit the size that it must not reach
     */
    Entry(String name, long offset, ByteBufAllocator allocator, long limit) {
        this.name = name.getBytes(StandardCharsets.UTF_8);
        this.offset = offset;
        this.allocator = allocator;
        this.limit = limit;
    }

    byte[] name() {
        return name;
    }

    long offset() {
        return offset;
    }

    long checksum() {
        return checksum.getValue();
    }

    long size() {
        return size;
    }

    long deflatedSize() {
        return deflatedSize;
    }

    /** Takes in a chunk, and gives what that brings out; null if nothing. */
    synchronized @Nullable ByteBuf deflate(ByteBuffer chunk) {
        if (closed) {
            return null;
        }
        size += chunk.remaining();
        if (size >= limit) {
            throw tooLarge(limit);
        }
        checksum.update(chunk.duplicate());
        Deflater deflater = deflater(chunk);
        deflater.setInput(chunk.duplicate());
        ByteBuf out = drain(deflater, chunk.remaining());
        if (out.isReadable()) {
            return out;
        }
        out.release();
        return null;
    }

    /** Gives what is still to come out; null only if the entry has been closed. */
    synchronized @Nullable ByteBuf finish() {
        if (closed) {
            return null;
        }
        Deflater deflater = deflater(ByteBuffer.allocate(0));
        deflater.finish();
        return drain(deflater, Content.CHUNK);
    }

    /** Gives back the deflater's memory, which no garbage collector sees. */
    synchronized void close() {
        closed = true;
        if (deflater != null) {
            deflater.end();
        }
    }

    private ByteBuf drain(Deflater deflater, int expected) {
        ByteBuf out = allocator.buffer(expected + 64);
        do {
            out.ensureWritable(64);
            int count = deflater.deflate(out.nioBuffer(out.writerIndex(), out.writableBytes()));
            out.writerIndex(out.writerIndex() + count);
        } while (!out.isWritable());
        deflatedSize += out.readableBytes();
        return out;
    }

    private Deflater deflater(ByteBuffer first) {
        if (deflater == null) {
            deflater = new Deflater(isCompressible(first) ? Deflater.BEST_SPEED : Deflater.NO_COMPRESSION, true);
        }
        return deflater;
    }

    private static boolean isCompressible(ByteBuffer sample) {
        if (sample.remaining() < SAMPLE) {
            return true;
        }
        var deflater = new Deflater(Deflater.BEST_SPEED, true);
        try {
            deflater.setInput(sample.duplicate());
            deflater.finish();
            ByteBuffer enough = ByteBuffer.allocate(sample.remaining() * 7 / 8);
            deflater.deflate(enough);
            return deflater.finished();
        } finally {
            deflater.end();
        }
    }

    static IllegalStateException tooLarge(long limit) {
        return new IllegalStateException(
                "The documents are too large to be sent: the bundle, and each document, must be" + " smaller than "
                        + limit + " bytes");
    }
}
