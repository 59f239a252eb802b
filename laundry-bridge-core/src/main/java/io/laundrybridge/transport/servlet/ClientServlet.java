package io.laundrybridge.transport.servlet;

import io.laundrybridge.transport.ClientFile;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Serves the browser client, with the content type that modules need; some containers have none for {@code .js}.
 * Register it at {@code /laundry-bridge/*}. Browsers ask again each time and get 304 if nothing has changed. Pages of
 * any origin may load the files, because they are public and depend on nothing. The endpoint itself checks each page's
 * origin.
 */
public final class ClientServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<ClientFile> file = requested(request.getPathInfo());
        if (file.isPresent()) {
            send(file.get(), request, response);
        } else {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    private static Optional<ClientFile> requested(@Nullable String path) {
        return path == null ? Optional.empty() : ClientFile.named(path.substring(1));
    }

    private static void send(ClientFile file, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("ETag", file.etag());
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Access-Control-Allow-Origin", "*");
        response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
        if (file.etag().equals(request.getHeader("If-None-Match"))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        byte[] content = file.content();
        response.setContentType(file.contentType());
        response.setContentLength(content.length);
        response.getOutputStream().write(content);
    }
}
