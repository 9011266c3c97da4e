package io.github.signaturereactive.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A JUnit extension that fails a test class if Netty has reported a leaked buffer. Netty reports a leak when a buffer is allocated after
 * the leaked one has been garbage collected, so the extension forces both after each class.
 */
public final class LeaksFailTheBuild implements BeforeAllCallback, AfterAllCallback {

    private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();

    static {
        if (ResourceLeakDetector.getLevel() != ResourceLeakDetector.Level.PARANOID) {
            throw new IllegalStateException("Leak detection is " + ResourceLeakDetector.getLevel()
                    + ", but must be PARANOID: set -Dio.netty.leakDetection.level=paranoid");
        }
        ByteBufUtil.setLeakListener((type, records) -> LEAKS.add(type + records));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        // Loads this class, so that the static initializer registers the listener before the first test.
    }

    @Override
    public void afterAll(ExtensionContext context) {
        findLeaks();
        List<String> leaks = new ArrayList<>();
        for (String leak = LEAKS.poll(); leak != null; leak = LEAKS.poll()) {
            leaks.add(leak);
        }
        if (!leaks.isEmpty()) {
            throw new AssertionError(leaks.size() + " leaked buffer(s), found after " + context.getDisplayName() + ":\n"
                    + String.join("\n", leaks));
        }
    }

    private static void findLeaks() {
        System.gc();
        for (int i = 0; i < 16; i++) {
            ByteBuf probe = PooledByteBufAllocator.DEFAULT.buffer(1);
            probe.release();
        }
    }
}
