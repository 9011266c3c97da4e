package io.github.signaturereactive.quickstart;

import io.github.signaturereactive.portal.Notifications;
import io.github.signaturereactive.portal.NotificationsUsingLookup;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalSignature;
import io.github.signaturereactive.portal.PortalSigner;
import io.github.signaturereactive.portal.SignerIdentifier;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Creates signers from arguments, and describes them in the output by number, because their identifiers are personal
 * data.
 */
final class Signers {

    private static final Pattern PERSONAL_IDENTIFICATION_NUMBER = Pattern.compile("\\d{11}");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s,]+@[^@\\s,]+\\.[^@\\s,]+");

    private Signers() {}

    /** Returns two sample signers. */
    static List<PortalSigner.Builder> samples() {
        return List.of(
                parse("12345678910,kari.nordmann@example.com", 1).withOrder(0),
                parse("ola.nordmann@example.com", 2).withOrder(1));
    }

    /**
     * Returns the signer with this personal identification number, e-mail address, or both.
     *
     * @param number the number of the signer, for the error message
     */
    static PortalSigner.Builder parse(String signer, int number) {
        String[] parts = signer.split(",", 2);
        boolean identified = PERSONAL_IDENTIFICATION_NUMBER.matcher(parts[0]).matches();
        if (parts.length == 2 && identified && EMAIL.matcher(parts[1]).matches()) {
            return PortalSigner.identifiedByPersonalIdentificationNumber(
                    parts[0], Notifications.builder().withEmailTo(parts[1]).build());
        }
        if (parts.length == 1 && identified) {
            return PortalSigner.identifiedByPersonalIdentificationNumber(signer, NotificationsUsingLookup.EMAIL_ONLY);
        }
        if (EMAIL.matcher(signer).matches()) {
            return PortalSigner.identifiedByEmail(signer);
        }
        throw new ArgumentException("--signer: signer " + number
                + " is neither a personal identification number (eleven digits), nor an e-mail address, nor both with a"
                + " comma between them");
    }

    /**
     * Returns the number of the signer of a signature in the job, counted from 1. If the job has no such signer,
     * returns its number in the response.
     */
    static int number(PortalJob job, List<PortalSignature> signatures, PortalSignature signature) {
        List<SignerIdentifier> identifiers =
                job.signers().stream().map(PortalSigner::identifier).toList();
        int index = identifiers.indexOf(signature.signer());
        return (index < 0 ? signatures.indexOf(signature) : index) + 1;
    }

    /** Returns the status of each signer, in one line. */
    static String statuses(PortalJob job, List<PortalSignature> signatures) {
        return IntStream.range(0, signatures.size())
                .mapToObj(signatures::get)
                .map(signature -> "signer " + number(job, signatures, signature) + " " + signature.status())
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
