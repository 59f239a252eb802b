package io.laundrybridge.standalone;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request for a file or a page, the same in every container.
 *
 * @param status the HTTP status
 * @param headers the headers beside those that a server adds to any answer
 * @param body its bytes, shared
 */
record Answer(int status, Map<String, String> headers, byte[] body) {
    private static final byte[] NOTHING = {};

    /**
     * Returns the answer to one request.
     *
     * @param path the path as received, not decoded
     * @param known the tag of the browser's copy, from {@code If-None-Match}
     */
    static Answer to(String method, String path, @Nullable String known, Site site) {
        boolean head = method.equals("HEAD");
        if (!head && !method.equals("GET")) {
            return words(405, "Method Not Allowed", Map.of("Allow", "GET, HEAD"));
        }
        return site.page(path)
                .map(page -> live(page, head))
                .or(() ->
                        site.file(path).map(found -> found.tag().equals(known) ? unchanged(found) : whole(found, head)))
                .orElseGet(() -> words(404, "Not Found", Map.of()));
    }

    private static Answer live(Page page, boolean head) {
        byte[] body = page.bytes();
        Map<String, String> headers = Map.of(
                "X-Content-Type-Options",
                "nosniff",
                "Cache-Control",
                "no-store",
                "Content-Type",
                page.type(),
                "Content-Length",
                Integer.toString(body.length));
        return new Answer(page.status(), headers, head ? NOTHING : body);
    }

    private static Answer whole(StaticFile file, boolean head) {
        Map<String, String> headers = headers(file);
        headers.put("Content-Type", file.type());
        headers.put("Content-Length", Integer.toString(file.content().length));
        return new Answer(200, headers, head ? NOTHING : file.content());
    }

    private static Answer unchanged(StaticFile file) {
        return new Answer(304, headers(file), NOTHING);
    }

    private static Map<String, String> headers(StaticFile file) {
        Map<String, String> headers = new HashMap<>(Map.of(
                "X-Content-Type-Options", "nosniff",
                "Cache-Control", "no-cache",
                "ETag", file.tag(),
                // The pages load nothing from elsewhere, and no page may frame them.
                "Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'"));
        if (file.shared()) {
            headers.put("Access-Control-Allow-Origin", "*");
            headers.put("Cross-Origin-Resource-Policy", "cross-origin");
        }
        return headers;
    }

    /** In our own words: a server's error page names its software. */
    private static Answer words(int status, String words, Map<String, String> more) {
        Map<String, String> headers = new HashMap<>(more);
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Content-Type", "text/plain; charset=utf-8");
        return new Answer(status, headers, words.getBytes(StandardCharsets.UTF_8));
    }
}
