/** What every module with an event loop tests under. Being on the test class path is enough. */
@NullMarked
package io.github.signaturereactive.testing;

import org.jspecify.annotations.NullMarked;
