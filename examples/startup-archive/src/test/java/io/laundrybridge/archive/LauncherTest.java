package io.laundrybridge.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the launcher with a small jar, on the JDK of the build. */
class LauncherTest {
    private static final Path JDK = Path.of(System.getProperty("java.home"));

    @TempDir
    Path folder;

    /** Prints its arguments, joined by commas. */
    static final class Application {
        private Application() {}

        public static void main(String[] arguments) {
            System.out.println("started with " + String.join(",", arguments));
        }
    }

    /** What a run has written. */
    private record Said(int status, String out, String err) {}

    @BeforeEach
    void writesLauncherAndJar() throws Exception {
        jar(folder.resolve("app.jar"));
        StartupArchives.main(new String[] {folder.toString(), "app", "true"});
    }

    @Test
    void startsWithTheArchiveThatARecordingMade() throws Exception {
        assertThat(launch(folder, "record", "a b").out()).contains("started with a b");
        Said started = launch(folder, "use", "a b", "c");
        assertThat(started.out()).isEqualTo("started with a b,c\n");
        assertThat(started.err()).isEmpty();
        assertThat(loaded(folder)).contains("LauncherTest$Application source: shared objects file");
    }

    @Test
    void saysInOneSentenceThatThereIsNoArchive() throws Exception {
        Said started = launch(folder, "use");
        assertThat(started.out()).isEqualTo("started with \n");
        assertThat(started.err()).hasLineCount(1).contains("no startup archive for Java");
    }

    @Test
    void anArchiveOfAnotherJarIsLeftOutWithOneSentence() throws Exception {
        launch(folder, "record");
        Files.setLastModifiedTime(folder.resolve("app.jar"), FileTime.from(Instant.EPOCH.plusSeconds(1_000_000)));
        Said started = launch(folder, "use");
        assertThat(started.status()).isZero();
        assertThat(started.out()).isEqualTo("started with \n");
        assertThat(started.err()).hasLineCount(1).contains("another copy of app.jar");
        assertThat(loaded(folder)).doesNotContain("LauncherTest$Application source: shared objects file");
    }

    @Test
    void anArchiveOfAnotherJvmIsLeftOutWithOneSentence() throws Exception {
        launch(folder, "record");
        Path fit = folder.resolve("app-" + Jdks.version(JDK) + ".fit");
        Files.writeString(fit, "1" + Files.readString(fit)); // the checksum of another JVM's release file
        Said started = launch(folder, "use");
        assertThat(started.out()).isEqualTo("started with \n");
        assertThat(started.err()).hasLineCount(1).contains("made for another JVM");
    }

    @Test
    void aRunThatFailsLeavesNoArchive() throws Exception {
        Files.write(folder.resolve("app.jar"), new byte[] {1});
        assertThat(launch(folder, "record").status()).isNotZero();
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("app", "app.jar");
    }

    /** Returns the lines of a run that say where each class comes from. */
    private static String loaded(Path folder) throws Exception {
        Path classes = folder.resolve("classes.txt");
        run(folder, Map.of("JAVA_OPTS", "-Xlog:class+load:file=" + classes), List.of());
        return Files.readString(classes);
    }

    private static Said launch(Path folder, String mode, String... arguments) throws Exception {
        return run(folder, Map.of("STARTUP_ARCHIVE", mode), List.of(arguments));
    }

    private static Said run(Path folder, Map<String, String> variables, List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(folder.resolve("app").toString()));
        command.addAll(arguments);
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().keySet().removeAll(List.of("JAVA_OPTS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        builder.environment().put("JAVA_HOME", JDK.toString());
        builder.environment().putAll(variables);
        int status = builder.start().waitFor();
        Said said = new Said(status, Files.readString(out), Files.readString(err));
        Files.delete(out);
        Files.delete(err);
        return said;
    }

    private static void jar(Path file) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Application.class.getName());
        String entry = Application.class.getName().replace('.', '/') + ".class";
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest);
                var bytes = LauncherTest.class.getResourceAsStream("/" + entry)) {
            jar.putNextEntry(new JarEntry(entry));
            Objects.requireNonNull(bytes).transferTo(jar);
        }
    }

    @Test
    void aJdkWithoutAVersionIsNone() throws Exception {
        assertThat(Jdks.version(folder)).isZero();
        Files.writeString(folder.resolve("release"), "A=\"b\"\nJAVA_VERSION=\"25.0.3\"\n", StandardCharsets.UTF_8);
        assertThat(Jdks.version(folder)).isEqualTo(25);
    }
}
