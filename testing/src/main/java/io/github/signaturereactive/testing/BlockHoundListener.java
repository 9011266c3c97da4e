package io.github.signaturereactive.testing;

import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;
import reactor.blockhound.BlockHound;

/** Installs BlockHound when tests begin, and not when this class is loaded: Maven loads it in its own JVM to find the tests. */
public final class BlockHoundListener implements TestExecutionListener {

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        BlockHound.install();
    }
}
