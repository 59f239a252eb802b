package io.laundrybridge.benchmark.peer;

import io.laundrybridge.benchmark.load.Dialect;
import io.laundrybridge.benchmark.process.Child;
import io.laundrybridge.benchmark.process.ClassPath;
import io.laundrybridge.benchmark.process.TetheredProgram;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** nats-server as its packages install it, with a WebSocket listener; the producer feeds it without Kafka. */
record NatsPeer() implements Peer {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String CONFIGURATION = """
        host: 127.0.0.1
        port: %d
        ping_interval: "1h"
        websocket { host: 127.0.0.1, port: %d, no_tls: true }
        """;

    @Override
    public String name() {
        return "nats";
    }

    @Override
    public Dialect dialect() {
        return Dialect.NATS;
    }

    @Override
    public boolean available() {
        return program().isPresent();
    }

    @Override
    public Running start(Ground ground) {
        int plain = freePort();
        int websocket = freePort();
        Path configuration = ground.folder().resolve("nats-" + ground.topic() + ".conf");
        write(configuration, CONFIGURATION.formatted(plain, websocket));
        List<String> arguments = List.of(
                ground.folder().resolve("nats-" + ground.topic() + ".out").toString(),
                program().orElseThrow(() -> new IllegalStateException("nats-server is not on the PATH")),
                "-c",
                configuration.toString());
        Child child = Child.start(
                "nats-" + ground.topic(),
                Child.java(List.of("-Xmx16m"), ClassPath.own(), TetheredProgram.class.getName(), arguments),
                ground.folder());
        try {
            long pid = Long.parseLong(child.await("pid ", PATIENCE).substring("pid ".length()));
            awaitListener(websocket);
            return new Running(child, pid, websocket, "/", "nats", Integer.toString(plain));
        } catch (RuntimeException e) {
            child.close();
            throw e;
        }
    }

    private static Optional<String> program() {
        String path = System.getenv("PATH") + File.pathSeparator + "/usr/sbin";
        return Arrays.stream(path.split(File.pathSeparator))
                .map(folder -> Path.of(folder, "nats-server"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitListener(int port) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
                if (socket.isConnected()) {
                    return;
                }
            } catch (IOException e) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("nats-server does not listen on " + port, e);
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
