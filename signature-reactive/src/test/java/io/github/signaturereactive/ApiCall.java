package io.github.signaturereactive;

import io.github.signaturereactive.direct.DirectDocument;
import io.github.signaturereactive.direct.DirectJob;
import io.github.signaturereactive.direct.DirectSigner;
import io.github.signaturereactive.direct.ExitUrls;
import io.github.signaturereactive.direct.SignerUrl;
import io.github.signaturereactive.direct.StatusReference;
import io.github.signaturereactive.job.ArchiveOwner;
import io.github.signaturereactive.job.CancellationUrl;
import io.github.signaturereactive.job.ConfirmationReference;
import io.github.signaturereactive.job.DeleteDocumentsUrl;
import io.github.signaturereactive.job.PAdESReference;
import io.github.signaturereactive.job.XAdESReference;
import io.github.signaturereactive.portal.PortalDocument;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalSigner;
import java.net.URI;
import java.util.List;
import org.reactivestreams.Publisher;

/** Each call of the API. */
enum ApiCall {
    WHO_AM_I {
        @Override
        Publisher<?> to(SignatureClient client, String root) {
            return client.whoAmI();
        }
    },
    CREATE_PORTAL_JOB {
        @Override
        Publisher<?> to(SignatureClient client, String root) {
            return client.portal().create(portalJob());
        }
    },
    CREATE_DIRECT_JOB {
        @Override
        Publisher<?> to(SignatureClient client, String root) {
            return client.direct().create(directJob());
        }
    },
    POLL_PORTAL {
        @Override
        Publisher<?> to(SignatureClient client, String root) {
            return client.portal().getStatusChange();
        }
    },
    POLL_DIRECT {
        @Override
        Publisher<?> to(SignatureClient client, String root) {
            return client.direct().getStatusChange();
        }
    },
    STATUS {
        @Override
        Publisher<?> to(SignatureClient client, String root) {
            return client.direct()
                    .getStatus(StatusReference.of(URI.create(root + "/status")).withStatusQueryToken("abc"));
        }
    },
    NEW_REDIRECT_URL {
        @Override
        Publisher<?> to(SignatureClient client, String root) {
            return client.direct().requestNewRedirectUrl(SignerUrl.of(URI.create(root + "/signer")));
        }
    },
    CONFIRM {
        @Override
        Publisher<?> to(SignatureClient client, String root) {
            return client.portal().confirm(ConfirmationReference.of(URI.create(root + "/confirm")));
        }
    },
    CANCEL {
        @Override
        Publisher<?> to(SignatureClient client, String root) {
            return client.portal().cancel(CancellationUrl.of(URI.create(root + "/cancel")));
        }
    },
    DELETE_DOCUMENTS {
        @Override
        Publisher<?> to(SignatureClient client, String root) {
            return client.portal().deleteDocuments(DeleteDocumentsUrl.of(URI.create(root + "/documents")));
        }
    },
    PADES {
        @Override
        Publisher<?> to(SignatureClient client, String root) {
            return client.portal()
                    .getPAdES(PAdESReference.of(URI.create(root + "/pades")))
                    .content();
        }
    },
    XADES {
        @Override
        Publisher<?> to(SignatureClient client, String root) {
            return client.direct()
                    .getXAdES(XAdESReference.of(URI.create(root + "/xades")))
                    .toByteArray(100_000);
        }
    },
    ARCHIVED_PADES {
        @Override
        Publisher<?> to(SignatureClient client, String root) {
            return client.archive()
                    .getPAdES(new ArchiveOwner("123456789"), "17")
                    .toByteArray(100_000);
        }
    };

    /** Makes the call. References and URLs in its input are below the root. */
    abstract Publisher<?> to(SignatureClient client, String root);

    private static PortalJob portalJob() {
        return PortalJob.builder(
                        "Title",
                        List.of(PortalDocument.builder("Document", new byte[100])
                                .build()),
                        List.of(PortalSigner.identifiedByEmail("signer@example.com")
                                .build()))
                .build();
    }

    private static DirectJob directJob() {
        return DirectJob.builder(
                        "Title",
                        DirectDocument.builder("Document", new byte[] {1}).build(),
                        DirectSigner.withPersonalIdentificationNumber("12345678910")
                                .build(),
                        ExitUrls.singleExitUrl(URI.create("https://sender.example/")))
                .build();
    }
}
