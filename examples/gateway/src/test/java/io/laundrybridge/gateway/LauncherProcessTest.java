package io.laundrybridge.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Starts the packed gateway by the launcher beside it. */
class LauncherProcessTest {
    private static final String JAR = System.getProperty("gateway.jar", "target/gateway.jar");

    @Test
    void theLauncherPassesOnItsOptionsAndSaysNoMoreThanThatThereIsNoArchive() throws Exception {
        Path launcher =
                Path.of(JAR.substring(0, JAR.length() - ".jar".length())).toAbsolutePath();
        ProcessBuilder builder = new ProcessBuilder(launcher.toString(), "--help").redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        String help = said.substring(said.indexOf("Carries Kafka topics to WebSockets."));
        assertThat(help).contains("--kafka.bootstrap.servers");
        String before = said.substring(0, said.length() - help.length());
        assertThat(before.isEmpty() || before.startsWith("gateway: no startup archive for Java"))
                .as(before)
                .isTrue();
    }
}
