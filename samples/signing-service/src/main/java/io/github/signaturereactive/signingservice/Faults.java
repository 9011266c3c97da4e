package io.github.signaturereactive.signingservice;

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
 * Makes requests go wrong, by plan or by chance. A fault planned for the next request comes before one for all, and that
 * before one by chance; a request meets one of them at most. What is planned holds for requests whose head arrives
 * afterwards.
 */
public final class Faults {

    private final Map<Operation, Deque<Fault>> next = new EnumMap<>(Operation.class);
    private final Map<Operation, Fault> always = new EnumMap<>(Operation.class);
    private final List<Met> met = new ArrayList<>();
    private Chance chance = new Chance(new Random(0), 0, List.of(), Set.of());

    Faults() {}

    /**
     * A fault that a request met with.
     *
     * @param operation what was asked for
     * @param fault what went wrong
     */
    public record Met(Operation operation, Fault fault) {}

    private record Chance(Random random, double probability, List<Fault> faults, Set<Operation> operations) {}

    /** The next requests of this kind meet these faults, one each, after those planned before. */
    public synchronized void next(Operation operation, Fault... faults) {
        next.computeIfAbsent(operation, o -> new ArrayDeque<>()).addAll(List.of(faults));
    }

    /** Every request of this kind meets this fault from now on. */
    public synchronized void always(Operation operation, Fault fault) {
        always.put(operation, fault);
    }

    /**
     * Requests meet faults by chance. The same seed makes the same choices for the same sequence of requests.
     *
     * @param seed where the choices begin
     * @param probability how likely a request is to meet one, from 0 to 1
     * @param faults one of these, each as likely as the others
     * @param operations only requests of these kinds; of every kind if there are none
     */
    public synchronized void randomly(long seed, double probability, List<Fault> faults, Operation... operations) {
        Set<Operation> kinds =
                operations.length == 0 ? EnumSet.allOf(Operation.class) : EnumSet.copyOf(List.of(operations));
        chance = new Chance(new Random(seed), faults.isEmpty() ? 0 : probability, List.copyOf(faults), kinds);
    }

    /** From now on nothing goes wrong. */
    public synchronized void clear() {
        next.clear();
        always.clear();
        chance = new Chance(new Random(0), 0, List.of(), Set.of());
    }

    /** Every fault a request has met with, in order. */
    public synchronized List<Met> met() {
        return List.copyOf(met);
    }

    synchronized Fault next(Operation operation) {
        Fault fault = choose(operation);
        if (!fault.equals(Fault.NONE)) {
            met.add(new Met(operation, fault));
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
