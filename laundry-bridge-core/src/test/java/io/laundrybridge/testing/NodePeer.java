package io.laundrybridge.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** The browser client as a process of its own under Node; see {@code src/test/js/peer.mjs}. */
public final class NodePeer implements AutoCloseable {
    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private NodePeer(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "node-peer");
        reader.setDaemon(true);
        reader.start();
    }

    /** Whether Node answers on this machine. */
    public static boolean available() throws InterruptedException {
        try {
            Process node = new ProcessBuilder("node", "--version").start();
            return node.waitFor(20, TimeUnit.SECONDS) && node.exitValue() == 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    /** Subscribes to {@code channel} at {@code address}; {@code options} are those of {@code subscribe()}, as JSON. */
    public static NodePeer start(URI address, String channel, String options) throws IOException {
        return new NodePeer(new ProcessBuilder(
                        "node",
                        "--no-warnings",
                        "--experimental-websocket",
                        "src/test/js/peer.mjs",
                        address.toString(),
                        channel,
                        options)
                .redirectErrorStream(true)
                .start());
    }

    /** Gives the peer a command. */
    public void say(String command) throws IOException {
        process.getOutputStream().write((command + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** All that happened, a JSON line each. */
    public List<String> lines() {
        return lines;
    }

    /** The events that the client handed to its application. */
    public List<String> events() {
        return lines.stream().filter(line -> line.startsWith("{\"event\"")).toList();
    }

    @Override
    public void close() {
        process.destroy();
    }

    private void read() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            output.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException ended) {
            lines.add("{\"ended\":true}");
        }
    }
}
