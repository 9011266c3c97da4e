package io.github.signaturereactive.signingservice.signature;

/**
 * An entry of a received bundle.
 *
 * @param name its name in the zip
 * @param size its size when inflated, in bytes
 * @param sha256 the SHA-256 of its bytes, in lower-case hexadecimal
 */
public record BundleEntry(String name, long size, String sha256) {}
