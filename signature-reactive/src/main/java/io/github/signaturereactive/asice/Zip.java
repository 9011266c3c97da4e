package io.github.signaturereactive.asice;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Writes a zip file (PKWARE APPNOTE). Each entry is deflated and followed by a data descriptor with its sizes and checksum. The
 * central directory ends the file.
 *
 * <p>Entries must be written one after the other. Signals may come from different threads, but not concurrently.
 */
final class Zip {

    /** Sizes and offsets have four bytes. Zip64 is not supported. */
    private static final long LIMIT = 0xFFFF_FFFFL;

    private static final int LOCAL_HEADER = 0x04034B50;
    private static final int DATA_DESCRIPTOR = 0x08074B50;
    private static final int DIRECTORY_HEADER = 0x02014B50;
    private static final int END_OF_DIRECTORY = 0x06054B50;
    private static final int VERSION = 20;
    private static final int DATA_DESCRIPTOR_AND_UTF_8 = 0x0808;
    private static final int DEFLATED = 8;

    private final List<Entry> entries = new ArrayList<>();
    private final int time;
    private final int date;
    private final ByteBufAllocator allocator;
    private final long limit;
    private long written;

    Zip(Clock clock, ByteBufAllocator allocator) {
        this(clock, allocator, LIMIT);
    }

    /** Creates a zip file that, like each of its entries, must be smaller than the limit. */
    Zip(Clock clock, ByteBufAllocator allocator, long limit) {
        LocalDateTime now = LocalDateTime.now(clock);
        int year = Math.min(Math.max(now.getYear(), 1980), 2107);
        this.time = now.getHour() << 11 | now.getMinute() << 5 | now.getSecond() / 2;
        this.date = (year - 1980) << 9 | now.getMonthValue() << 5 | now.getDayOfMonth();
        this.allocator = allocator;
        this.limit = limit;
    }

    /** Writes an entry. Chunks of the content are deflated during the {@code onNext} call that emits them. */
    Flux<ByteBuf> entry(String name, Flux<ByteBuffer> content) {
        return Flux.using(
                () -> new Entry(name, written, allocator, limit),
                entry -> Flux.concat(
                        Mono.fromSupplier(() -> header(entry)),
                        content.<ByteBuf>handle((chunk, out) -> {
                            ByteBuf deflated = entry.deflate(chunk);
                            if (deflated != null) {
                                out.next(count(deflated));
                            }
                        }),
                        Mono.fromSupplier(() -> end(entry))),
                Entry::close);
    }

    private ByteBuf header(Entry entry) {
        ByteBuf header = allocator.buffer(30 + entry.name().length);
        header.writeIntLE(LOCAL_HEADER);
        writeFormat(header);
        header.writeZero(12); // checksum and sizes, which are in the data descriptor
        header.writeShortLE(entry.name().length);
        header.writeShortLE(0); // no extra field
        return count(header.writeBytes(entry.name()));
    }

    private @Nullable ByteBuf end(Entry entry) {
        ByteBuf rest = entry.finish();
        if (rest == null) {
            return null;
        }
        rest.writeIntLE(DATA_DESCRIPTOR);
        writeSizes(rest, entry);
        entries.add(entry);
        return count(rest);
    }

    /** Returns the central directory, which ends the file. */
    ByteBuf directory() {
        ByteBuf directory = allocator.buffer();
        for (Entry entry : entries) {
            directory.writeIntLE(DIRECTORY_HEADER);
            directory.writeShortLE(VERSION); // version made by
            writeFormat(directory);
            writeSizes(directory, entry);
            directory.writeShortLE(entry.name().length);
            directory.writeZero(12); // extra field length, comment length, disk number, attributes
            directory.writeIntLE((int) entry.offset());
            directory.writeBytes(entry.name());
        }
        int size = directory.readableBytes();
        directory.writeIntLE(END_OF_DIRECTORY);
        directory.writeZero(4); // disk numbers
        directory.writeShortLE(entries.size());
        directory.writeShortLE(entries.size());
        directory.writeIntLE(size);
        directory.writeIntLE((int) written);
        return directory.writeShortLE(0); // no comment
    }

    private void writeFormat(ByteBuf out) {
        out.writeShortLE(VERSION); // version needed to extract
        out.writeShortLE(DATA_DESCRIPTOR_AND_UTF_8);
        out.writeShortLE(DEFLATED);
        out.writeShortLE(time);
        out.writeShortLE(date);
    }

    private static void writeSizes(ByteBuf out, Entry entry) {
        out.writeIntLE((int) entry.checksum());
        out.writeIntLE((int) entry.deflatedSize());
        out.writeIntLE((int) entry.size());
    }

    private ByteBuf count(ByteBuf out) {
        written += out.readableBytes();
        if (written >= limit) {
            out.release();
            throw Entry.tooLarge(limit);
        }
        return out;
    }
}
