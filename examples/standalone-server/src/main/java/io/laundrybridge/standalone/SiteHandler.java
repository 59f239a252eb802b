package io.laundrybridge.standalone;

import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;

/** Answers everything that is not a WebSocket, on Grizzly. */
final class SiteHandler extends HttpHandler {
    private final Site site;

    SiteHandler(Site site) {
        this.site = site;
    }

    @Override
    public void service(Request request, Response response) {
        // Otherwise an answer to a request that offers an upgrade, for example to HTTP/2, would have no type.
        request.getRequest().setIgnoreContentModifiers(false);
        Answer answer = Answer.to(
                request.getMethod().getMethodString(),
                request.getRequestURI(),
                request.getHeader("If-None-Match"),
                site);
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        if (answer.body().length > 0) {
            GrizzlyBodyWriter.write(answer.body(), response);
        }
    }
}
