package io.laundrybridge.channel;

import io.laundrybridge.encode.UndecodableException;
import io.laundrybridge.event.GapReason;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.policy.UndecodablePolicy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;

/**
 * Logs undecodable records at the end of their batch, with at most one line in 10 seconds. A line counts the records
 * since the last one, per reason. Confined to the source's thread.
 */
final class UndecodableLog {
    private static final long PAUSE_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int MOST_KINDS = 8;

    private final Logger log;
    private final String channel;
    private final UndecodablePolicy policy;
    private final LongSupplier nanoTime;
    private final Map<String, Tally> unsaid = new LinkedHashMap<>();
    private long others;
    private boolean saidOne;
    private long quietUntil;

    private record Tally(long count, SourceRecord last, UndecodableException why) {
        @Override
        public String toString() {
            return count + (why.reason() == GapReason.TOO_LARGE ? " too large" : " undecodable") + ", the last at "
                    + last.topic() + " partition " + last.partition() + " offset " + last.offset() + ": "
                    + why.getMessage();
        }
    }

    UndecodableLog(Logger log, String channel, UndecodablePolicy policy, LongSupplier nanoTime) {
        this.log = log;
        this.channel = channel;
        this.policy = policy;
        this.nanoTime = nanoTime;
    }

    void note(SourceRecord record, UndecodableException why) {
        Tally before = unsaid.get(why.kind());
        if (before == null && unsaid.size() == MOST_KINDS) {
            others++;
        } else {
            unsaid.put(why.kind(), new Tally(before == null ? 1 : before.count + 1, record, why));
        }
    }

    /** Logs what was noted, unless a line was logged within 10 seconds. */
    void report() {
        if (!unsaid.isEmpty() && (!saidOne || nanoTime.getAsLong() - quietUntil >= 0)) {
            reportAll();
        }
    }

    /** Logs what was noted. */
    void reportAll() {
        if (unsaid.isEmpty()) {
            return;
        }
        log.warn("Channel '" + channel + "': records it cannot show (policy "
                + policy.name().toLowerCase(Locale.ROOT).replace('_', '-') + "): "
                + unsaid.values().stream().map(Tally::toString).collect(Collectors.joining("; "))
                + (others == 0 ? "" : "; " + others + " for other reasons"));
        unsaid.values().forEach(each -> log.debug("Why a record cannot be shown", each.why));
        unsaid.clear();
        others = 0;
        saidOne = true;
        quietUntil = nanoTime.getAsLong() + PAUSE_NANOS;
    }
}
