package io.laundrybridge.benchmark.peer;

import io.laundrybridge.benchmark.process.Child;
import io.laundrybridge.benchmark.process.ClassPath;
import io.laundrybridge.benchmark.process.Jdk;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One way to start our server.
 *
 * @param name of the way; "" for the usual one
 * @param jdk the JVM that runs it
 * @param jar the gateway; empty for that of the class path
 * @param archive whether the startup archive beside the jar is used, without which the JVM must not start then
 * @param warmUp the value of {@code laundry-bridge.warm-up}
 */
record Launch(String name, Jdk jdk, String jar, boolean archive, String warmUp) {
    /** What the gateway's launcher says. */
    private static final String PAUSES = "-XX:MaxGCPauseMillis=20";

    /** On the JVM of the benchmark, with nothing that makes it start sooner. */
    static final Launch USUAL = new Launch("", Jdk.own(), "", false, "0ms");

    /** Returns the command that runs {@code main}; the jar comes first, as in the archive. */
    List<String> command(List<String> flags, String main, List<String> arguments) {
        List<String> all = new ArrayList<>(flags);
        all.add(PAUSES);
        if (archive) {
            all.addAll(archiveFlags());
        }
        String classPath = jar.isEmpty() ? ClassPath.own() : jar + File.pathSeparator + ClassPath.own();
        return Child.java(jdk, all, classPath, main, arguments);
    }

    private List<String> archiveFlags() {
        Path base = Path.of(jar.substring(0, jar.length() - ".jar".length()) + "-" + jdk.version());
        return jdk.version() >= 25
                ? List.of("-XX:AOTCache=" + base + ".aot", "-XX:AOTMode=on")
                : List.of("-XX:SharedArchiveFile=" + base + ".jsa", "-Xshare:on");
    }
}
