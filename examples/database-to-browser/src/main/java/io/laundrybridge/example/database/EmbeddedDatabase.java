package io.laundrybridge.example.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL with logical decoding, as a process of its own, with its data in a temporary folder. It can be
 * stopped, and started again on its port with its data. Thread-safe.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(60);

    private final Path data;
    private @Nullable EmbeddedPostgres server;
    private int port;

    private EmbeddedDatabase(Path data) {
        this.data = data;
    }

    /**
     * Starts a database on a free port of the loopback address.
     *
     * @throws IllegalStateException if it does not start within a minute
     */
    public static EmbeddedDatabase start() {
        try {
            EmbeddedDatabase database = new EmbeddedDatabase(Files.createTempDirectory("laundry-postgres-"));
            database.restart();
            return database;
        } catch (IOException e) {
            throw new UncheckedIOException("There is no folder for the database", e);
        }
    }

    /** Returns where it is. */
    public synchronized DatabaseAddress address() {
        return new DatabaseAddress("127.0.0.1", port, "postgres", "postgres", "");
    }

    /** Stops the server, whose data stays. */
    public synchronized void stop() {
        EmbeddedPostgres running = server;
        server = null;
        try {
            if (running != null) {
                running.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not stop", e);
        }
        awaitStopped();
    }

    /** Waits until the server has gone: it sends the rest of its log to replication clients first. */
    private void awaitStopped() {
        Path running = data.resolve("data").resolve("postmaster.pid");
        long deadline = System.nanoTime() + STOP.toNanos();
        while (Files.exists(running)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("PostgreSQL did not stop within a minute; its log is " + log());
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Starts the server with its data and on its port, and stops it before if it runs. */
    public synchronized void restart() {
        stop();
        try {
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setDataDirectory(data.resolve("data"))
                    .setCleanDataDirectory(false)
                    .setPGStartupWait(START)
                    .setServerConfig("wal_level", "logical")
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("max_connections", "50")
                    .setErrorRedirector(Redirect.appendTo(log()))
                    .setOutputRedirector(Redirect.appendTo(log()));
            if (port != 0) {
                builder.setPort(port);
            }
            EmbeddedPostgres started = builder.start();
            server = started;
            port = started.getPort();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "PostgreSQL did not start within a minute; expected binaries of this platform"
                            + " (-Dpostgres.platform) or --postgres with one that runs; its log is " + log(),
                    e);
        }
    }

    /** Stops the server and deletes its data. */
    @Override
    public void close() {
        stop();
        try (Stream<Path> files = Files.walk(data)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The database's folder " + data + " could not be deleted", e);
        }
    }

    private java.io.File log() {
        return data.resolve("postgres.log").toFile();
    }
}
