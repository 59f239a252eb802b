package io.laundrybridge.benchmark.peer;

import io.laundrybridge.benchmark.process.Jdk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The ways to start our server that one run compares: each of several on each of several JVMs. */
public final class Launches {
    private static final String PLAIN = "plain";
    private static final String ARCHIVE = "archive";
    private static final String WARM_UP = "warm-up";
    private static final String BOTH = "both";
    /** The names of the ways. */
    public static final List<String> WAYS = List.of(PLAIN, ARCHIVE, WARM_UP, BOTH);

    private final List<Launch> all;

    private Launches(List<Launch> all) {
        this.all = List.copyOf(all);
    }

    /** Returns the usual way alone. */
    public static Launches usual() {
        return new Launches(List.of(Launch.USUAL));
    }

    /**
     * Returns every way of {@code ways} on every JVM of {@code homes}.
     *
     * @param jar the gateway, beside which its archives are; "" for that of the class path, which has none
     * @param warmUp the longest warm-up of the ways that have one
     * @throws IllegalArgumentException if a way is unknown, or needs a jar
     */
    public static Launches of(List<String> homes, String jar, List<String> ways, String warmUp) {
        List<Launch> all = new ArrayList<>();
        for (String home : homes) {
            Jdk jdk = new Jdk(Path.of(home));
            for (String way : ways) {
                all.add(launch(jdk, absolute(jar), way, warmUp));
            }
        }
        return new Launches(all);
    }

    private static String absolute(String jar) {
        return jar.isEmpty() ? "" : Path.of(jar).toAbsolutePath().normalize().toString();
    }

    private static Launch launch(Jdk jdk, String jar, String way, String warmUp) {
        if (!WAYS.contains(way)) {
            throw new IllegalArgumentException(
                    "--starts: there is no '" + way + "'; there are " + String.join(", ", WAYS));
        }
        boolean archive = way.equals(ARCHIVE) || way.equals(BOTH);
        if (archive && !jar.endsWith(".jar")) {
            throw new IllegalArgumentException("--starts: '" + way
                    + "' needs --gateway=FILE.jar, the gateway of a build that made its startup archives");
        }
        boolean warm = way.equals(WARM_UP) || way.equals(BOTH);
        return new Launch("@" + jdk.version() + "-" + way, jdk, jar, archive, warm ? warmUp : "0ms");
    }

    List<Launch> all() {
        return all;
    }
}
