package io.laundrybridge.channel;

import io.laundrybridge.encode.UndecodableException;
import io.laundrybridge.event.Gap;
import io.laundrybridge.event.GapReason;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.host.Meter;
import io.laundrybridge.logging.RateLimitedLog;
import io.laundrybridge.policy.UndecodablePolicy;
import io.laundrybridge.source.DeadLetters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies a channel's policy to records that cannot be shown. Confined to the source's thread. */
final class UndecodableRecords {
    private static final Logger LOG = LoggerFactory.getLogger("io.laundrybridge.channel");

    private final String channel;
    private final UndecodablePolicy policy;
    private final DeadLetters deadLetters;
    private final ChannelMeters meters;
    private final UndecodableLog log;
    private final RateLimitedLog lostLetters;

    UndecodableRecords(Channel channel, UndecodablePolicy policy, DeadLetters deadLetters, ChannelMeters meters) {
        this.channel = channel.name();
        this.policy = policy;
        this.deadLetters = deadLetters;
        this.meters = meters;
        this.log = new UndecodableLog(
                LOG, channel.name(), policy, channel.services().nanoTime());
        this.lostLetters = new RateLimitedLog(LOG, channel.services().nanoTime());
    }

    /**
     * Counts and logs {@code record}, and writes it to the dead letters if the policy says so.
     *
     * @return the gap that clients get instead
     * @throws UndecodableRecordException if such a record ends the channel
     */
    Gap handle(SourceRecord record, UndecodableException error) {
        meters.count(error.reason() == GapReason.TOO_LARGE ? Meter.TOO_LARGE : Meter.UNDECODABLE, 1);
        log.note(record, error);
        if (policy == UndecodablePolicy.FAIL) {
            log.reportAll();
            throw new UndecodableRecordException(channel, record, error);
        }
        if (policy == UndecodablePolicy.DEAD_LETTER) {
            deadLetter(record, error);
        }
        return Gap.of(record, error.reason());
    }

    /** Logs waiting lines that are due. */
    void report() {
        log.report();
    }

    /** Logs all waiting lines. */
    void reportAll() {
        log.reportAll();
    }

    private void deadLetter(SourceRecord record, UndecodableException error) {
        try {
            deadLetters.write(record, String.valueOf(error.getMessage()));
        } catch (Throwable e) {
            meters.count(Meter.DEAD_LETTERS_LOST, 1);
            lostLetters.warn("The dead letters of channel '" + channel + "' threw; the record is lost", e);
        }
    }
}
