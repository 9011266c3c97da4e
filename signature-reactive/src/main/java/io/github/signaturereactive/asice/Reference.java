package io.github.signaturereactive.asice;

/**
 * What a signature says of one file of the bundle.
 *
 * @param fileName the name of the zip entry
 * @param mediaType the media type
 * @param sha256 the digest of the file's bytes, in base64
 */
record Reference(String fileName, String mediaType, String sha256) {}
