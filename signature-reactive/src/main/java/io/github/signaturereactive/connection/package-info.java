/** Settings of the connections to the service. */
@NullMarked
package io.github.signaturereactive.connection;

import org.jspecify.annotations.NullMarked;
