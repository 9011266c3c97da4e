package io.github.signaturereactive.poll;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stores which changes have been processed but not confirmed, so that their redelivery is recognized. */
final class Redeliveries {

    /**
     * The maximum number of changes: more than can be processed in ten minutes at ten calls a second. The oldest
     * changes are removed first.
     */
    private static final int REMEMBERED = 10_000;

    /** The identity of each change, and the delivery that was processed. */
    private final Map<Object, Object> processed = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Object> eldest) {
            return size() > REMEMBERED;
        }
    };

    synchronized void processed(Object identity, Object delivery) {
        processed.putIfAbsent(identity, delivery);
    }

    synchronized void confirmed(Object identity) {
        processed.remove(identity);
    }

    /** Returns whether another delivery of the change has been processed. */
    synchronized boolean isRedelivery(Object identity, Object delivery) {
        @Nullable Object other = processed.get(identity);
        return other != null && !other.equals(delivery);
    }
}
