package io.laundrybridge.standalone;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** Answers everything that is not a WebSocket, in a servlet container. */
final class FileServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient List<StaticFiles> files;

    FileServlet(List<StaticFiles> files) {
        this.files = List.copyOf(files);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Answer answer =
                Answer.to(request.getMethod(), request.getRequestURI(), request.getHeader("If-None-Match"), files);
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        if (answer.body().length > 0) {
            BodyWriter.write(answer.body(), request, response);
        }
    }
}
