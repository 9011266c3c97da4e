package io.github.signaturereactive.poll;

import java.util.LinkedHashMap;
import java.util.Map;

/** The changes that have been processed and not been confirmed, so that they are known when they come again. */
final class Redeliveries {

    /** More than can pile up in ten minutes at ten calls a second; the oldest are forgotten. */
    private static final int REMEMBERED = 10_000;

    private final Map<Object, Boolean> processed = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    synchronized void processed(Object change) {
        processed.put(change, true);
    }

    synchronized void confirmed(Object change) {
        processed.remove(change);
    }

    synchronized boolean knows(Object change) {
        return processed.containsKey(change);
    }
}
