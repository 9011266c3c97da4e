package io.github.signaturereactive.quickstart;

import io.github.signaturereactive.ClientConfiguration;
import io.github.signaturereactive.ServiceEnvironment;
import io.github.signaturereactive.job.PollingQueue;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.security.OrganizationCertificate;
import io.github.signaturereactive.signingservice.SigningService;
import io.github.signaturereactive.signingservice.certificate.ClientCertificate;
import io.github.signaturereactive.signingservice.job.JobSnapshot;
import io.github.signaturereactive.signingservice.job.SignerStatus;
import java.io.UncheckedIOException;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The signing service for the job, and its signers. */
sealed interface TargetService extends AutoCloseable {

    /** Returns the configuration of a client of the service. */
    ClientConfiguration configuration();

    /**
     * Returns the sender with its queue. No other application may poll the queue, because this program confirms every
     * change in it.
     */
    Sender sender();

    /** Returns a description for the output. */
    String description();

    /** Handles an empty queue. In the embedded service, the next signer signs. */
    void onEmptyQueue(long jobId, ConsoleOutput output);

    @Override
    void close();

    /** Returns the service that the arguments select. */
    static TargetService of(Arguments arguments, Supplier<char[]> password) {
        Arguments.RealEnvironment real = arguments.environment();
        return real == null ? new Embedded() : new Real(real, certificate(real, password));
    }

    private static OrganizationCertificate certificate(Arguments.RealEnvironment real, Supplier<char[]> password) {
        try {
            return OrganizationCertificate.fromPkcs12(real.certificate(), password.get());
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw new ArgumentException("--certificate: " + e.getMessage());
        }
    }

    private static Sender withUniqueQueue(String organizationNumber) {
        String queue = "quickstart-" + UUID.randomUUID().toString().substring(0, 8);
        return new Sender(organizationNumber, PollingQueue.of(queue));
    }

    /** A signing service in this process, whose signers are simulated. */
    final class Embedded implements TargetService {

        private final SigningService service = SigningService.start();
        private final Sender sender =
                withUniqueQueue(service.clientCertificate().organizationNumber());

        @Override
        public ClientConfiguration configuration() {
            ClientCertificate certificate = service.clientCertificate();
            return ClientConfiguration.builder(
                            OrganizationCertificate.fromPkcs12(certificate.path(), certificate.password()))
                    .environment(ServiceEnvironment.DIFITEST
                            .withServiceUrl(service.url())
                            .withTrusted(service.certificateAuthority()))
                    .build();
        }

        @Override
        public Sender sender() {
            return sender;
        }

        @Override
        public String description() {
            return "embedded signing service at " + service.url();
        }

        @Override
        public void onEmptyQueue(long jobId, ConsoleOutput output) {
            JobSnapshot job = service.jobs().get(jobId);
            IntStream.range(0, job.signers().size())
                    .filter(signer -> job.signers().get(signer).status() == SignerStatus.WAITING)
                    .findFirst()
                    .ifPresent(signer -> {
                        service.jobs().sign(jobId, signer);
                        output.event("signer " + (signer + 1), "signs");
                    });
        }

        @Override
        public void close() {
            service.close();
        }
    }

    /** An environment of the real service. */
    final class Real implements TargetService {

        private final ServiceEnvironment environment;
        private final OrganizationCertificate certificate;
        private final Sender sender;

        Real(Arguments.RealEnvironment real, OrganizationCertificate certificate) {
            this.environment = real.environment();
            this.certificate = certificate;
            this.sender = withUniqueQueue(real.sender().organizationNumber());
        }

        @Override
        public ClientConfiguration configuration() {
            return ClientConfiguration.builder(certificate)
                    .environment(environment)
                    .build();
        }

        @Override
        public Sender sender() {
            return sender;
        }

        @Override
        public String description() {
            return environment.toString();
        }

        @Override
        public void onEmptyQueue(long jobId, ConsoleOutput output) {
            output.event("signers", "have been notified; waiting for them, Ctrl-C ends the wait");
        }

        @Override
        public void close() {}
    }
}
