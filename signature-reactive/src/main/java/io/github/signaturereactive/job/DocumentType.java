package io.github.signaturereactive.job;

/** The document formats that the service accepts. */
public enum DocumentType {
    /** PDF 1.1 to 1.7 or PDF/A, without password protection. */
    PDF("application/pdf", "pdf"),
    /** Plain text. */
    TXT("text/plain", "txt");

    private final String mediaType;
    private final String fileExtension;

    DocumentType(String mediaType, String fileExtension) {
        this.mediaType = mediaType;
        this.fileExtension = fileExtension;
    }

    /** {@return the media type in the manifest, attribute {@code mime}} */
    public String mediaType() {
        return mediaType;
    }

    /** {@return the extension of the file name, without a dot} */
    public String fileExtension() {
        return fileExtension;
    }
}
