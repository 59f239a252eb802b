package io.laundrybridge.transport.servlet;

import io.laundrybridge.session.Stamps;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Puts the header {@link Stamps#AT} on responses: the position of channels before the request was handled. A page that
 * loads state by such a call subscribes there. Register it for requests, on the paths of these calls, in front of
 * filters that answer from a store of their own.
 *
 * <p>The header is added before the request goes on, so it is also there if the answer comes later, on another thread.
 * If no channel is ready, there is no header. Caches may keep the response as before: an older position fits the older
 * content.
 */
public final class StampFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private final transient Stamps stamps;

    /**
     * Makes a filter that adds {@code stamps}.
     *
     * @param stamps the positions, for example {@code sink.stamps(List.of("machines"))}
     */
    public StampFilter(Stamps stamps) {
        this.stamps = stamps;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String at = stamps.at();
        if (at != null) {
            response.addHeader(Stamps.AT, at);
        }
        chain.doFilter(request, response);
    }
}
