package io.laundrybridge.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The files of one folder of the class path, under one path of the server. It serves only files whose names end in a
 * known way, so it lists no folder and hands out no class. Immutable.
 */
public final class StaticFiles {
    /** Plain segments only: with nothing to decode and no two dots in a row, no path leads out of the folder. */
    private static final Pattern PLAIN = Pattern.compile("(?:[A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)+");

    /** Browsers run modules only with type text/javascript. */
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
     * Returns the files of a folder.
     *
     * @param path the path at which they are served, for example {@code /}; begins and ends with a slash. It shows
     *     {@code index.html}
     * @param folder their folder in the class path, for example {@code dashboard}
     */
    public static StaticFiles at(String path, String folder) {
        return new StaticFiles(path, folder, false);
    }

    /**
     * Returns the browser client, {@code /laundry-bridge/laundry-bridge.js}, from core: pages of any origin may load
     * it.
     */
    public static StaticFiles browserClient() {
        return new StaticFiles("/laundry-bridge/", "META-INF/resources/laundry-bridge", true);
    }

    /** Returns the file for {@code requested}, a path as received and not decoded; empty if there is none. */
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
