package io.github.signaturereactive;

import io.github.signaturereactive.job.Job;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * Saves document bundles in a directory.
 *
 * <p>The file names are {@code yyyyMMddHHmmssSSS-[<reference>-]asice.zip} in the time zone of the clock. In the reference, all
 * characters except ASCII letters, digits, dots, hyphens and underscores are replaced by underscores.
 */
final class DumpToDirectory implements BundleProcessing.Factory {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS", Locale.ROOT);

    private final Path directory;
    private final Clock clock;
    private final AtomicLong lastTime = new AtomicLong(Long.MIN_VALUE);

    DumpToDirectory(Path directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /** Determines the file once for all attempts to create a job. Each attempt replaces the file of the previous one. */
    @Override
    public DocumentBundleProcessor create(Job job, Scheduler work) {
        Path file = directory.resolve(fileName(job.reference()));
        return (same, bundle) -> SavedFile.save(bundle, file, new FileAttribute<?>[0], work);
    }

    private String fileName(@Nullable String reference) {
        // Names must be unique: the second job in a millisecond has the next millisecond in its name.
        long time = lastTime.accumulateAndGet(clock.millis(), (last, now) -> Math.max(last + 1, now));
        return TIME.format(Instant.ofEpochMilli(time).atZone(clock.getZone())) + "-"
                + (reference == null || reference.isBlank() ? "" : reference.replaceAll("[^A-Za-z0-9._-]", "_") + "-")
                + "asice.zip";
    }
}
