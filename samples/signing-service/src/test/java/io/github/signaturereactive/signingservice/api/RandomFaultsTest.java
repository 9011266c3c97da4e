package io.github.signaturereactive.signingservice.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.signingservice.protocol.Operation;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomFaultsTest {

    @Test
    void sameSeedMakesSameChoices() {
        FaultInjection faults = new FaultInjection();
        List<Fault> some = List.of(Fault.status(500), Fault.dosFilter(), Fault.garbage());

        List<List<Fault>> rounds = IntStream.range(0, 2)
                .mapToObj(round -> {
                    faults.randomly(17, 0.3, some, Operation.POLL);
                    return IntStream.range(0, 1000)
                            .mapToObj(i -> faults.next(Operation.POLL))
                            .toList();
                })
                .toList();

        assertThat(rounds.get(0)).isEqualTo(rounds.get(1)).containsAll(some);
        assertThat(rounds.get(0).stream().filter(Fault.NONE::equals)).hasSizeBetween(600, 800);
        assertThat(faults.next(Operation.CONFIRM)).isSameAs(Fault.NONE);
    }
}
