package io.laundrybridge.source.kafka;

import io.laundrybridge.error.RetriableDecodeException;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.kafka.Backoff;
import java.time.Duration;

/**
 * A record that a handler could not take yet, because its decoder cannot work now. The handler gets nothing else until
 * it has taken this record. Confined to the poll thread.
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

    /** Notes that the handler could not take {@code refused}, which is tried again after a pause that grows. */
    void failed(SourceRecord refused, RetriableDecodeException why, long nanos) {
        record = refused;
        cause = StaleCause.decoder(why);
        until = nanos + backoff.next().toNanos();
        over = false;
    }

    SourceRecord record() {
        return record;
    }

    /** Returns why the handler waits. */
    StaleCause cause() {
        return cause;
    }

    /** Returns whether the pause is over, at {@code nanos}. */
    boolean due(long nanos) {
        return !over && nanos - until >= 0;
    }

    /** Notes that the handler has taken the record and goes on behind it. */
    void taken() {
        over = true;
    }

    /** Returns whether the handler goes on. The hold is forgotten once the handler has taken a batch. */
    boolean isOver() {
        return over;
    }
}
