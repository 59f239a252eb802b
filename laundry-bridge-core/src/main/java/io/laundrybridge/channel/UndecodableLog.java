package io.laundrybridge.channel;

import io.laundrybridge.encode.UndecodableException;
import io.laundrybridge.encode.UndecodablePolicy;
import io.laundrybridge.event.SourceRecord;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs undecodable records once a while: the first at once, then at most one line in 10 seconds with a count. */
final class UndecodableLog {
    private static final Logger LOG = LoggerFactory.getLogger("io.laundrybridge.channel");
    private static final long PAUSE_NANOS = Duration.ofSeconds(10).toNanos();

    private final String channel;
    private final LongSupplier nanoTime;
    private long quietUntil;
    private long unsaid;
    private boolean saidOne;

    UndecodableLog(String channel, LongSupplier nanoTime) {
        this.channel = channel;
        this.nanoTime = nanoTime;
    }

    void note(SourceRecord record, UndecodableException error, UndecodablePolicy policy) {
        unsaid++;
        long now = nanoTime.getAsLong();
        if (saidOne && now - quietUntil < 0) {
            return;
        }
        LOG.warn(
                "Channel '{}': {} undecodable record(s), the last at {} partition {} offset {}: {} (policy {})",
                channel,
                unsaid,
                record.topic(),
                record.partition(),
                record.offset(),
                error.getMessage(),
                policy);
        saidOne = true;
        unsaid = 0;
        quietUntil = now + PAUSE_NANOS;
    }
}
