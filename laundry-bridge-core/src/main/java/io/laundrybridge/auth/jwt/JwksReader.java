package io.laundrybridge.auth.jwt;

import static io.laundrybridge.config.BridgeSettings.JWKS;

import io.laundrybridge.error.SettingException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Reads the text of a JWKS, of at most 256 Ki bytes, from a file or from a server. Says in {@code toString} where. */
sealed interface JwksReader permits JwksFile, JwksUrl {
    /** The largest JWKS, in bytes. */
    int MOST_BYTES = 256 << 10;

    Pattern LOOPBACK = Pattern.compile("localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1]");

    /**
     * Returns the reader of {@code location}, a path or a URL.
     *
     * @throws SettingException if it is neither, or a URL that others on the network could answer for
     */
    static JwksReader of(String location) {
        try {
            if (location.startsWith("http://") || location.startsWith("https://")) {
                return new JwksUrl(checked(URI.create(location)));
            }
            return new JwksFile(location.startsWith("file:") ? Path.of(URI.create(location)) : Path.of(location));
        } catch (IllegalArgumentException e) {
            throw JWKS.refusal("'" + location + "'");
        }
    }

    private static URI checked(URI url) {
        if (url.getRawUserInfo() != null) {
            throw JWKS.refusal("a URL with a user or a password", "one without");
        }
        if (url.getHost() == null) {
            throw JWKS.refusal("'" + url + "'");
        }
        if (url.getScheme().equals("http") && !LOOPBACK.matcher(url.getHost()).matches()) {
            throw JWKS.refusal(
                    "'" + url + "'",
                    "https, since keys that were changed on the way would let anybody in. http is for loopback only;"
                            + " where there is no TLS, keep the keys in a file");
        }
        return url;
    }

    /**
     * Returns the text.
     *
     * @throws IOException if it cannot be read in time, or is too large
     */
    String read() throws IOException;
}
