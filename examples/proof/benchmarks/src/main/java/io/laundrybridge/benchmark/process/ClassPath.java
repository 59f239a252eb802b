package io.laundrybridge.benchmark.process;

import java.io.File;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The class path that children start with. */
public final class ClassPath {
    private ClassPath() {}

    /**
     * Returns the locations from which this code was loaded, under Maven's {@code exec:java} too, which has a class
     * loader of its own.
     */
    public static String own() {
        if (ClassPath.class.getClassLoader() instanceof URLClassLoader loader) {
            return Arrays.stream(loader.getURLs()).map(ClassPath::file).collect(Collectors.joining(File.pathSeparator));
        }
        return System.getProperty("java.class.path");
    }

    private static String file(URL url) {
        return Path.of(URI.create(url.toString())).toString();
    }
}
