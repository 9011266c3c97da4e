package io.github.signaturereactive.signingservice.protocol;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.stream.IntStream;

/**
 * The route of a request.
 *
 * @param organizationNumber the sender in the path
 * @param flow the flow in the path, or empty
 * @param jobId the job in the path, or 0
 * @param number the number after the job, which is the change to confirm or a signer counted from 1, or 0
 * @param archiveId the archive's id of a document, or an empty string
 */
public record Route(
        Operation operation, String organizationNumber, Optional<Flow> flow, long jobId, int number, String archiveId) {

    /** Returns the route of a request, or empty if there is no such operation. */
    public static Optional<Route> of(String method, String path) {
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
        boolean archive = operation == Operation.ARCHIVED_PADES;
        List<Long> numbers = archive
                ? List.of()
                : IntStream.rangeClosed(3, matcher.groupCount())
                        .mapToObj(matcher::group)
                        .map(digits -> digits.length() > 18 ? 0L : Long.parseLong(digits))
                        .toList();
        return Optional.of(new Route(
                operation,
                matcher.group(1),
                Optional.of(matcher.group(2))
                        .filter(flow -> !flow.isEmpty())
                        .map(flow -> Flow.valueOf(flow.toUpperCase(Locale.ROOT))),
                numbers.isEmpty() ? 0 : numbers.get(0),
                numbers.size() < 2 ? 0 : (int) Math.min(Integer.MAX_VALUE, numbers.get(1)),
                archive ? decoded(matcher.group(3)) : ""));
    }

    /** Decodes a segment of a path. A plus sign is not a blank there. */
    private static String decoded(String segment) {
        try {
            return QueryStringDecoder.decodeComponent(segment.replace("+", "%2B"));
        } catch (IllegalArgumentException malformed) {
            return segment;
        }
    }

    /** Returns the queue of this name for the flow and organization in the path. */
    public PollingQueue queue(String name) {
        return new PollingQueue(flow.orElseThrow(), organizationNumber, name);
    }
}
