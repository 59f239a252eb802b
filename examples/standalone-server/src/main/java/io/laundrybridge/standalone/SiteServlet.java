package io.laundrybridge.standalone;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers everything that is not a WebSocket, in a servlet container. */
final class SiteServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient Site site;

    SiteServlet(Site site) {
        this.site = site;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Answer answer =
                Answer.to(request.getMethod(), request.getRequestURI(), request.getHeader("If-None-Match"), site);
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        if (answer.body().length > 0) {
            BodyWriter.write(answer.body(), request, response);
        }
    }
}
