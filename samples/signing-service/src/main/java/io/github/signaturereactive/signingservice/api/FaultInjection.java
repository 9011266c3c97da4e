package io.github.signaturereactive.signingservice.api;

import io.github.signaturereactive.signingservice.protocol.Operation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * The injection of faults into the processing of requests, planned or at random. A request is affected by at most one
 * {@link Fault}. A fault planned for the next request takes precedence over a fault for all requests, and that over a
 * random fault. Faults apply to requests whose head arrives after the call.
 */
public final class FaultInjection {

    private final Map<Operation, Deque<Fault>> next = new EnumMap<>(Operation.class);
    private final Map<Operation, Fault> always = new EnumMap<>(Operation.class);
    private final List<InjectedFault> injected = new ArrayList<>();
    private Chance chance = new Chance(new Random(0), 0, List.of(), Set.of());

    /** Creates an injection without faults. */
    public FaultInjection() {}

    /**
     * A fault that has affected a request.
     *
     * @param operation the operation of the request
     * @param fault the fault
     */
    public record InjectedFault(Operation operation, Fault fault) {}

    private record Chance(Random random, double probability, List<Fault> faults, Set<Operation> operations) {}

    /** Plans faults for the next requests of this operation, one each, after the faults planned before. */
    public synchronized void next(Operation operation, Fault... faults) {
        next.computeIfAbsent(operation, o -> new ArrayDeque<>()).addAll(List.of(faults));
    }

    /** Applies a fault to every further request of this operation. */
    public synchronized void always(Operation operation, Fault fault) {
        always.put(operation, fault);
    }

    /**
     * Applies faults to requests at random. The same seed makes the same choices for the same sequence of requests.
     *
     * @param seed the seed of the random numbers
     * @param probability the probability that a request is affected, from 0 to 1
     * @param faults the faults to choose from, all equally likely
     * @param operations the operations that can be affected; all operations if empty
     */
    public synchronized void randomly(long seed, double probability, List<Fault> faults, Operation... operations) {
        Set<Operation> kinds =
                operations.length == 0 ? EnumSet.allOf(Operation.class) : EnumSet.copyOf(List.of(operations));
        chance = new Chance(new Random(seed), faults.isEmpty() ? 0 : probability, List.copyOf(faults), kinds);
    }

    /** Removes all faults for further requests. */
    public synchronized void clear() {
        next.clear();
        always.clear();
        chance = new Chance(new Random(0), 0, List.of(), Set.of());
    }

    /** Returns the faults that have affected requests, in order. */
    public synchronized List<InjectedFault> injected() {
        return List.copyOf(injected);
    }

    synchronized Fault next(Operation operation) {
        Fault fault = choose(operation);
        if (!fault.equals(Fault.NONE)) {
            injected.add(new InjectedFault(operation, fault));
        }
        return fault;
    }

    private Fault choose(Operation operation) {
        Deque<Fault> planned = next.getOrDefault(operation, new ArrayDeque<>());
        if (!planned.isEmpty()) {
            return planned.remove();
        }
        Fault standing = always.get(operation);
        if (standing != null) {
            return standing;
        }
        if (chance.operations().contains(operation) && chance.random().nextDouble() < chance.probability()) {
            return chance.faults().get(chance.random().nextInt(chance.faults().size()));
        }
        return Fault.NONE;
    }
}
