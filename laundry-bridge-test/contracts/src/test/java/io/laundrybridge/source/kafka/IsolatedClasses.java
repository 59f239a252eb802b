package io.laundrybridge.source.kafka;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;

/** Loads the class path a second time, without certain classes. */
final class IsolatedClasses extends URLClassLoader {
    private static final List<String> OWN =
            List.of("io.laundrybridge.", "org.apache.kafka.", "com.github.luben.", "org.xerial.");

    private final String missing;
    private final String own;

    private IsolatedClasses(URL[] path, String missing, String own) {
        super(path, IsolatedClasses.class.getClassLoader());
        this.missing = missing;
        this.own = own;
    }

    /** Without the classes whose names begin with {@code missing}. */
    public static IsolatedClasses without(String missing) {
        return new IsolatedClasses(path(), missing, "io.laundrybridge.");
    }

    /** With those of their own also whose names begin with {@code own}. */
    public static IsolatedClasses withTheirOwn(String own) {
        return new IsolatedClasses(path(), "none.", own);
    }

    private static URL[] path() {
        List<URL> path = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            try {
                path.add(new File(entry).toURI().toURL());
            } catch (MalformedURLException e) {
                throw new IllegalStateException(entry, e);
            }
        }
        return path.toArray(URL[]::new);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith(missing)) {
            throw new ClassNotFoundException(name + " is missing, as the test wants it");
        }
        if (OWN.stream().noneMatch(name::startsWith) && !name.startsWith(own)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            return known == null ? findClass(name) : known;
        }
    }
}
