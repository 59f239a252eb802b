package io.laundrybridge.source.kafka;

import io.laundrybridge.host.HostServices;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that a poll does not return, be it that Kafka's client waits for a name server, a login or itself. Polls are to
 * take half a second. It counts its own looks and no time, so that a process that was halted is not taken for one that hangs.
 */
final class PollGuard implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(PollGuard.class);

    /** With a look each second handlers are told within ten. */
    private static final int PATIENCE = 7;

    private final Mailbox mailbox;
    private final Runnable takeOver;
    private final Thread thread;

    private long watched;
    private int looks;

    PollGuard(HostServices services, String topic, Mailbox mailbox, Runnable takeOver) {
        this.mailbox = mailbox;
        this.takeOver = takeOver;
        this.thread = services.thread(topic + "-guard", this);
    }

    void start() {
        thread.start();
    }

    void stop() {
        thread.interrupt();
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
        long poll = mailbox.poll();
        looks = poll != Mailbox.NONE && poll == watched ? looks + 1 : 0;
        watched = poll;
        if (looks >= PATIENCE) {
            looks = 0;
            takeOver.run();
        }
    }
}
