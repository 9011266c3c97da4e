package io.github.signaturereactive.quickstart;

import io.github.signaturereactive.DocumentDownload;
import io.github.signaturereactive.PortalClient;
import io.github.signaturereactive.portal.PortalJobStatusChanged;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The Java code of docs/downloads.md. Each region between two markers is quoted there literally. */
@SuppressWarnings("unused") // only compiled
final class DownloadsSnippets {

    private DownloadsSnippets() {}

    static void download(PortalClient portal, PortalJobStatusChanged change) {
        // [download
        if (change.isPAdESAvailable()) {
            DocumentDownload pades = portal.getPAdES(change.pAdESUrl());

            Mono<Path> file = pades.saveTo(Path.of("signed.pdf")); // complete or absent
            Mono<byte[]> small = pades.toByteArray(1_000_000); // an error if it is larger
            Flux<ByteBuffer> stream = pades.content(); // with back-pressure
        }
        // download]
    }
}
