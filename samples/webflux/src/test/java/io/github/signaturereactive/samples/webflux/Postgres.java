package io.github.signaturereactive.samples.webflux;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A PostgreSQL server in a temporary directory, which runs until the tests end. */
final class Postgres {

    /** The condition for {@link org.junit.jupiter.api.condition.EnabledIf}. */
    static final String CAN_RUN = "io.github.signaturereactive.samples.webflux.Postgres#canRun";

    static final String CANNOT_RUN =
            "PostgreSQL does not run as root, and this machine does not let root become anybody else: run the tests as another user";

    private Postgres() {}

    /** Starts the server on first use. */
    private static final class Server {

        static final EmbeddedPostgres INSTANCE = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "postgres-stop"));
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException("PostgreSQL does not start", e);
            }
        }

        private static void stop(EmbeddedPostgres server) {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Returns whether the server can run: as a user other than root, or in a user namespace. */
    static boolean canRun() {
        if (!System.getProperty("user.name").equals("root")) {
            return true;
        }
        try {
            return new ProcessBuilder("unshare", "-U", "true")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .onExit()
                            .join()
                            .exitValue()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns the R2DBC URL of the database, for the user {@code postgres}. */
    static String url() {
        return "r2dbc:postgresql://postgres@localhost:" + Server.INSTANCE.getPort() + "/postgres";
    }
}
