/**
 * Client certificates and TLS. The public type is {@link io.github.signaturereactive.security.OrganizationCertificate}. All other
 * types are internal: they are not part of the public API and may change in any release.
 */
@NullMarked
package io.github.signaturereactive.security;

import org.jspecify.annotations.NullMarked;
