package io.github.signaturereactive.job;

/** The document formats that the service accepts. */
public enum DocumentType {
    /** PDF 1.1 to 1.7 or PDF/A, without a password. */
    PDF("application/pdf", "pdf"),
    /** Plain text. */
    TXT("text/plain", "txt");

    private final String mediaType;
    private final String fileExtension;

    DocumentType(String mediaType, String fileExtension) {
        this.mediaType = mediaType;
        this.fileExtension = fileExtension;
    }

    /** The media type, as it stands in the manifest. */
    public String mediaType() {
        return mediaType;
    }

    /** The file name's ending, without a dot. */
    public String fileExtension() {
        return fileExtension;
    }
}
