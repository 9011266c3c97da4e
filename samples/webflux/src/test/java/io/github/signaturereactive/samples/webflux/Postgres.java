package io.github.signaturereactive.samples.webflux;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A PostgreSQL server of its own, in a directory of its own, for as long as the tests run. */
final class Postgres {

    private static final EmbeddedPostgres SERVER = start();

    private Postgres() {}

    /** Where its database is, for the user {@code postgres}. */
    static String url() {
        return "r2dbc:postgresql://postgres@localhost:" + SERVER.getPort() + "/postgres";
    }

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
