package io.github.signaturereactive.spring.web;

import io.github.signaturereactive.DocumentDownload;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.reactive.HandlerResultHandler;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Lets every controller, also one whose other methods name views, return a {@link DocumentDownload} or a {@code Mono} of it. Written as {@link
 * DocumentDownloadHttpMessageWriter} says.
 */
public final class DocumentDownloadResultHandler implements HandlerResultHandler, Ordered {

    /** After response entities, before response bodies and before views, which take whatever is left. */
    private static final int ORDER = 50;

    private final ReactiveAdapterRegistry adapters;
    private final DocumentDownloadHttpMessageWriter writer;

    /** A handler that writes by this writer; the starter registers one. */
    public DocumentDownloadResultHandler(ReactiveAdapterRegistry adapters, DocumentDownloadHttpMessageWriter writer) {
        this.adapters = adapters;
        this.writer = writer;
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public boolean supports(HandlerResult result) {
        return writer.canWrite(returned(result), null);
    }

    @Override
    public Mono<Void> handleResult(ServerWebExchange exchange, HandlerResult result) {
        @Nullable ReactiveAdapter adapter = adapter(result);
        Object value = result.getReturnValue();
        Mono<DocumentDownload> download = adapter == null
                ? Mono.justOrEmpty((DocumentDownload) value)
                : Mono.from(adapter.toPublisher(value)).cast(DocumentDownload.class);
        return writer.write(
                download,
                result.getReturnType(),
                returned(result),
                null,
                exchange.getRequest(),
                exchange.getResponse(),
                Map.of());
    }

    private ResolvableType returned(HandlerResult result) {
        @Nullable ReactiveAdapter adapter = adapter(result);
        ResolvableType type = result.getReturnType();
        return adapter == null || adapter.isMultiValue() ? type : type.getGeneric();
    }

    private @Nullable ReactiveAdapter adapter(HandlerResult result) {
        return adapters.getAdapter(result.getReturnType().resolve(Object.class));
    }
}
