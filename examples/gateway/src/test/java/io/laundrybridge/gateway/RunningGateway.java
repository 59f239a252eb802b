package io.laundrybridge.gateway;

import io.laundrybridge.test.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A gateway as users start it: a process, from the jar if it is packed, otherwise from the class path. */
final class RunningGateway implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final Process process;
    private final List<String> output = new CopyOnWriteArrayList<>();

    private RunningGateway(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "gateway-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts channel {@code machines} on any free port, open to all. */
    static RunningGateway with(String bootstrapServers, String topic, String... more) throws IOException {
        return with(List.of(), bootstrapServers, topic, more);
    }

    /** Starts it with options for its JVM. */
    static RunningGateway with(List<String> jvmOptions, String bootstrapServers, String topic, String... more)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(jvmOptions);
        command.addAll(gateway());
        command.addAll(List.of(
                "--kafka.bootstrap.servers=" + bootstrapServers,
                "--laundry-bridge.path=/laundry",
                "--laundry-bridge.channels.machines.topic=" + topic,
                "--laundry-bridge.channels.machines.access=anonymous",
                "--port=0"));
        command.addAll(List.of(more));
        return new RunningGateway(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    private static List<String> gateway() {
        String jar = System.getProperty("gateway.jar");
        return jar == null
                ? List.of("-cp", System.getProperty("java.class.path"), Gateway.class.getName())
                : List.of("-jar", jar);
    }

    Process process() {
        return process;
    }

    /** Returns its address; waits until it listens. */
    URI endpoint() {
        Await.until("the gateway's line", SOON, () -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("The gateway ended: " + text());
            }
            return text().contains("Laundry Bridge gateway: ws://");
        });
        return URI.create(text().replaceAll("(?s).*Laundry Bridge gateway: (ws://\\S+).*", "$1"));
    }

    /** Returns all that it printed. */
    String text() {
        return String.join("\n", output);
    }

    /** Returns the bytes in use on its heap after a collection. */
    long heap() throws IOException {
        jcmd("GC.run");
        Matcher used = Pattern.compile(" used (\\d+)K").matcher(jcmd("GC.heap_info"));
        if (!used.find()) {
            throw new IllegalStateException("This JVM does not tell how much of its heap is used");
        }
        return Long.parseLong(used.group(1)) << 10;
    }

    /** Returns the CPU time of all its threads. */
    Duration computed() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    private String jcmd(String command) throws IOException {
        String tool = System.getProperty("java.home") + "/bin/jcmd";
        Process asked = new ProcessBuilder(tool, Long.toString(process.pid()), command).start();
        return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Asks it to stop. */
    void terminate() {
        process.destroy();
    }

    /** Ends it without a warning, as {@code kill -9} does. */
    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            reader.lines().forEach(output::add);
        } catch (IOException | RuntimeException ended) {
            output.add("(output ended)");
        }
    }
}
