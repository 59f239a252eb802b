package io.laundrybridge.jakarta;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** A web application as deployed in a server: this module's jar in {@code WEB-INF/lib}, and no code of its own. */
final class WebApplicationFolder {

    private WebApplicationFolder() {}

    /** Makes one below {@code parent}. */
    static Path in(Path parent) {
        try {
            Path folder = Files.createTempDirectory(parent, "application");
            Path lib = Files.createDirectories(folder.resolve("WEB-INF/lib"));
            pack(classes(), lib.resolve("laundry-bridge-jakarta.jar"));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pack(Path classes, Path jar) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(classes)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Path file : files) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, out);
            }
        }
    }

    private static Path classes() {
        try {
            return Path.of(LaundryBridgeListener.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
