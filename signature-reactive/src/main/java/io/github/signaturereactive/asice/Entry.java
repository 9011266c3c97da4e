package io.github.signaturereactive.asice;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * A deflated entry of a zip file (RFC 1951). The first chunk decides the compression level. {@link Deflater#NO_COMPRESSION} is used
 * for content that is compressed already, such as most PDF files, and {@link Deflater#BEST_SPEED} for other content.
 *
 * <p>Methods are synchronized because a cancellation may close the entry on another thread while a chunk is deflated. A closed entry
 * returns null.
 */
final class Entry {

    /** The minimum size in bytes of a first chunk for measuring its compression ratio. */
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
     * Creates an entry.
     *
     * @param offset the offset of the local file header in the zip file
     * @param allocator the allocator of the buffers for the deflated data
     * @param limit the size in bytes that the content must stay below
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

    /** Deflates a chunk. Returns null if the deflater has no output yet, or if the entry is closed. */
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

    /** Returns the remaining output of the deflater, or null if the entry is closed. */
    synchronized @Nullable ByteBuf finish() {
        if (closed) {
            return null;
        }
        Deflater deflater = deflater(ByteBuffer.allocate(0));
        deflater.finish();
        return drain(deflater, Content.CHUNK);
    }

    /** Releases the native memory of the deflater. */
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
                "The documents are too large: the bundle and each document must be smaller than " + limit + " bytes");
    }
}
