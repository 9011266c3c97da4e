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
 * A {@link HandlerResultHandler} for controllers that return a {@link DocumentDownload}, or a {@code Mono} or another single-value type
 * with one. {@code @ResponseBody} is not required, so it also applies to controllers whose other methods return view names. Responses are
 * written by {@link DocumentDownloadHttpMessageWriter}.
 */
public final class DocumentDownloadResultHandler implements HandlerResultHandler, Ordered {

    /** After response entities (order 0), and before response bodies (100) and views, which support every result. */
    private static final int ORDER = 50;

    private final ReactiveAdapterRegistry adapters;
    private final DocumentDownloadHttpMessageWriter writer;

    /**
     * Creates a handler. The auto-configuration registers one, so applications rarely need to.
     *
     * @param adapters the adapters of reactive types
     * @param writer the writer of responses
     */
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
