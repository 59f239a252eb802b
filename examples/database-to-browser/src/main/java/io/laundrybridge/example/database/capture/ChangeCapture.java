package io.laundrybridge.example.database.capture;

import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.DebeziumEngine.RecordCommitter;
import io.debezium.engine.format.JsonByteArray;
import io.debezium.engine.spi.OffsetCommitPolicy;
import io.laundrybridge.example.database.DatabaseAddress;
import io.laundrybridge.example.database.capture.CaptureState.State;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs Debezium's engine: every committed change of the database becomes a record of the topic {@code
 * NAME.SCHEMA.TABLE}, once, also if the engine, the database or Kafka fails in between. If one of them is away, the
 * capture tries again until {@link #close}. In production Kafka Connect does this.
 *
 * <p>A capture runs on a thread of its own. The listener is called on this thread.
 */
public final class ChangeCapture implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeCapture.class);
    private static final long FIRST_PAUSE_MILLIS = 250;
    private static final long LONGEST_PAUSE_MILLIS = 4_000;
    private static final long PATIENCE_SECONDS = 20;

    private final CaptureSettings settings;
    private final Consumer<CaptureState> listener;
    private final Thread thread;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile @Nullable DebeziumEngine<?> engine;
    private volatile CaptureState state = new CaptureState(State.STARTING, "");
    private long pause = FIRST_PAUSE_MILLIS;

    private ChangeCapture(CaptureSettings settings, Consumer<CaptureState> listener) {
        this.settings = settings;
        this.listener = listener;
        this.thread = new Thread(this::run, "change-capture");
        this.thread.setDaemon(true);
    }

    /**
     * Starts a capture, and does not wait for it.
     *
     * @param listener is called at every change of state
     */
    public static ChangeCapture start(CaptureSettings settings, Consumer<CaptureState> listener) {
        ChangeCapture capture = new ChangeCapture(settings, listener);
        capture.thread.start();
        return capture;
    }

    /** Returns how it is. */
    public CaptureState state() {
        return state;
    }

    /** Stops, and waits until the engine has ended, for at most 20 seconds. */
    @Override
    public void close() {
        stop.countDown();
        closeEngine();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeEngine() {
        DebeziumEngine<?> running = engine;
        try {
            if (running != null) {
                running.close();
            }
        } catch (IOException | IllegalStateException e) {
            LOG.debug("The engine ended by itself", e);
        }
    }

    private void run() {
        try {
            do {
                runOnce();
            } while (!stop.await(pause, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        become(State.STOPPED, "");
    }

    private void runOnce() {
        try (ChangeTransaction changes = ChangeTransaction.begin(settings.name(), settings.kafka())) {
            nameLostChanges(changes);
            PlaceStore.lend(settings.name(), changes);
            runEngine(changes);
        } catch (SQLException e) {
            away("The database " + settings.database() + " does not answer", e);
        } catch (RuntimeException | IOException e) {
            away("Kafka takes no changes", e);
        }
    }

    private void nameLostChanges(ChangeTransaction changes) throws SQLException {
        DatabaseAddress database = settings.database();
        if (changes.hasSnapshot() && !ReplicationSlot.isWhole(database, settings.name())) {
            String message =
                    "The replication slot '" + settings.name() + "' of " + database + " was dropped or has lost"
                            + " changes: deletions since then"
                            + " are unknown. All rows are"
                            + " copied again; keep the slot,"
                            + " and raise"
                            + " max_slot_wal_keep_size if"
                            + " PostgreSQL gave it up";
            LOG.error(message);
            become(State.CHANGES_LOST, message);
            changes.forget();
        }
        if (!changes.hasSnapshot()) {
            ReplicationSlot.drop(database, settings.name());
        }
    }

    private void runEngine(ChangeTransaction changes) throws IOException {
        Failure failure = new Failure();
        try (DebeziumEngine<ChangeEvent<byte[], byte[]>> started = DebeziumEngine.create(JsonByteArray.class)
                .using(settings.engineProperties(PlaceStore.class))
                .using(OffsetCommitPolicy.always())
                .using(failure)
                .using(new DebeziumEngine.ConnectorCallback() {
                    @Override
                    public void taskStarted() {
                        pause = FIRST_PAUSE_MILLIS;
                        become(State.STREAMING, "");
                    }
                })
                .notifying((events, committer) -> write(events, committer, changes))
                .build()) {
            engine = started;
            if (stop.getCount() > 0) {
                started.run();
            }
        } catch (IllegalStateException endedByItself) {
            LOG.debug("The engine was closed already", endedByItself);
        } finally {
            engine = null;
        }
        if (stop.getCount() > 0) {
            away("The capture of " + settings.database() + " ended", failure.cause);
        }
    }

    private static final class Failure implements DebeziumEngine.CompletionCallback {
        private volatile @Nullable Throwable cause;

        @Override
        public void handle(boolean success, @Nullable String sentence, @Nullable Throwable error) {
            cause = error;
        }
    }

    private void write(
            List<ChangeEvent<byte[], byte[]>> events,
            RecordCommitter<ChangeEvent<byte[], byte[]>> committer,
            ChangeTransaction changes)
            throws InterruptedException {
        for (ChangeEvent<byte[], byte[]> event : events) {
            if (!event.destination().startsWith(CaptureSettings.HEARTBEATS)) {
                changes.send(event.destination(), event.key(), event.value());
            }
            committer.markProcessed(event);
        }
        committer.markBatchFinished();
        changes.commitRest();
    }

    private void away(String what, @Nullable Throwable cause) {
        pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
        String message = what + (cause == null ? "" : ": " + root(cause)) + "; the capture tries again";
        if (!state.message().equals(message)) {
            LOG.warn(message);
            LOG.debug("The capture failed", cause);
        }
        become(State.AWAY, message);
    }

    private static String root(Throwable failure) {
        Throwable root = failure;
        for (int depth = 0; root.getCause() != null && depth < 32; depth++) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    private void become(State next, String message) {
        CaptureState fresh = new CaptureState(next, message);
        if (!fresh.equals(state)) {
            state = fresh;
            listener.accept(fresh);
        }
    }
}
