package io.laundrybridge.source.kafka;

import io.laundrybridge.error.RetriableDecodeException;
import io.laundrybridge.event.SourceRecord;
import java.time.Duration;

/**
 * A record that a handler could not take yet, because its decoder cannot work now. The handler is before it and
 * gets nothing else until it has taken it. Confined to the poll thread.
 */
final class Hold {
    private final Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));
    private SourceRecord record;
    private StaleCause cause;
    private long until;
    private boolean over;

    Hold(SourceRecord record, RetriableDecodeException why, long nanos) {
        this.record = record;
        this.cause = StaleCause.decoder(why);
        failed(record, why, nanos);
    }

    /** It could not take {@code refused} either; it is tried again after a pause that grows. */
    void failed(SourceRecord refused, RetriableDecodeException why, long nanos) {
        record = refused;
        cause = StaleCause.decoder(why);
        until = nanos + backoff.next().toNanos();
        over = false;
    }

    SourceRecord record() {
        return record;
    }

    /** Why the handler waits. */
    StaleCause cause() {
        return cause;
    }

    /** Returns whether the pause is over, at {@code nanos}. */
    boolean due(long nanos) {
        return !over && nanos - until >= 0;
    }

    /** The handler has taken the record, and goes on behind it. */
    void taken() {
        over = true;
    }

    /** Returns whether the handler goes on; the hold is forgotten once it has taken a batch. */
    boolean isOver() {
        return over;
    }
}
