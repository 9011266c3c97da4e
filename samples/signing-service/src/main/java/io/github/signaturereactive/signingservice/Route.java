package io.github.signaturereactive.signingservice;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * Where a request goes.
 *
 * @param organizationNumber the sender in the path
 * @param jobId the job in the path, 0 where there is none
 * @param number what comes after the job: the change to confirm, or the signer whose XAdES it is counted from 1; 0 where
 *     there is none
 */
record Route(Operation operation, String organizationNumber, long jobId, int number) {

    static Optional<Route> of(String method, String path) {
        return Arrays.stream(Operation.values())
                .filter(operation -> operation.method().equals(method))
                .flatMap(operation -> match(operation, path).stream())
                .findFirst();
    }

    private static Optional<Route> match(Operation operation, String path) {
        Matcher matcher = operation.path().matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        List<Long> numbers = java.util.stream.IntStream.rangeClosed(2, matcher.groupCount())
                .mapToObj(matcher::group)
                .map(digits -> digits.length() > 18 ? 0L : Long.parseLong(digits))
                .toList();
        return Optional.of(new Route(
                operation,
                matcher.group(1),
                numbers.isEmpty() ? 0 : numbers.get(0),
                numbers.size() < 2 ? 0 : (int) Math.min(Integer.MAX_VALUE, numbers.get(1))));
    }
}
