package io.github.signaturereactive.samples.webflux;

import io.r2dbc.spi.ConnectionFactories;
import org.junit.jupiter.api.condition.EnabledIf;
import reactor.core.scheduler.Schedulers;

/** Runs the contract on a PostgreSQL server, with calls on threads that must not block. */
@EnabledIf(value = Postgres.CAN_RUN, disabledReason = Postgres.CANNOT_RUN)
class SignatureJobRepositoryInPostgresTest extends SignatureJobRepositoryContract {

    SignatureJobRepositoryInPostgresTest() {
        super(ConnectionFactories.get(Postgres.url()), Schedulers.parallel());
    }
}
