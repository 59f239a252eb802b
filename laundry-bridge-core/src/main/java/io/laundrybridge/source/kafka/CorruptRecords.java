package io.laundrybridge.source.kafka;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.KafkaException;

/**
 * Decides about records whose bytes are damaged. Another replica may have them whole, so each place is tried again
 * before it is given up. Its neighbours, most likely of the same batch, are given up at once. Confined to the poll
 * thread.
 */
final class CorruptRecords {
    private static final int TRIES = 3;

    private final Pattern place;
    private int partition = -1;
    private long offset = -1;
    private int tries;

    CorruptRecords(String topic) {
        // Kafka's client names the partition only in the message. A test covers the messages of versions 4.2 and 4.4.
        place = Pattern.compile(
                "(?:exception when fetching the next record from|corrupt message when fetching offset \\d+ for"
                        + " topic-partition) " + Pattern.quote(topic) + "-(\\d+)\\b");
    }

    /** Returns the partition whose next record cannot be read, if {@code failure} names one. */
    OptionalInt partition(KafkaException failure) {
        Matcher found = place.matcher(String.valueOf(failure.getMessage()));
        return found.find() ? OptionalInt.of(Integer.parseInt(found.group(1))) : OptionalInt.empty();
    }

    /** Returns whether the record at this place has been tried often enough. */
    boolean givesUp(int failedPartition, long failedOffset) {
        boolean neighbour = failedPartition == partition && failedOffset == offset + 1 && tries > TRIES;
        if (!neighbour && (failedPartition != partition || failedOffset != offset)) {
            tries = 0;
        }
        partition = failedPartition;
        offset = failedOffset;
        tries++;
        return tries > TRIES;
    }
}
