package io.laundrybridge.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard as its command starts it: a process of its own, ended by a signal. */
@Tag("kafka")
@Timeout(180)
class LaundryDashboardTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final long PATIENCE_SECONDS = 60;

    @Test
    void oneCommandBringsThePageAndItsEventsAndLeavesNothingBehind(@TempDir Path temporary) throws Exception {
        Process dashboard = start(temporary, "--port=0", "--machines=20", "--rate=50");
        try (BufferedReader output = output(dashboard)) {
            String line = String.valueOf(said(output));
            assertThat(line).contains("http://127.0.0.1:");
            URI page = URI.create(line.replaceFirst(".*(http://\\S+).*", "$1"));
            assertThat(get(page)).contains("<title>Laundry");
            assertThat(files(temporary)).isNotEmpty();

            Ear ear = new Ear();
            URI endpoint = URI.create("ws://" + page.getAuthority() + "/laundry?channel=history");
            HTTP.newWebSocketBuilder().buildAsync(endpoint, ear).join();
            assertThat(ear.frames.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).contains("\"machine\"");
            dashboard.toHandle().destroy(); // Process.destroy() would close its output too

            assertThat(ear.closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(1012);
            assertThat(dashboard.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(said(output)).isNull();
        } finally {
            dashboard.destroyForcibly();
        }
        assertThat(files(temporary)).isEmpty();
    }

    @Test
    void aKafkaThatDoesNotAnswerEndsTheStartWithOneSentence(@TempDir Path temporary) throws Exception {
        Process dashboard = start(temporary, "--port=0", "--bootstrap-servers=127.0.0.1:1");
        try (BufferedReader output = output(dashboard)) {
            assertThat(output.readLine()).contains("127.0.0.1:1").contains("--bootstrap-servers");
            assertThat(output.readLine()).isNull();
            assertThat(dashboard.waitFor()).isEqualTo(1);
        } finally {
            dashboard.destroyForcibly();
        }
    }

    @Test
    void aWrongOptionEndsTheStartWithOneSentence(@TempDir Path temporary) throws Exception {
        Process dashboard = start(temporary, "--prot=0");
        try (BufferedReader output = output(dashboard)) {
            assertThat(output.readLine()).contains("--prot").contains("--port");
            assertThat(output.readLine()).isNull();
            assertThat(dashboard.waitFor()).isEqualTo(2);
        } finally {
            dashboard.destroyForcibly();
        }
    }

    private static Process start(Path temporary, String... arguments) throws IOException {
        String java = ProcessHandle.current().info().command().orElse("java");
        Stream<String> command = Stream.of(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                "-Djava.io.tmpdir=" + temporary,
                LaundryDashboard.class.getName());
        return new ProcessBuilder(Stream.concat(command, Stream.of(arguments)).toList())
                .redirectErrorStream(true)
                .start();
    }

    private static BufferedReader output(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Returns the next line that is not of the log: on a busy machine the broker misses its own heartbeats. */
    private static @Nullable String said(BufferedReader output) throws IOException {
        String line = output.readLine();
        while (line != null && line.matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} \\[.*")) {
            line = output.readLine();
        }
        return line;
    }

    private static String get(URI page) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString())
                .body();
    }

    /** Our own; the JVM and its libraries leave theirs. */
    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("in-process-kafka-"))
                    .toList();
        }
    }

    private static final class Ear implements WebSocket.Listener {
        private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            frames.add(data.toString());
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            return null;
        }
    }
}
