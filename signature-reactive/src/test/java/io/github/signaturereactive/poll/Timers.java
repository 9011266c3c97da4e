package io.github.signaturereactive.poll;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/** A scheduler that knows which timers are still running: neither due nor disposed of. */
public final class Timers implements Scheduler {

    private final Scheduler scheduler;
    private final Set<Object> running = new HashSet<>();

    public Timers(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    public int running() {
        return running.size();
    }

    @Override
    public Disposable schedule(Runnable task) {
        return scheduler.schedule(task);
    }

    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        var timer = new Object();
        running.add(timer);
        Disposable scheduled = scheduler.schedule(
                () -> {
                    running.remove(timer);
                    task.run();
                },
                delay,
                unit);
        return Disposables.composite(scheduled, () -> running.remove(timer));
    }

    @Override
    public Worker createWorker() {
        return scheduler.createWorker();
    }

    @Override
    public long now(TimeUnit unit) {
        return scheduler.now(unit);
    }

    @Override
    public void dispose() {
        scheduler.dispose();
    }
}
