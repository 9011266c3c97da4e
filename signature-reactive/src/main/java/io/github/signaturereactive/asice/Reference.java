package io.github.signaturereactive.asice;

/**
 * A signed file of the bundle: the XML-DSig element {@code Reference} and the XAdES element {@code DataObjectFormat}.
 *
 * @param fileName the name of the zip entry
 * @param mediaType the media type of the file
 * @param sha256 the SHA-256 digest of the file in Base64
 */
record Reference(String fileName, String mediaType, String sha256) {}
