package io.github.signaturereactive.http;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * Limits the requests of each organization to the number that the service allows in a second.
 *
 * <p>An organization has one slot for each call that it may make in a second. A request acquires a slot before it acquires a
 * connection. It holds the slot until its response headers have arrived or it has failed. The slot becomes free 1050 ms later.
 * Two requests with the same slot therefore reach the service more than a second apart, whatever the time for connecting, writing
 * or waiting.
 *
 * <p>Requests that find no free slot wait in order. Each organization has one timer.
 */
final class RateLimiter {

    /** Longer than the second in which the service counts, because the latency of requests varies. */
    private static final long WINDOW = Duration.ofMillis(1050).toNanos();

    private final int callsPerSecond;
    private final Duration pause;
    private final Scheduler scheduler;
    private final LongSupplier nanos;
    private final Map<String, Organization> organizations = new ConcurrentHashMap<>();

    /**
     * Creates a limiter.
     *
     * @param callsPerSecond the limit for each organization, or zero for none; requests then wait only while the service blocks
     * @param pause the time for which the service blocks an organization that has exceeded its limit
     * @param scheduler the scheduler of the timers
     * @param nanos a monotonic clock, in nanoseconds
     */
    RateLimiter(int callsPerSecond, Duration pause, Scheduler scheduler, LongSupplier nanos) {
        this.callsPerSecond = callsPerSecond;
        this.pause = pause;
        this.scheduler = scheduler;
        this.nanos = nanos;
    }

    /** Returns a slot for one request. The slot counts when it is acquired, and it must be released. */
    Slot slot(String organization) {
        return new Slot(organizations.computeIfAbsent(organization, number -> new Organization()));
    }

    /** The slot of one request. */
    static final class Slot {

        private enum State {
            NEW,
            WAITING,
            HELD,
            RELEASED
        }

        private final Organization organization;

        /**
         * Signals that a waiting slot was granted. Each slot has a sink because no operator lets a subscriber leave a queue at
         * any position.
         */
        private final Sinks.Empty<Void> acquired = Sinks.empty();

        private State state = State.NEW;

        private Slot(Organization organization) {
            this.organization = organization;
        }

        /** Completes when the organization may make a request. */
        Mono<Void> acquire() {
            return Mono.defer(() -> organization.acquire(this) ? Mono.empty() : acquired.asMono());
        }

        /**
         * Frees the slot 1050 ms from now, because the response headers have arrived, or the request has failed or was cancelled.
         */
        void release() {
            organization.release(this, WINDOW);
        }

        /** Frees the slot immediately, because the service has certainly not received the request. */
        void releaseUnused() {
            organization.release(this, 0);
        }

        /**
         * Pauses the organization, including its waiting requests, because the service has responded that it blocks the
         * organization.
         */
        void pause() {
            organization.pause();
        }
    }

    /** The slots of an organization. A slot is held, becomes free at a known time, or is free. */
    private final class Organization {

        private final Queue<Long> freeAt = new ArrayDeque<>();
        private final Set<Slot> waiting = new LinkedHashSet<>();
        private int held;
        private long blockedAt;
        private boolean blocked;
        private boolean granting;
        private Disposable timer = Disposables.disposed();

        synchronized void pause() {
            blockedAt = nanos.getAsLong();
            blocked = true;
        }

        /** Acquires a free slot and returns true, or adds the request to the queue and returns false. */
        synchronized boolean acquire(Slot slot) {
            if (slot.state != Slot.State.NEW) {
                return slot.state == Slot.State.HELD;
            }
            if (waiting.isEmpty() && untilFree(nanos.getAsLong()) == 0) {
                hold(slot);
                return true;
            }
            slot.state = Slot.State.WAITING;
            waiting.add(slot);
            if (waiting.size() == 1) {
                setTimer();
            }
            return false;
        }

        void release(Slot slot, long freeAfter) {
            if (released(slot, freeAfter)) {
                grant();
            }
        }

        private synchronized boolean released(Slot slot, long freeAfter) {
            Slot.State before = slot.state;
            slot.state = Slot.State.RELEASED;
            if (before == Slot.State.WAITING) {
                waiting.remove(slot);
                if (waiting.isEmpty()) {
                    timer.dispose();
                }
            }
            if (before != Slot.State.HELD) {
                return false;
            }
            held--;
            if (freeAfter > 0 && callsPerSecond > 0) {
                freeAt.add(nanos.getAsLong() + freeAfter);
            }
            return !waiting.isEmpty();
        }

        /**
         * Grants slots to waiting requests, on one thread at a time. {@code granting} also prevents recursion: a request that
         * fails immediately releases its slot during the loop.
         */
        private void grant() {
            if (!beginGranting()) {
                return;
            }
            for (Slot next = nextGranted(); next != null; next = nextGranted()) {
                next.acquired.tryEmitEmpty().orThrow();
            }
        }

        private synchronized boolean beginGranting() {
            if (granting) {
                return false;
            }
            granting = true;
            return true;
        }

        private synchronized @Nullable Slot nextGranted() {
            if (waiting.isEmpty() || untilFree(nanos.getAsLong()) > 0) {
                granting = false;
                setTimer();
                return null;
            }
            Slot next = waiting.iterator().next();
            waiting.remove(next);
            hold(next);
            return next;
        }

        private void hold(Slot slot) {
            slot.state = Slot.State.HELD;
            held++;
        }

        /** Sets the timer for the first waiting request. If all slots are held, the next release grants a slot instead. */
        private void setTimer() {
            timer.dispose();
            if (waiting.isEmpty()) {
                return;
            }
            long wait = untilFree(nanos.getAsLong());
            if (wait < Long.MAX_VALUE) {
                timer = scheduler.schedule(this::grant, wait, TimeUnit.NANOSECONDS);
            }
        }

        /** Returns the time in nanoseconds until a slot is free, or {@code Long.MAX_VALUE} if all slots are held. */
        private long untilFree(long now) {
            while (!freeAt.isEmpty() && freeAt.element() - now <= 0) {
                freeAt.remove();
            }
            long untilUnblocked = blocked ? pause.toNanos() - (now - blockedAt) : 0;
            if (untilUnblocked <= 0) {
                blocked = false;
                untilUnblocked = 0;
            }
            if (callsPerSecond == 0 || held + freeAt.size() < callsPerSecond) {
                return untilUnblocked;
            }
            return freeAt.isEmpty() ? Long.MAX_VALUE : Math.max(untilUnblocked, freeAt.element() - now);
        }
    }
}
