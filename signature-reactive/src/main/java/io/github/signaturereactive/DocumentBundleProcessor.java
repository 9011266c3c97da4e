package io.github.signaturereactive;

import io.github.signaturereactive.job.Job;
import java.nio.ByteBuffer;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/**
 * A processor of the document bundle of each created job, for example to store a copy. See {@link
 * ClientConfiguration.Builder#addDocumentBundleProcessor}.
 *
 * <p>A processor receives the bytes of the bundle while they are sent. Documents are read once, and the bundle is not buffered as a
 * whole. The request is only completed when all processors have completed. If a processor fails, the creation of the job
 * fails with the error of the processor, and the connection is closed before the request is complete.
 *
 * <p>A processor completes before the service responds. The service may still reject the job.
 */
@FunctionalInterface
public interface DocumentBundleProcessor {

    /**
     * Processes a bundle. This method is called once for each attempt to create a job. There is a second attempt, with another bundle,
     * if access tokens are configured and the service rejects the token of the first attempt.
     *
     * <p>This method is called, and the bytes are emitted, on threads that may block. Back-pressure applies to all processors and the
     * connection together: the slowest one determines the speed of the request. Sending starts when all processors have subscribed to
     * the bundle or have completed. A processor may complete or cancel before it has received all bytes.
     *
     * <p>The returned publisher is cancelled if the creation of the job is cancelled or fails. The bundle errors if it cannot be
     * created, for example because a document cannot be read.
     *
     * @param job the job
     * @param bundle the bytes of the bundle, which is an ASiC-E zip file, in read-only buffers. It permits one subscriber
     * @return a publisher that completes when the bundle is processed. Emitted elements are ignored. An error fails the creation of the
     *     job
     */
    Publisher<?> process(Job job, Flux<ByteBuffer> bundle);
}
