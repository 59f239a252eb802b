package io.laundrybridge.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * A file of the browser client, from the class path. Used by the client servlet and by servers without servlets.
 * Immutable.
 */
public final class ClientFile {
    private static final String FOLDER = "/META-INF/resources/laundry-bridge/";
    /** All files of the client. The name that a request asks for is never used as a path. */
    private static final Map<String, String> CONTENT_TYPES = Map.of(
            "laundry-bridge.js", "text/javascript; charset=utf-8",
            "laundry-bridge.js.map", "application/json",
            "laundry-bridge.src.js", "text/javascript; charset=utf-8",
            "laundry-bridge.d.ts", "text/plain; charset=utf-8");

    private final String contentType;
    private final byte[] content;
    private final String etag;

    private ClientFile(String contentType, byte[] content) {
        this.contentType = contentType;
        this.content = content;
        this.etag = '"' + digest(content) + '"';
    }

    /** Returns the file of that name, for example {@code laundry-bridge.js}; empty if the client has no such file. */
    public static Optional<ClientFile> named(String name) {
        String contentType = CONTENT_TYPES.get(name);
        if (contentType == null) {
            return Optional.empty();
        }
        try (InputStream file = ClientFile.class.getResourceAsStream(FOLDER + name)) {
            return file == null ? Optional.empty() : Optional.of(new ClientFile(contentType, file.readAllBytes()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Cannot read " + FOLDER + name + " from the class path", unreadable);
        }
    }

    /** Returns the value of {@code Content-Type}. Browsers run modules only of type {@code text/javascript}. */
    public String contentType() {
        return contentType;
    }

    /** Returns a copy of the content. */
    public byte[] content() {
        return content.clone();
    }

    /** Returns a strong entity tag, with its quotes. */
    public String etag() {
        return etag;
    }

    private static String digest(byte[] content) {
        try {
            byte[] sha = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(sha, 0, 12);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
