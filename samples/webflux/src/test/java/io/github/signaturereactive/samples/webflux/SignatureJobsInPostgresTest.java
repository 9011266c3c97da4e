package io.github.signaturereactive.samples.webflux;

import io.r2dbc.spi.ConnectionFactories;
import reactor.core.scheduler.Schedulers;

/** On a real server, which this starts. Its driver is asked where it may not block. */
class SignatureJobsInPostgresTest extends SignatureJobsContract {

    SignatureJobsInPostgresTest() {
        super(ConnectionFactories.get(Postgres.url()), Schedulers.parallel());
    }
}
