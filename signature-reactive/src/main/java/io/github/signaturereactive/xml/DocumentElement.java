package io.github.signaturereactive.xml;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.signaturereactive.job.Document;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.dataformat.xml.annotation.JacksonXmlProperty;

/** The element {@code document} of manifests. */
record DocumentElement(
        @JacksonXmlProperty(isAttribute = true) String href,
        @JacksonXmlProperty(isAttribute = true) String mime,
        @JsonProperty(namespace = Xml.NAMESPACE) String title) {

    static List<DocumentElement> of(List<? extends Document> documents, List<String> fileNames) {
        if (documents.size() != fileNames.size()) {
            throw new IllegalArgumentException(
                    "There are " + documents.size() + " documents, but " + fileNames.size() + " file names");
        }
        return IntStream.range(0, documents.size())
                .mapToObj(i -> new DocumentElement(
                        fileNames.get(i),
                        documents.get(i).type().mediaType(),
                        documents.get(i).title()))
                .toList();
    }
}
