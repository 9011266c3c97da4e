package io.github.signaturereactive.asice;

import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.portal.NotificationsUsingLookup;
import io.github.signaturereactive.portal.PortalDocument;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalSigner;
import io.github.signaturereactive.xml.Messages;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** Creates and reads bundles of portal jobs. */
final class Bundles {

    static final Sender SENDER = new Sender("123456789");

    private Bundles() {}

    /** Creates a job with the documents. */
    static PortalJob job(PortalDocument... documents) {
        return PortalJob.builder(
                        "Job",
                        List.of(documents),
                        List.of(PortalSigner.identifiedByPersonalIdentificationNumber(
                                        "12345678910", NotificationsUsingLookup.EMAIL_ONLY)
                                .build()))
                .build();
    }

    static Bundle of(PortalJob job) {
        return of(job, Clock.systemUTC());
    }

    static Bundle of(PortalJob job, Clock clock) {
        return new Bundle(
                new Documents(
                        job.documents(), Long.MAX_VALUE, Schedulers.boundedElastic(), Schedulers.boundedElastic()),
                names -> Messages.portalJobManifest(job, SENDER, names),
                SigningKey.ORGANIZATION.organization(),
                clock,
                Schedulers.boundedElastic(),
                Schedulers.boundedElastic());
    }

    /** Returns the bytes of a bundle and releases its buffers. */
    static byte[] bytes(Bundle bundle) {
        return bytes(bundle.content(ByteBufAllocator.DEFAULT));
    }

    static byte[] bytes(Flux<ByteBuf> content) {
        return content.map(Bundles::release)
                .collect(ByteArrayOutputStream::new, ByteArrayOutputStream::writeBytes)
                .map(ByteArrayOutputStream::toByteArray)
                .block(Duration.ofMinutes(1));
    }

    /** Returns the bytes of a buffer and releases it. */
    static byte[] release(ByteBuf buffer) {
        try {
            return ByteBufUtil.getBytes(buffer);
        } finally {
            buffer.release();
        }
    }

    /** Returns the entries of a zip file, in their order. */
    static Map<String, byte[]> entries(byte[] zip) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.put(entry.getName(), in.readAllBytes());
            }
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
