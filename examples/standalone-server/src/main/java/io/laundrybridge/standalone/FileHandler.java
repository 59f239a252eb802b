package io.laundrybridge.standalone;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.glassfish.grizzly.http.Method;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.http.util.HttpStatus;

/** Answers everything that is not a WebSocket. */
final class FileHandler extends HttpHandler {
    private final List<StaticFiles> files;

    FileHandler(List<StaticFiles> files) {
        this.files = List.copyOf(files);
    }

    @Override
    public void service(Request request, Response response) throws IOException {
        // Or an answer to a request that offers an upgrade, to HTTP/2 for example, would go without its type.
        request.getRequest().setIgnoreContentModifiers(false);
        response.setHeader("X-Content-Type-Options", "nosniff");
        Method method = request.getMethod();
        if (!method.equals(Method.GET) && !method.equals(Method.HEAD)) {
            response.setHeader("Allow", "GET, HEAD");
            say(HttpStatus.METHOD_NOT_ALLOWED_405, response);
            return;
        }
        Optional<StaticFile> file = find(request.getRequestURI());
        if (file.isPresent()) {
            send(file.get(), request, response);
        } else {
            say(HttpStatus.NOT_FOUND_404, response);
        }
    }

    private Optional<StaticFile> find(String path) {
        return files.stream().flatMap(some -> some.find(path).stream()).findFirst();
    }

    private static void send(StaticFile file, Request request, Response response) throws IOException {
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("ETag", file.tag());
        // The pages load nothing from elsewhere, and nobody frames them.
        response.setHeader("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'");
        if (file.tag().equals(request.getHeader("If-None-Match"))) {
            response.setStatus(HttpStatus.NOT_MODIFIED_304);
            return;
        }
        response.setContentType(file.type());
        response.setContentLength(file.content().length);
        if (request.getMethod().equals(Method.GET)) {
            response.getOutputStream().write(file.content());
        }
    }

    /** In our own words: Grizzly's error page says which software it is. */
    private static void say(HttpStatus status, Response response) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain; charset=utf-8");
        response.getWriter().write(status.getReasonPhrase());
    }
}
