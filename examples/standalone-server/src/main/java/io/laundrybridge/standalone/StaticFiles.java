package io.laundrybridge.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The files of one folder of the class path, under one path of the server. Only files whose names end in a known way are
 * there, so no folder is ever listed and no class handed out. Immutable.
 */
public final class StaticFiles {
    /** Plain segments only: with nothing to decode and no dots in a row there is no way out of the folder. */
    private static final Pattern PLAIN = Pattern.compile("(?:[A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)+");

    /** Browsers run modules of type text/javascript alone. */
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "ts", "text/plain; charset=utf-8",
            "map", "application/json",
            "svg", "image/svg+xml");

    private final String path;
    private final String folder;
    private final boolean shared;

    private StaticFiles(String path, String folder, boolean shared) {
        this.path = path;
        this.folder = folder;
        this.shared = shared;
    }

    /**
     * Files of a folder.
     *
     * @param path where they are served, for example {@code /}; begins and ends with a slash. It shows {@code index.html}
     * @param folder where they are in the class path, for example {@code dashboard}
     */
    public static StaticFiles at(String path, String folder) {
        return new StaticFiles(path, folder, false);
    }

    /** The browser client, {@code /laundry-bridge/laundry-bridge.js}, as core brings it: pages of any origin may load it. */
    public static StaticFiles browserClient() {
        return new StaticFiles("/laundry-bridge/", "META-INF/resources/laundry-bridge", true);
    }

    /** The file that a request for {@code requested} gets, a path as it came and not decoded; empty for none. */
    Optional<StaticFile> find(String requested) {
        if (!requested.startsWith(path)) {
            return Optional.empty();
        }
        String rest = requested.substring(path.length());
        String name = rest.isEmpty() ? "index.html" : rest;
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        return type != null && PLAIN.matcher(name).matches() ? read(name, type) : Optional.empty();
    }

    private Optional<StaticFile> read(String name, String type) {
        String resource = folder + "/" + name;
        try (InputStream file = StaticFiles.class.getClassLoader().getResourceAsStream(resource)) {
            return file == null ? Optional.empty() : Optional.of(new StaticFile(type, file.readAllBytes(), shared));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + resource + " from the class path", e);
        }
    }
}
