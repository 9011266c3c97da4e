/** JUnit and BlockHound extensions that are active on the test class path, and helpers that tests of several modules use. */
@NullMarked
package io.github.signaturereactive.testing;

import org.jspecify.annotations.NullMarked;
