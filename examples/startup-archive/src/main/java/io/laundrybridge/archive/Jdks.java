package io.laundrybridge.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the JDKs to make archives for: the one that builds, and one whose archives hold profiles too. */
final class Jdks {
    /** The first version whose archives hold profiles (JEP 515). */
    private static final int PROFILES = 25;

    private static final Pattern VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"(\\d+)");

    private Jdks() {}

    /** Returns {@code running}, and the first JDK of version 25 or newer beside it, if {@code running} is older. */
    static List<Path> at(Path running) throws IOException {
        List<Path> found = new ArrayList<>(List.of(running));
        Path installed = running.toRealPath().getParent();
        if (version(running) < PROFILES && installed != null) {
            try (Stream<Path> beside = Files.list(installed)) {
                beside.filter(home -> Files.isExecutable(home.resolve("bin/java")))
                        .filter(home -> version(home) >= PROFILES)
                        .sorted()
                        .findFirst()
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    /** Returns the feature version of the JDK at {@code home}; 0 if its file {@code release} does not say. */
    static int version(Path home) {
        try {
            Matcher version = VERSION.matcher(Files.readString(home.resolve("release")));
            return version.find() ? Integer.parseInt(Objects.requireNonNull(version.group(1))) : 0;
        } catch (IOException unknown) {
            return 0;
        }
    }
}
