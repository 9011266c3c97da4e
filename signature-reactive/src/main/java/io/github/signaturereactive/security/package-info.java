/**
 * Client certificates and TLS. The public type is {@link io.github.signaturereactive.security.OrganizationCertificate}. All other types
 * are internal and may change in any release.
 */
@NullMarked
package io.github.signaturereactive.security;

import org.jspecify.annotations.NullMarked;
