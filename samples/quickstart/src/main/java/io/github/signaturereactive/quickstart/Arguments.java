package io.github.signaturereactive.quickstart;

import io.github.signaturereactive.ServiceEnvironment;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.portal.PortalSigner;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of the command line.
 *
 * @param help whether only the help text is requested
 * @param documents the PDFs to sign; if empty, the sample documents
 * @param signers the signers in signing order; if empty, two sample signers
 * @param out the directory for signed documents
 * @param environment the real environment to use, or null for the embedded service
 */
record Arguments(
        boolean help,
        List<Path> documents,
        List<PortalSigner.Builder> signers,
        Path out,
        @Nullable RealEnvironment environment) {

    static final String HELP = """
            Creates a signature job, waits for the signatures, and saves the signed documents.

            Usage: quickstart [options] [file.pdf ...]

              file.pdf ...             documents to sign, in this order (default: two samples)
              --signer <signer>        a personal identification number (public organizations only:
                                       the service looks up the signer's address), an e-mail
                                       address, or both as number,address; repeat the option for
                                       each signer, in signing order (default: two samples)
              --out <directory>        where to save (default: signed)
              --help                   print this text

            Without the following options, the program starts a signing service in its own process
            and simulates the signers. With them, it sends the job to real signers.

              --environment <name>     difitest or production
              --certificate <file>     your enterprise certificate with its private key, PKCS#12
                                       (.p12, .pfx); the password is read from the environment
                                       variable SIGNATURE_PASSWORD or from the terminal
              --sender <number>        organization number of the sender
            """;

    private static final int MAX_DOCUMENTS = 20;
    private static final int MAX_SIGNERS = 10;

    /**
     * A real environment, with the credentials for it.
     *
     * @param environment the environment
     * @param certificate the PKCS#12 file
     * @param sender the sender, with the default queue
     */
    record RealEnvironment(ServiceEnvironment environment, Path certificate, Sender sender) {}

    /**
     * Parses the command line.
     *
     * @throws ArgumentException if an argument is unknown, missing or invalid
     */
    static Arguments parse(String... commandLine) {
        return new Parser(commandLine).parse();
    }

    /** Parses the arguments from left to right into the fields. */
    private static final class Parser {

        private final Deque<String> rest;
        private final List<Path> documents = new ArrayList<>();
        private final List<PortalSigner.Builder> signers = new ArrayList<>();
        private boolean help;
        private @Nullable Path out;
        private @Nullable ServiceEnvironment environment;
        private @Nullable Path certificate;
        private @Nullable Sender sender;

        Parser(String... commandLine) {
            rest = new ArrayDeque<>(List.of(commandLine));
        }

        Arguments parse() {
            while (!rest.isEmpty() && !help) {
                String argument = rest.pop();
                switch (argument) {
                    case "--help", "-h" -> help = true;
                    case "--out" -> out = path(argument, valueOf(argument));
                    case "--signer" -> addSigner(valueOf(argument));
                    case "--environment" -> environment = environment(valueOf(argument));
                    case "--certificate" -> certificate = path(argument, valueOf(argument));
                    case "--sender" -> sender = sender(valueOf(argument));
                    default -> addDocument(argument);
                }
            }
            Path directory = out == null ? Path.of("signed") : out;
            return new Arguments(help, List.copyOf(documents), List.copyOf(signers), directory, realEnvironment());
        }

        private @Nullable RealEnvironment realEnvironment() {
            if (help || (environment == null && certificate == null && sender == null)) {
                return null;
            }
            if (environment == null || certificate == null || sender == null) {
                throw new ArgumentException(
                        "--environment, --certificate and --sender go together; missing: " + missing());
            }
            if (signers.isEmpty()) {
                throw new ArgumentException("--environment needs at least one --signer");
            }
            return new RealEnvironment(environment, certificate, sender);
        }

        private String missing() {
            List<String> missing = new ArrayList<>();
            if (environment == null) {
                missing.add("--environment");
            }
            if (certificate == null) {
                missing.add("--certificate");
            }
            if (sender == null) {
                missing.add("--sender");
            }
            return String.join(", ", missing);
        }

        private String valueOf(String option) {
            if (rest.isEmpty() || rest.element().startsWith("--")) {
                throw new ArgumentException(option + " needs a value");
            }
            return rest.pop();
        }

        private void addDocument(String argument) {
            if (argument.startsWith("-")) {
                throw new ArgumentException("unknown option " + argument + "; --help lists the options");
            }
            if (documents.size() == MAX_DOCUMENTS) {
                throw new ArgumentException("a job has at most " + MAX_DOCUMENTS + " documents");
            }
            documents.add(path("document", argument));
        }

        /** Adds a signer. Messages do not contain the value, because it is personal data. */
        private void addSigner(String signer) {
            if (signers.size() == MAX_SIGNERS) {
                throw new ArgumentException("a job has at most " + MAX_SIGNERS + " signers");
            }
            signers.add(Signers.parse(signer, signers.size() + 1).withOrder(signers.size()));
        }

        private static ServiceEnvironment environment(String name) {
            return switch (name.toLowerCase(Locale.ROOT)) {
                case "difitest" -> ServiceEnvironment.DIFITEST;
                case "production" -> ServiceEnvironment.PRODUCTION;
                default -> throw new ArgumentException("--environment is difitest or production, not " + name);
            };
        }

        private static Sender sender(String number) {
            try {
                return new Sender(number);
            } catch (IllegalArgumentException e) {
                throw new ArgumentException("--sender: " + e.getMessage());
            }
        }

        private static Path path(String what, String path) {
            try {
                return Path.of(path);
            } catch (InvalidPathException e) {
                throw new ArgumentException(what + ": " + e.getMessage());
            }
        }
    }
}
