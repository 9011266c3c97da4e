package io.github.signaturereactive;

import io.github.signaturereactive.job.Job;
import java.nio.ByteBuffer;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/**
 * Sees the document bundle of each job that is created, for instance to keep a copy of what was sent.
 *
 * <p>It gets exactly the bytes that are sent, while they are sent: documents are read once, and nothing of the bundle is held but
 * the few buffers on their way. The end of the request is held back until all processors have completed, so the service acts on
 * nothing that a processor has not agreed to: one that fails fails the creation of the job with its own error, and the connection
 * is dropped. That a processor has completed does not mean that the service has taken the job.
 */
@FunctionalInterface
public interface DocumentBundleProcessor {

    /**
     * Processes a bundle. Called once for each attempt to create a job, on a thread that may block; the bytes are emitted on such a
     * thread, too. There is a second attempt, with another bundle, if the service refuses the access token of the first.
     *
     * <p>The request is sent at the pace at which all processors take the bytes. A processor that does not subscribe to them
     * before it has done something else delays the request; one that completes or cancels early gets no more of them; all are
     * cancelled when the creation of the job is cancelled or fails. If it fails while the bundle is being made, for instance
     * because a document cannot be read, the bytes end in that error.
     *
     * @param job the job
     * @param bundle the bytes of the bundle, a zip file; the buffers are the subscriber's to read, and shared with others, so
     *     read-only. To be subscribed to once
     * @return completes when the processing is done, whatever it emits; or an error, if the job is not to be created
     */
    Publisher<?> process(Job job, Flux<ByteBuffer> bundle);
}
