package io.github.signaturereactive;

import io.github.signaturereactive.job.PollingQueue;
import io.github.signaturereactive.job.Sender;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Where a queue is polled.
 *
 * @param flow {@code portal} or {@code direct}
 * @param sender whose queue, and which
 */
record QueueAddress(String flow, Sender sender) {

    /** The default queue is polled without a parameter. */
    String pathAndQuery() {
        PollingQueue queue = sender.pollingQueue();
        return queue.isDefault() ? path() : path() + "?polling_queue=" + encoded(queue.name());
    }

    /** Where jobs of this sender are created. */
    String path() {
        return "/" + sender.organizationNumber() + "/" + flow + "/signature-jobs";
    }

    /** A text as it goes into a URL, where it can be neither a separator nor anything else but itself. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** What tells the queue from all others. */
    String name() {
        return flow + "/" + sender.organizationNumber() + "/"
                + sender.pollingQueue().name();
    }
}
