/**
 * Who we are and whom we trust: the caller's own certificate and key, and how the server has to prove to be Posten
 * signering. Internal to this library, except for {@link io.github.signaturereactive.security.OrganizationCertificate},
 * which callers build.
 */
@NullMarked
package io.github.signaturereactive.security;

import org.jspecify.annotations.NullMarked;
