package io.laundrybridge.benchmark.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * A JDK or JRE.
 *
 * @param home its folder
 */
public record Jdk(Path home) {

    /** Returns the one that runs this. */
    public static Jdk own() {
        return new Jdk(Path.of(System.getProperty("java.home")));
    }

    /**
     * Returns its version, 17 for example.
     *
     * @throws IllegalArgumentException if the folder is none of a JDK
     */
    public int version() {
        Properties release = new Properties();
        try (InputStream in = Files.newInputStream(home.resolve("release"))) {
            release.load(in);
            String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
            return Integer.parseInt(version.split("\\.", 2)[0]);
        } catch (IOException | NumberFormatException e) {
            throw new IllegalArgumentException("--java: " + home + " is not the folder of a JDK", e);
        }
    }

    /** Returns a program of it. */
    String tool(String program) {
        return home.resolve("bin").resolve(program).toString();
    }
}
