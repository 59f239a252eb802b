package io.laundrybridge.source;

import io.laundrybridge.error.RetriableDecodeException;
import io.laundrybridge.host.HostServices;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports to one handler of an {@link InMemorySource} whether its reading is stale. The source may be stalled, or a
 * record may wait because it cannot be decoded now. Confined to the reader's tasks.
 */
final class InMemoryHealth {
    private static final Logger LOG = LoggerFactory.getLogger(InMemoryHealth.class);

    private final HandlerPlace place;
    private final HostServices services;
    private final Runnable tryAgain;
    private @Nullable String stalled;
    private @Nullable Retry retry;

    /** Makes the health of one handler; {@code tryAgain} hands over the record that waits. */
    InMemoryHealth(HandlerPlace place, HostServices services, Runnable tryAgain) {
        this.place = place;
        this.services = services;
        this.tryAgain = tryAgain;
    }

    void stalled(String reason) {
        stalled = reason;
        place.call(told -> told.stale(reason));
    }

    void resumed() {
        stalled = null;
        if (retry == null) {
            place.call(RecordHandler::fresh);
        }
    }

    /** Returns whether a record waits whose pause is not over. */
    boolean rests() {
        return retry != null && !retry.isOver();
    }

    /** Begins a pause: the next record cannot be decoded now and is tried again later. */
    void hold(RetriableDecodeException why) {
        LOG.debug("A record cannot be decoded now", why);
        if (retry == null) {
            retry = new Retry(services, tryAgain);
            place.call(told -> told.stale(String.valueOf(why.getMessage())));
        }
        retry.begin();
    }

    /** Notes that everything was handed over, so that no record waits. */
    void recovered() {
        if (retry != null) {
            retry = null;
            String reason = stalled;
            place.call(told -> {
                if (reason == null) {
                    told.fresh();
                } else {
                    told.stale(reason);
                }
            });
        }
    }

    /** Forgets the record that waits, because reading starts over. */
    void startOver() {
        close();
        recovered();
    }

    /** Ends the pause; nothing is tried again. */
    void close() {
        if (retry != null) {
            retry.end();
        }
    }
}
