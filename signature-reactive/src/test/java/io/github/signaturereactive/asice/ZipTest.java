package io.github.signaturereactive.asice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Random;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

class ZipTest {

    @Test
    void rejectsEntryWithUncompressedSizeOfLimit() {
        var zip = new Zip(Clock.systemUTC(), ByteBufAllocator.DEFAULT, 100_000);
        Flux<ByteBuffer> zeros = Flux.range(0, 10).map(i -> ByteBuffer.allocate(10_000));

        assertThatThrownBy(() -> Bundles.bytes(zip.entry("zeros", zeros)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "The documents are too large: the bundle and each document must be smaller than 100000 bytes");
    }

    @Test
    void rejectsZipFileWithSizeOfLimit() {
        var zip = new Zip(Clock.systemUTC(), ByteBufAllocator.DEFAULT, 100_000);
        byte[] noise = new byte[40_000];
        new Random(1).nextBytes(noise);
        Flux<ByteBuffer> content = Flux.just(ByteBuffer.wrap(noise));

        assertThat(Bundles.bytes(zip.entry("first", content))).hasSizeGreaterThan(40_000);
        assertThat(Bundles.bytes(zip.entry("second", content))).hasSizeGreaterThan(40_000);
        assertThatThrownBy(() -> Bundles.bytes(zip.entry("third", content)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("too large");
    }

    @Test
    void closedEntryReturnsNull() {
        var entry = new Entry("name", 0, ByteBufAllocator.DEFAULT, 1_000);
        entry.close();
        entry.close();

        assertThat(entry.deflate(ByteBuffer.allocate(100))).isNull();
        assertThat(entry.finish()).isNull();
    }
}
