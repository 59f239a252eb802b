package io.laundrybridge.source.kafka;

import io.laundrybridge.host.HostServices;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that the poll thread hangs. If Kafka's client waits for a name server, for a login or for itself, another
 * thread can take over. If a handler hangs, for example in a mapping of the user's, an operator must mend that. The
 * guard counts its own checks instead of time, so that a process that was halted does not count as one that hangs.
 */
final class PollGuard implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(PollGuard.class);

    /**
     * The number of checks, one per second, after which a thread without progress hangs. Handlers are then stale within
     * ten seconds.
     */
    private static final int PATIENCE = 7;

    /** The number of checks after which other topics do not wait for a handler any longer. */
    private static final int PATIENCE_WITH_HANDLERS = 2;

    private static final Duration STOP_TIMEOUT = Duration.ofMillis(1500);

    private final Mailbox mailbox;
    private final Consumer<Mailbox.Stage> takeOver;
    private final Supplier<Thread> watched;
    private final Thread thread;

    private long turn;
    private Mailbox.Stage stage = Mailbox.Stage.RESTING;
    private int looks;

    PollGuard(
            HostServices services,
            String topic,
            Mailbox mailbox,
            Supplier<Thread> watched,
            Consumer<Mailbox.Stage> takeOver) {
        this.mailbox = mailbox;
        this.watched = watched;
        this.takeOver = takeOver;
        this.thread = services.thread(topic + "-guard", this);
    }

    void start() {
        thread.start();
    }

    /** Ends the thread and waits for it, at most a second and a half. */
    void stop() throws InterruptedException {
        thread.interrupt();
        thread.join(STOP_TIMEOUT.toMillis());
    }

    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                TimeUnit.SECONDS.sleep(1);
                look();
            }
        } catch (InterruptedException e) {
            LOG.debug("{} ends", thread.getName());
        }
    }

    private void look() {
        boolean same = mailbox.turns() == turn && mailbox.stage() == stage;
        turn = mailbox.turns();
        stage = mailbox.stage();
        looks = same && stage != Mailbox.Stage.RESTING ? looks + 1 : 0;
        if (looks >= PATIENCE_WITH_HANDLERS && stage == Mailbox.Stage.HANDING_OVER) {
            takeOver.accept(stage);
        }
        if (looks == PATIENCE) {
            hangs();
        }
    }

    private void hangs() {
        Thread hung = watched.get();
        LOG.error(
                "{} hangs in {} at {}",
                hung.getName(),
                stage == Mailbox.Stage.POLLING ? "Kafka's client" : "a handler",
                Arrays.toString(hung.getStackTrace()));
        if (stage == Mailbox.Stage.POLLING) {
            looks = 0;
            takeOver.accept(stage);
        }
    }
}
