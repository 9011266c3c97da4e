package io.github.signaturereactive;

import io.github.signaturereactive.job.PollingQueue;
import io.github.signaturereactive.job.Sender;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * The address of a polling queue.
 *
 * @param flow {@code portal} or {@code direct}
 * @param sender the sender, with its polling queue
 */
record QueueAddress(String flow, Sender sender) {

    /** Returns path and query of a poll. The default queue has no query. */
    String pathAndQuery() {
        PollingQueue queue = sender.pollingQueue();
        return queue.isDefault() ? path() : path() + "?polling_queue=" + encoded(queue.name());
    }

    /** Returns the path for creating jobs of the sender. */
    String path() {
        return "/" + sender.organizationNumber() + "/" + flow + "/signature-jobs";
    }

    /** Returns the text with percent-encoding (RFC 3986, section 2.1), so that it contains no separator. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Returns a name that identifies the queue: flow, organization number and polling queue. */
    String name() {
        return flow + "/" + sender.organizationNumber() + "/"
                + sender.pollingQueue().name();
    }
}
