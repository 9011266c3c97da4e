package io.github.signaturereactive;

import io.github.signaturereactive.job.Job;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/**
 * Saves bundles in a directory, as {@code yyyyMMddHHmmssSSS-[<reference>-]asice.zip} by the clock's own zone. A file is there
 * when it is complete, and not before. Of the reference, whatever is not a letter of ASCII, a digit, a dot, a hyphen or an
 * underscore becomes an underscore.
 */
final class DumpToDirectory implements DocumentBundleProcessor {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS", Locale.ROOT);

    private final Path directory;
    private final Clock clock;
    private final AtomicLong lastTime = new AtomicLong(Long.MIN_VALUE);

    DumpToDirectory(Path directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    @Override
    public Publisher<?> process(Job job, Flux<ByteBuffer> bundle) {
        return SavedFile.save(bundle, directory.resolve(fileName(job.reference())));
    }

    private String fileName(@Nullable String reference) {
        // Of two in the same millisecond, the later is named after the next.
        long time = lastTime.accumulateAndGet(clock.millis(), (last, now) -> Math.max(last + 1, now));
        return TIME.format(Instant.ofEpochMilli(time).atZone(clock.getZone())) + "-"
                + (reference == null || reference.isBlank() ? "" : reference.replaceAll("[^A-Za-z0-9._-]", "_") + "-")
                + "asice.zip";
    }
}
