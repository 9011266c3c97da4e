package io.github.signaturereactive.samples.webflux;

import io.r2dbc.spi.ConnectionFactories;
import reactor.core.scheduler.Schedulers;

class SignatureJobRepositoryInH2Test extends SignatureJobRepositoryContract {

    SignatureJobRepositoryInH2Test() {
        super(
                ConnectionFactories.get("r2dbc:h2:mem:///contract?options=DB_CLOSE_DELAY=-1"),
                Schedulers.boundedElastic());
    }
}
