package io.laundrybridge.spring.webflux;

import io.laundrybridge.session.Stamps;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Puts the header {@link Stamps#AT} on responses of a WebFlux application, as
 * {@link io.laundrybridge.transport.servlet.StampFilter} does in a servlet application. A bean of it is all that
 * WebFlux needs.
 */
public final class StampWebFilter implements WebFilter, Ordered {
    private final Stamps stamps;
    private final List<String> paths;

    /**
     * Makes a filter that adds {@code stamps}.
     *
     * @param stamps the positions, for example {@code sink.stamps(List.of("machines"))}
     * @param paths where, as a servlet filter has them: {@code /api/*}, {@code /machines} or {@code *.json}
     */
    public StampWebFilter(Stamps stamps, List<String> paths) {
        this.stamps = stamps;
        this.paths = List.copyOf(paths);
    }

    /** {@inheritDoc} The position is taken when the request is handled, not when the chain is made. */
    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return Mono.defer(() -> {
            String path =
                    exchange.getRequest().getPath().pathWithinApplication().value();
            String at = paths.stream().anyMatch(pattern -> matches(pattern, path)) ? stamps.at() : null;
            if (at != null) {
                exchange.getResponse().getHeaders().add(Stamps.AT, at);
            }
            return chain.filter(exchange);
        });
    }

    private static boolean matches(String pattern, String path) {
        if (pattern.endsWith("/*")) {
            String folder = pattern.substring(0, pattern.length() - 2);
            return path.equals(folder) || path.startsWith(folder + "/");
        }
        return pattern.startsWith("*.") ? path.endsWith(pattern.substring(1)) : path.equals(pattern);
    }

    /** {@inheritDoc} After all others, next to the handler. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }
}
